package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Script;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
    /** The largest number below 1 that a source of chance gives. */
    private static final double NEARLY_ONE = 1 - 0x1p-53;

    private static final float[] SCORES = {1.5f, -0.5f, 3, 0, 2.5f, -2};

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2})
    void drawsTokensAsOftenAsTheirProbability(double temperature) {
        int draws = 20_000;
        int[] drawn = new int[SCORES.length];
        Sampling sampling = new Sampling(temperature, 1, 0);
        SplittableRandom random = new SplittableRandom(11);
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU);
                Sampler sampler = new Sampler(ComputeDevice.CPU)) {
            Tensor scores = scope.floats(SCORES, SCORES.length);
            for (int i = 0; i < draws; i++) {
                try (TensorScope step = scope.child()) {
                    drawn[(int) sampler.choose(step, scores, sampling, random)]++;
                }
            }
        }
        double[] expected = softmax(temperature);
        for (int token = 0; token < drawn.length; token++) {
            double spread = Math.sqrt(expected[token] * (1 - expected[token]) / draws);
            assertThat((double) drawn[token] / draws)
                    .isCloseTo(expected[token], within(4.5 * spread));
        }
    }

    private static double[] softmax(double temperature) {
        double[] probabilities = new double[SCORES.length];
        double sum = 0;
        for (int i = 0; i < SCORES.length; i++) {
            probabilities[i] = Math.exp(SCORES[i] / temperature);
            sum += probabilities[i];
        }
        for (int i = 0; i < SCORES.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    /** The tokens 1, 3, 0 and 2 have the probabilities 1/2, 1/4, 1/8 and 1/8. */
    private static Tensor halves(TensorScope scope) {
        float half = (float) Math.log(2);
        return scope.floats(new float[] {-3 * half, -half, -3.001f * half, -2 * half}, 4);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 1", "0.49, 1", "0.51, 1 3", "0.74, 1 3", "0.76, 0 1 3", "1, 0 1 2 3"})
    void keepsTheLikeliestTokensThatTogetherReachTopP(double topP, String nucleus) {
        Set<Long> chosen = new TreeSet<>();
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU);
                Script script = Script.load("sampling", ComputeDevice.CPU)) {
            Tensor scores = halves(scope);
            for (int i = 0; i < 1000; i++) {
                chosen.add(sample(scope, script, scores, 1, topP, i / 1000.0));
            }
            chosen.add(sample(scope, script, scores, 1, topP, NEARLY_ONE));
        }
        assertThat(chosen).map(String::valueOf).containsExactly(nucleus.split(" "));
    }

    @Test
    void staysInTheNucleusWhenChanceIsNearlyOne() {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU);
                Script script = Script.load("sampling", ComputeDevice.CPU)) {
            for (int seed = 0; seed < 50; seed++) {
                Tensor scores = GoldenNetworks.normal(scope, seed, 300);
                float likeliest = max(scores.toFloats());
                long chosen = sample(scope, script, scores, 0.01, 1e-6, NEARLY_ONE);

                assertThat(scores.toFloats()[(int) chosen]).isEqualTo(likeliest);
                assertThat(sample(scope, script, scores, 1, 1, NEARLY_ONE)).isBetween(0L, 299L);
            }
        }
    }

    private static float max(float[] numbers) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float number : numbers) {
            largest = Math.max(largest, number);
        }
        return largest;
    }

    @Test
    void drawsNoTokenWithoutProbability() {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU);
                Script script = Script.load("sampling", ComputeDevice.CPU)) {
            Tensor scores = scope.floats(new float[] {-1000, 0, -2000, 0.5f, -1000}, 5);

            assertThat(sample(scope, script, scores, 1, 1, 0)).isEqualTo(3);
            assertThat(sample(scope, script, scores, 1, 1, NEARLY_ONE)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, Double.MIN_VALUE, 1e-40, 1e-7, 1e-6, 1e-3})
    void takesTheLikeliestTokenWhenItIsCold(double temperature) {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU);
                Sampler sampler = new Sampler(ComputeDevice.CPU)) {
            Tensor scores = scope.floats(SCORES, SCORES.length);
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 20; i++) {
                assertThat(sampler.choose(scope, scores, new Sampling(temperature, 1, 0), random))
                        .isEqualTo(2);
            }
        }
    }

    private static long sample(
            TensorScope scope,
            Script script,
            Tensor scores,
            double temperature,
            double topP,
            double uniform) {
        return script.call(scope, "sample", scores, temperature, topP, uniform).toLongs()[0];
    }
}
