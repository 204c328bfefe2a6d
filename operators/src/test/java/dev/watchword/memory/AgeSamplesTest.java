package dev.watchword.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Keyframes of histories of up to 100,000 frames, of which every frame is its number. */
class AgeSamplesTest {
    private static final int FRAMES = 100_000;
    private static final KeyframePolicy POLICY = new KeyframePolicy(8, 16, 2);

    /** So that the uniform sample is out of the way. */
    private static final KeyframePolicy AGES_ALONE = new KeyframePolicy(1, 0, 2);

    /** What is done after each frame. */
    private interface Look {
        void at(List<Keyframe> kept, long seen);
    }

    private static List<Keyframe> live(
            KeyframePolicy policy, String stream, int frames, Look look) {
        List<Keyframe> kept = List.of();
        for (long number = 0; number < frames; number++) {
            List<Keyframe> candidates = new ArrayList<>(kept);
            candidates.add(new Keyframe(number, number));
            kept = policy.keep(stream, candidates, number + 1);
            look.at(kept, number + 1);
        }
        return kept;
    }

    private static List<Keyframe> live(KeyframePolicy policy, String stream, int frames) {
        return live(policy, stream, frames, (kept, seen) -> {});
    }

    @Test
    void everySpanHalfAsLongAsItsOldestFrameIsBackHasAKeyframe() {
        live(
                AGES_ALONE,
                "gate",
                FRAMES,
                (kept, seen) -> {
                    long before = -1;
                    for (Keyframe keyframe : kept) {
                        // The longest span without one, which also is the longest for its age.
                        long length = keyframe.number() - before - 1;
                        long back = seen - before - 1;
                        if (2 * length >= back) {
                            throw new AssertionError(
                                    "of %d frames none of those from %d to %d"
                                            .formatted(seen, before + 1, keyframe.number() - 1));
                        }
                        before = keyframe.number();
                    }
                });
    }

    @Test
    void theNumberOfKeyframesStaysWithinItsBound() {
        int[] most = new int[1];
        live(
                POLICY,
                "gate",
                FRAMES,
                (kept, seen) -> {
                    most[0] = Math.max(most[0], kept.size());
                    int ages = 64 - Long.numberOfLeadingZeros(seen);
                    assertThat(kept.size()).isLessThanOrEqualTo(8 + 16 + 3 * ages);
                });

        assertThat(most[0]).isBetween(24, 64);
    }

    @Test
    void aReplayThatBeginsAnywhereKeepsTheSame() {
        List<Keyframe> kept = live(POLICY, "gate", 4_000);
        List<Keyframe> all = new ArrayList<>();
        for (long number = 0; number < 5_000; number++) {
            all.add(new Keyframe(number, number));
        }
        List<Keyframe> late = new ArrayList<>(kept);
        late.addAll(all.subList(4_000, 5_000));

        assertThat(POLICY.keep("gate", late, 5_000)).isEqualTo(live(POLICY, "gate", 5_000));
        assertThat(POLICY.keep("gate", all, 5_000)).isEqualTo(live(POLICY, "gate", 5_000));
    }

    @Test
    void thePlanOfAnySpanIsOfKeyframesInItWhoseWeightsAddUpToOne() {
        SplittableRandom random = new SplittableRandom(3);
        List<Keyframe> kept = live(POLICY, "gate", FRAMES);
        for (int i = 0; i < 2_000; i++) {
            long back = 2 + random.nextInt(FRAMES - 1);
            long length = back - random.nextLong(back / 2 + 1);
            long first = FRAMES - back;
            FusionPlan plan = FusionPlan.of(POLICY, "gate", kept, FRAMES, first, length);

            assertThat(plan.keyframes())
                    .isNotEmpty()
                    .isSorted()
                    .allMatch(number -> number >= first && number < first + length);
            assertThat(plan.weights()).allMatch(weight -> weight > 0);
            assertThat(sum(plan)).isCloseTo(1, within(1e-9));
            assertThat(plan.exact()).isEqualTo(plan.keyframes().size() == length);
        }
    }

    private static double sum(FusionPlan plan) {
        return plan.weights().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** The mean number of a span, estimated through plans of many streams, less the true one. */
    private static double meanError(int frames, long first, long length, int streams) {
        double error = 0;
        for (int i = 0; i < streams; i++) {
            String stream = "stream-" + i;
            List<Keyframe> all = new ArrayList<>();
            for (long number = 0; number < frames; number++) {
                all.add(new Keyframe(number, number));
            }
            List<Keyframe> kept = AGES_ALONE.keep(stream, all, frames);
            FusionPlan plan = FusionPlan.of(AGES_ALONE, stream, kept, frames, first, length);
            for (int j = 0; j < plan.keyframes().size(); j++) {
                error += plan.weights().get(j) * plan.keyframes().get(j);
            }
            error -= first + (length - 1) / 2.0;
        }
        return error / streams;
    }

    @Test
    void aMeanOverWholeBlocksIsEstimatedWithoutBias() {
        // Of 1,024 frames those from 256 to 767 are whole blocks: 256 to 511 and 512 to 767 among
        // them.
        assertThat(AgeBlock.of(256, 1_024, 2)).isEqualTo(new AgeBlock(256, 512));
        assertThat(AgeBlock.of(512, 1_024, 2).first()).isEqualTo(512);
        assertThat(AgeBlock.of(767, 1_024, 2).end()).isEqualTo(768);
        int streams = 2_000;

        // An estimate deviates by about 60 frames, so their mean by 1.4.
        assertThat(meanError(1_024, 256, 512, streams)).isCloseTo(0, within(5.0));
        assertThat(meanError(1_024, 0, 1_024, streams)).isCloseTo(0, within(8.0));
    }

    @Test
    void aMeanOverASpanThatCutsBlocksIsBiasedByLittleOfItsLength() {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 10; i++) {
            long back = 200 + random.nextInt(800);
            long length = back / 2 + random.nextLong(back / 2);
            double bias = meanError(1_000, 1_000 - back, length, 400) / length;
            assertThat(bias).as("of %d frames from %d back", length, back).isBetween(-0.05, 0.05);
        }
    }
}
