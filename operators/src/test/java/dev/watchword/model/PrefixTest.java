package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {
    private static final int FRAMES = 9;
    private static final long[] FRONT = {1, 15, 27};
    private static final long[] QUESTION = {9, 30, 41, 12};
    private static final long[] OTHER = {33, 8};
    private static final int TOKENS = 12;

    @ParameterizedTest
    @ValueSource(strings = {GoldenNetworks.LLAMA, GoldenNetworks.VICUNA})
    void answersBehindAPrefixThatGrowsAreThoseBehindAllFramesAtOnce(String name) {
        try (LlavaMini network = GoldenNetworks.load(name);
                TensorScope scope = network.newScope()) {
            Tensor tokens = tokens(network, scope);
            Tensor front = network.embed(scope, FRONT);
            List<Integer> early;
            List<Integer> late;
            List<Generation> together;
            try (Prefix prefix = network.newPrefix(front, 1)) {
                for (int length : new int[] {1, 2, 4}) {
                    prefix.append(tokens.part(0, prefix.frames(), length));
                }
                Generation first = ask(network, scope, prefix, 5, QUESTION);
                prefix.append(tokens.part(0, prefix.frames(), 2));
                Generation second = ask(network, scope, prefix, FRAMES, OTHER);
                together = List.of(first, second);
                early = new ArrayList<>();
                late = new ArrayList<>();
                for (int i = 0; i < TOKENS; i++) {
                    network.readChosen(together);
                    early.add(first.next());
                    if (i >= 3) {
                        late.add(second.next());
                    }
                }
                together.forEach(Generation::close);
            }
            assertThat(early).isEqualTo(alone(network, scope, tokens, 5, QUESTION, TOKENS));
            assertThat(late).isEqualTo(alone(network, scope, tokens, FRAMES, OTHER, TOKENS - 3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GoldenNetworks.LLAMA, GoldenNetworks.VICUNA})
    void scoresBehindAPrefixDifferByRoundingAlone(String name) {
        try (LlavaMini network = GoldenNetworks.load(name);
                TensorScope scope = network.newScope()) {
            Tensor tokens = tokens(network, scope);
            try (Prefix prefix = network.newPrefix(network.embed(scope, FRONT), FRAMES)) {
                prefix.append(tokens.part(0, 0, 3));
                prefix.append(tokens.part(0, 3, FRAMES - 3));
                try (Generation behind = ask(network, scope, prefix, FRAMES, QUESTION);
                        Generation alone = whole(network, scope, tokens, FRAMES, QUESTION)) {
                    assertThat(GoldenNetworks.largestDifference(behind.scores(), alone.scores()))
                            .isLessThanOrEqualTo(1e-5f);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GoldenNetworks.LLAMA, GoldenNetworks.VICUNA})
    void evidenceIsTheAttentionToFramesWhileTheAnswerIsWritten(String name) {
        try (LlavaMini network = GoldenNetworks.load(name);
                TensorScope scope = network.newScope();
                Prefix prefix = network.newPrefix(network.embed(scope, FRONT), FRAMES)) {
            Tensor tokens = tokens(network, scope);
            prefix.append(tokens);
            float[] evidence;
            List<Integer> answer = new ArrayList<>();
            try (Generation generation = ask(network, scope, prefix, 5, QUESTION)) {
                for (int i = 0; i < 3; i++) {
                    answer.add(generation.next());
                }
                evidence = prefix.evidence(5, generation, answer);
            }

            assertThat(evidence)
                    .containsExactly(looked(network, scope, tokens, answer), within(1e-4f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GoldenNetworks.LLAMA, GoldenNetworks.VICUNA})
    void evidenceIsOfTheFramesOnBothSidesOfText(String name) {
        try (LlavaMini network = GoldenNetworks.load(name);
                TensorScope scope = network.newScope();
                Prefix prefix = network.newPrefix(network.embed(scope, FRONT), FRAMES)) {
            Tensor tokens = tokens(network, scope);
            prefix.append(tokens.part(0, 0, 2));
            prefix.appendText(network.embed(scope, OTHER));
            prefix.append(tokens.part(0, 2, 4));
            float[] evidence;
            List<Integer> answer = new ArrayList<>();
            try (Generation generation = ask(network, scope, prefix, 5, QUESTION)) {
                for (int i = 0; i < 3; i++) {
                    answer.add(generation.next());
                }
                evidence = prefix.evidence(5, generation, answer);
            }

            assertThat(evidence)
                    .containsExactly(
                            looked(network, scope, tokens, 2, OTHER, answer), within(1e-4f));
        }
    }

    private static float[] looked(
            LlavaMini network, TensorScope scope, Tensor tokens, List<Integer> answer) {
        return looked(network, scope, tokens, 5, new long[0], answer);
    }

    /** The same from the attention of the whole prompt at once, with text between five frames. */
    private static float[] looked(
            LlavaMini network,
            TensorScope scope,
            Tensor tokens,
            int before,
            long[] between,
            List<Integer> answer) {
        int each = network.config().visionTokens();
        Tensor frames =
                tokens.part(0, 0, 5).reshape(5L * each, network.config().language().width());
        long[] written = {answer.get(0), answer.get(1)};
        Tensor prompt =
                scope.join(
                        List.of(
                                network.embed(scope, FRONT),
                                frames.part(0, 0, (long) before * each),
                                network.embed(scope, between),
                                frames.part(0, (long) before * each, (5L - before) * each),
                                network.embed(scope, QUESTION),
                                network.embed(scope, written)),
                        0);
        int length = Math.toIntExact(prompt.size(0));
        float[] attention = network.attention(scope, prompt, length - 3).toFloats();
        double[] sums = new double[5];
        double all = 0;
        for (int row = 0; row < attention.length / length; row++) {
            for (int token = 0; token < 5 * each; token++) {
                int text = FRONT.length + (token / each < before ? 0 : between.length);
                float share = attention[row * length + text + token];
                sums[token / each] += share;
                all += share;
            }
        }
        float[] shares = new float[5];
        for (int frame = 0; frame < 5; frame++) {
            shares[frame] = (float) (sums[frame] / all);
        }
        return shares;
    }

    @ParameterizedTest
    @ValueSource(strings = GoldenNetworks.LLAMA)
    void refusesMoreFramesThanItHolds(String name) {
        try (LlavaMini network = GoldenNetworks.load(name);
                TensorScope scope = network.newScope();
                Prefix prefix = network.newPrefix(network.embed(scope, FRONT), 1)) {
            prefix.append(tokens(network, scope).part(0, 0, 2));
            assertThatThrownBy(() -> ask(network, scope, prefix, 3, QUESTION))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("holds 2 frames, not 3");
        }
    }

    private static Tensor tokens(LlavaMini network, TensorScope scope) {
        Tensor pixels = GoldenNetworks.frames(scope, network, FRAMES);
        try (EncodedFrames all = network.encode(scope, network.features(scope, pixels), 0)) {
            return all.visionTokens();
        }
    }

    private static Generation ask(
            LlavaMini network, TensorScope scope, Prefix prefix, int frames, long[] question) {
        Generation generation =
                network.generateBehind(
                        prefix, frames, network.embed(scope, question), Sampling.GREEDY, TOKENS);
        generation.prefill(2);
        generation.prefill(Integer.MAX_VALUE);
        return generation;
    }

    private static Generation whole(
            LlavaMini network, TensorScope scope, Tensor tokens, int frames, long[] question) {
        Tensor shown = tokens.part(0, 0, frames);
        Tensor prompt =
                scope.join(
                        List.of(
                                network.embed(scope, FRONT),
                                shown.reshape(-1, tokens.size(2)),
                                network.embed(scope, question)),
                        0);
        Generation generation = network.generate(prompt, Sampling.GREEDY, TOKENS);
        generation.prefill(Integer.MAX_VALUE);
        return generation;
    }

    private static List<Integer> alone(
            LlavaMini network,
            TensorScope scope,
            Tensor tokens,
            int frames,
            long[] question,
            int count) {
        List<Integer> generated = new ArrayList<>();
        try (Generation generation = whole(network, scope, tokens, frames, question)) {
            for (int i = 0; i < count; i++) {
                generated.add(generation.next());
            }
        }
        return generated;
    }
}
