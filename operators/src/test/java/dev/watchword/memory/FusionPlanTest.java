package dev.watchword.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Test;

class FusionPlanTest {
    private static final KeyframePolicy POLICY = new KeyframePolicy(4, 6, 0);

    private static FusionPlan plan(String stream, int frames, long first, long last) {
        List<Keyframe> kept = List.of();
        for (long number = 0; number < frames; number++) {
            List<Keyframe> candidates = new ArrayList<>(kept);
            candidates.add(new Keyframe(number, number));
            kept = POLICY.keep(stream, candidates, number + 1);
        }
        return FusionPlan.of(POLICY, stream, kept, frames, first, last - first + 1);
    }

    private static double sum(List<Double> weights) {
        return weights.stream().mapToDouble(Double::doubleValue).sum();
    }

    @Test
    void isExactWhileEveryFrameInScopeIsAKeyframe() {
        FusionPlan whole = plan("gate", 6, 0, 5);
        FusionPlan lastOfMany = plan("gate", 1_000, 997, 999);

        assertThat(whole.exact()).isTrue();
        assertThat(whole.keyframes()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(whole.weights()).allMatch(weight -> weight == 1.0 / 6);
        assertThat(lastOfMany.exact()).isTrue();
        assertThat(lastOfMany.keyframes()).containsExactly(997L, 998L, 999L);
    }

    @Test
    void saysThatItIsSampledOtherwise() {
        FusionPlan plan = plan("gate", 1_000, 0, 999);

        assertThat(plan.exact()).isFalse();
        assertThat(plan.keyframes()).contains(996L, 997L, 998L, 999L).hasSizeGreaterThan(4);
        assertThat(sum(plan.weights())).isCloseTo(1, within(1e-12));
    }

    @Test
    void estimatesTheMeanWithoutBias() {
        double total = 0;
        int streams = 3_000;
        for (int stream = 0; stream < streams; stream++) {
            FusionPlan plan = plan("stream-" + stream, 100, 0, 99);
            for (int i = 0; i < plan.keyframes().size(); i++) {
                total += plan.weights().get(i) * plan.keyframes().get(i);
            }
        }

        // The mean of 0 to 99 is 49.5. One estimate deviates by about 11, so their mean by 0.2; a
        // mean over the keyframes without weights would be near 68.
        assertThat(total / streams).isCloseTo(49.5, within(1.0));
    }

    @Test
    void givesTheNewestFrameItsShareAndLeavesTheOthersInProportion() {
        FusionPlan plain = plan("gate", 1_000, 0, 999);
        FusionPlan leaning = plain.withShare(999, 0.4);

        assertThat(leaning.keyframes()).isEqualTo(plain.keyframes());
        assertThat(leaning.exact()).isFalse();
        assertThat(sum(leaning.weights())).isCloseTo(1, within(1e-12));
        int newest = plain.keyframes().size() - 1;
        assertThat(leaning.weights().get(newest)).isEqualTo(0.4);
        for (int i = 0; i < newest; i++) {
            assertThat(leaning.weights().get(i) / leaning.weights().get(0))
                    .isCloseTo(plain.weights().get(i) / plain.weights().get(0), within(1e-12));
        }
        FusionPlan only = plain.withShare(999, 1);
        assertThat(only.keyframes()).containsExactly(999L);
        assertThat(only.weights()).containsExactly(1.0);
    }

    @Test
    void leavesAPlanWhoseNewestFrameCountsEnough() {
        FusionPlan plan = plan("gate", 6, 0, 5);
        assertThat(plan.withShare(5, 0)).isSameAs(plan);
        assertThat(plan.withShare(5, 1.0 / 6)).isSameAs(plan);
        FusionPlan one = plan("gate", 1, 0, 0);
        assertThat(one.withShare(0, 0.5)).isSameAs(one);
    }

    @Test
    void aKeyframeThatIsOutOfScopeCanHaveTheNewestFramesShare() {
        List<Keyframe> keyframes =
                LongStream.of(10, 500, 600, 997, 998, 999, 1_000)
                        .mapToObj(number -> new Keyframe(number, number))
                        .toList();
        KeyframePolicy policy = new KeyframePolicy(4, 10, 0);
        FusionPlan plan = FusionPlan.of(policy, "gate", keyframes, 1_001, 400, 400);
        assertThat(plan.keyframes()).containsExactly(500L, 600L);

        assertThat(plan.withShare(10, 1).keyframes()).containsExactly(10L);
        FusionPlan leaning = plan.withShare(10, 0.5);
        assertThat(leaning.keyframes()).containsExactly(10L, 500L, 600L);
        assertThat(leaning.weights())
                .usingElementComparator(new DoubleComparator(1e-12))
                .containsExactly(0.5, 0.25, 0.25);
        assertThat(leaning.exact()).isFalse();
    }

    @Test
    void takesTheNearestKeyframeWhereNoneIsInScope() {
        List<Keyframe> keyframes =
                LongStream.of(10, 500, 997, 998, 999, 1_000)
                        .mapToObj(number -> new Keyframe(number, number))
                        .toList();
        FusionPlan plan = FusionPlan.of(POLICY, "gate", keyframes, 1_001, 600, 11);

        assertThat(plan.keyframes()).containsExactly(500L);
        assertThat(plan.weights()).containsExactly(1.0);
        assertThat(plan.exact()).isFalse();
    }
}
