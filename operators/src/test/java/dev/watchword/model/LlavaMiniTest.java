package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.model.text.Prompt;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlavaMiniTest {
    private static final long[] QUESTION = {1, 17, Prompt.FRAMES, 40, 0, 99, 23};
    private static final long[] LONGER_QUESTION = {
        Prompt.FRAMES, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21
    };

    @ParameterizedTest
    @ValueSource(strings = {GoldenNetworks.LLAMA, GoldenNetworks.VICUNA})
    void makesTheSameOfFramesOneByOneAndTogether(String name) {
        try (LlavaMini network = GoldenNetworks.load(name);
                TensorScope scope = network.newScope()) {
            Tensor pixels = GoldenNetworks.frames(scope, network, 5);
            Tensor features = network.features(scope, pixels);
            List<Tensor> alone = new ArrayList<>();
            List<EncodedFrames> encodedAlone = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Tensor one = network.features(scope, pixels.part(0, i, 1));
                alone.add(one);
                encodedAlone.add(network.encode(scope, one, 8));
            }
            assertSame(scope.join(alone, 0), features);

            try (EncodedFrames together = network.encode(scope, features, 8)) {
                assertSame(
                        each(scope, encodedAlone, EncodedFrames::attention), together.attention());
                assertSame(
                        each(scope, encodedAlone, EncodedFrames::compressed),
                        together.compressed());
                assertSame(
                        each(scope, encodedAlone, EncodedFrames::visionTokens),
                        together.visionTokens());
                assertSame(
                        each(
                                scope,
                                encodedAlone,
                                frames -> network.fuseText(scope, frames, QUESTION)),
                        network.fuseText(scope, together, QUESTION));
            }
            encodedAlone.forEach(EncodedFrames::close);
        }
    }

    private static Tensor each(
            TensorScope scope, List<EncodedFrames> frames, Function<EncodedFrames, Tensor> part) {
        return scope.join(frames.stream().map(part).toList(), 0);
    }

    private static void assertSame(Tensor computed, Tensor expected) {
        assertThat(GoldenNetworks.largestDifference(computed, expected)).isLessThanOrEqualTo(1e-5f);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 18, 100})
    void fusesOneQuestionAfterTheOtherAsEachAlone(int textRoom) {
        try (LlavaMini network = GoldenNetworks.load(GoldenNetworks.LLAMA);
                TensorScope scope = network.newScope()) {
            Tensor features = network.features(scope, GoldenNetworks.frames(scope, network, 3));
            List<Tensor> alone = new ArrayList<>();
            for (long[] question : List.of(QUESTION, LONGER_QUESTION)) {
                try (EncodedFrames frames = network.encode(scope, features, question.length)) {
                    alone.add(network.fuseText(scope, frames, question));
                }
            }
            try (EncodedFrames frames = network.encode(scope, features, textRoom)) {
                for (int times = 0; times < 2; times++) {
                    assertSame(network.fuseText(scope, frames, QUESTION), alone.get(0));
                    assertSame(network.fuseText(scope, frames, LONGER_QUESTION), alone.get(1));
                }
            }
        }
    }

    @Test
    void fusesBehindATextInFrontAsWithIt() {
        long[] front = {3, 7};
        long[] text = {3, 7, Prompt.FRAMES, 11, 0, 5};
        long[] other = {3, 9, Prompt.FRAMES, 11};
        try (LlavaMini network = GoldenNetworks.load(GoldenNetworks.LLAMA);
                TensorScope scope = network.newScope()) {
            Tensor features = network.features(scope, GoldenNetworks.frames(scope, network, 3));
            try (EncodedFrames plain = network.encode(scope, features, 0);
                    EncodedFrames begun = network.encode(scope, features, 0)) {
                network.fuseFront(scope, begun, front);
                long bytes = begun.bytes();
                Tensor expected = network.fuseText(scope, plain, text);
                for (int times = 0; times < 2; times++) {
                    assertSame(network.fuseText(scope, begun, text), expected);
                }
                assertThat(bytes).isGreaterThan(plain.bytes());
                List<EncodedFrames> each = new ArrayList<>();
                for (int i = 2; i >= 0; i--) {
                    each.add(begun.frame(scope, i));
                }
                try (EncodedFrames joined = EncodedFrames.joined(scope, each, 1)) {
                    Tensor turned = network.fuseText(scope, joined, text);
                    for (int i = 0; i < 3; i++) {
                        assertSame(turned.part(0, 2 - i, 1), expected.part(0, i, 1));
                    }
                }
                each.add(plain.frame(scope, 0));
                try (EncodedFrames mixed = EncodedFrames.joined(scope, each, 0)) {
                    assertSame(
                            network.fuseText(scope, mixed, text).part(0, 3, 1),
                            expected.part(0, 0, 1));
                }
                assertSame(
                        network.fuseText(scope, begun, other),
                        network.fuseText(scope, plain, other));
                assertSame(network.fuseText(scope, begun, text), expected);
                each.forEach(EncodedFrames::close);
            }
        }
    }

    @Test
    void keepsThePlainEmbeddingOfWhatPreFusionDoesNotSee() {
        try (LlavaMini network = GoldenNetworks.load(GoldenNetworks.LLAMA);
                TensorScope scope = network.newScope()) {
            Tensor features = network.features(scope, GoldenNetworks.frames(scope, network, 2));
            try (EncodedFrames frames = network.encode(scope, features, 8)) {
                Tensor fused = network.fuseText(scope, frames, QUESTION);
                Tensor other =
                        network.fuseText(scope, frames, new long[] {7, 17, Prompt.FRAMES, 3, 0, 5});

                assertSame(fused.part(1, 2, 1), other.part(1, 2, 1));
                assertSame(fused.part(1, 4, 1), other.part(1, 4, 1));
                assertSame(fused.part(1, 2, 1), fused.part(1, 4, 1));
                assertThat(
                                GoldenNetworks.largestDifference(
                                        fused.part(1, 3, 1), other.part(1, 3, 1)))
                        .isGreaterThan(0.1f);
            }
        }
    }

    @Test
    void refusesPartsThatAreNoGridAndTheWhole() {
        try (LlavaMini network = GoldenNetworks.load(GoldenNetworks.LLAMA);
                TensorScope scope = network.newScope()) {
            Tensor features =
                    GoldenNetworks.normal(
                            scope,
                            1,
                            1,
                            4,
                            network.config().vision().patches(),
                            network.config().vision().width());

            assertThatThrownBy(() -> network.encode(scope, features, 8))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("4 parts");
        }
    }
}
