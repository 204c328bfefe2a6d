package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.model.text.Prompt;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameHistoryScoresTest {
    private static final int FRAMES = 6;
    private static final float[] WEIGHTS = {0.5f, 0.2f, 0.3f};
    private static final long[] BEFORE = {1, 17, 0, 9};
    private static final List<long[]> QUESTIONS =
            List.of(
                    new long[] {40, 0, 50, 23},
                    LongStream.range(1, 60).toArray(),
                    new long[] {7},
                    new long[] {40, 0, 50, 23});

    @ParameterizedTest
    @ValueSource(strings = {GoldenNetworks.LLAMA, GoldenNetworks.VICUNA, "no-pre-fusion"})
    void answersEachQuestionAsIfItWereAskedAlone(String name) {
        assertEachAsAlone(name, BEFORE);
    }

    @Test
    void readsFramesThatStandFirst() {
        assertEachAsAlone(GoldenNetworks.LLAMA, new long[0]);
    }

    private static void assertEachAsAlone(String name, long[] before) {
        try (LlavaMini network = GoldenNetworks.load(name);
                TensorScope scope = network.newScope()) {
            Tensor features =
                    network.features(scope, GoldenNetworks.frames(scope, network, FRAMES));
            Tensor tokens;
            try (EncodedFrames all = network.encode(scope, features, 0)) {
                tokens = all.visionTokens();
            }
            Tensor keyframes = features.part(0, 1, WEIGHTS.length);
            try (FrameHistory frames = history(network, keyframes, WEIGHTS, before)) {
                frames.append(tokens);
                for (long[] question : QUESTIONS) {
                    Prompt prompt = new Prompt(before, question);
                    assertAsAlone(network, scope, keyframes, tokens, prompt, frames);
                }
            }
        }
    }

    private static void assertAsAlone(
            LlavaMini network,
            TensorScope scope,
            Tensor keyframes,
            Tensor tokens,
            Prompt prompt,
            FrameHistory frames) {
        try (EncodedFrames encoded = network.encode(scope, keyframes, 0);
                Generation alone =
                        network.generate(
                                network.prompt(
                                        scope,
                                        network.fuseText(scope, encoded, prompt.ids()),
                                        WEIGHTS,
                                        tokens,
                                        prompt.place()),
                                Sampling.GREEDY,
                                0);
                Generation behind = frames.ask(prompt, Sampling.GREEDY)) {
            alone.prefill(Integer.MAX_VALUE);
            behind.prefill(Integer.MAX_VALUE);
            assertThat(GoldenNetworks.largestDifference(behind.scores(), alone.scores()))
                    .isLessThanOrEqualTo(1e-5f);
            List<Integer> expected = new ArrayList<>();
            List<Integer> generated = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                expected.add(alone.next());
                generated.add(behind.next());
            }
            assertThat(generated).isEqualTo(expected);
        }
    }

    @Test
    void refusesAnotherTextInFront() {
        try (LlavaMini network = GoldenNetworks.load(GoldenNetworks.LLAMA);
                TensorScope scope = network.newScope()) {
            Tensor features = network.features(scope, GoldenNetworks.frames(scope, network, 1));
            try (FrameHistory frames = history(network, features, new float[] {1}, BEFORE)) {
                Prompt other = new Prompt(new long[] {2}, new long[] {7});
                assertThatThrownBy(() -> frames.ask(other, Sampling.GREEDY))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("in front of the frames");
            }
        }
    }

    private static FrameHistory history(
            LlavaMini network, Tensor keyframes, float[] weights, long[] before) {
        return new FrameHistory(
                network, null, new KeyframeFusion(network, keyframes, weights), before);
    }
}
