package dev.watchword.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyframePolicyTest {
    private final KeyframePolicy policy = new KeyframePolicy(3, 4, 2);

    private static List<Keyframe> all(int frames) {
        List<Keyframe> all = new ArrayList<>();
        for (long number = 0; number < frames; number++) {
            all.add(new Keyframe(number + 7, number));
        }
        return all;
    }

    private List<Keyframe> keptAfter(String stream, int frames) {
        List<Keyframe> kept = List.of();
        for (Keyframe frame : all(frames)) {
            List<Keyframe> candidates = new ArrayList<>(kept);
            candidates.add(frame);
            kept = policy.keep(stream, candidates, frame.number() + 1);
        }
        return kept;
    }

    @Test
    void keepsTheNewestFramesAndAFixedNumberOfOthers() {
        List<Keyframe> kept = keptAfter("gate", 1_000);

        assertThat(kept)
                .extracting(Keyframe::number)
                .contains(997L, 998L, 999L)
                .isSorted()
                .hasSizeBetween(15, 30);
    }

    @Test
    void keepsTheSameFramesWhetherTheyComeOneByOneOrAreSeenAllAtOnce() {
        assertThat(policy.keep("gate", all(500), 500)).isEqualTo(keptAfter("gate", 500));
    }

    @Test
    void keepsOtherFramesOfAnotherStream() {
        assertThat(keptAfter("gate", 1_000)).isNotEqualTo(keptAfter("yard", 1_000));
    }

    @Test
    void samplesEveryPartOfTheHistoryAlike() {
        KeyframePolicy sampling = new KeyframePolicy(1, 10, 0);
        SplittableRandom random = new SplittableRandom(1);
        int[] byTenth = new int[10];
        List<Keyframe> all = all(1_000);
        for (int stream = 0; stream < 400; stream++) {
            for (Keyframe sampled : sampling.sample("stream-" + random.nextLong(), all)) {
                byTenth[(int) (sampled.number() / 100)]++;
            }
        }

        // 400 in each is expected; the standard deviation is 19.
        for (int count : byTenth) {
            assertThat(count).isBetween(300, 500);
        }
    }
}
