package dev.watchword.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyframePolicyTest {
    private final KeyframePolicy policy = new KeyframePolicy(3, 4);

    private List<Long> keptAfter(String stream, int frames) {
        List<Long> kept = List.of();
        for (long sequence = 0; sequence < frames; sequence++) {
            List<Long> candidates = new ArrayList<>(kept);
            candidates.add(sequence);
            kept = policy.keep(stream, candidates);
        }
        return kept;
    }

    @Test
    void keepsTheNewestFramesAndAFixedNumberOfOthers() {
        List<Long> kept = keptAfter("gate", 1_000);

        assertThat(kept).contains(997L, 998L, 999L).isSorted();
        assertThat(kept).hasSizeBetween(4, 7);
    }

    @Test
    void keepsTheSameFramesWhetherTheyComeOneByOneOrAreSeenAllAtOnce() {
        List<Long> all = new ArrayList<>();
        for (long sequence = 0; sequence < 500; sequence++) {
            all.add(sequence);
        }

        assertThat(policy.keep("gate", all)).isEqualTo(keptAfter("gate", 500));
    }

    @Test
    void keepsOtherFramesOfAnotherStream() {
        assertThat(keptAfter("gate", 1_000)).isNotEqualTo(keptAfter("yard", 1_000));
    }

    @Test
    void samplesEveryPartOfTheHistoryAlike() {
        KeyframePolicy sampling = new KeyframePolicy(1, 10);
        SplittableRandom random = new SplittableRandom(1);
        int[] byTenth = new int[10];
        for (int stream = 0; stream < 400; stream++) {
            List<Long> all = new ArrayList<>();
            for (long sequence = 0; sequence < 1_000; sequence++) {
                all.add(sequence);
            }
            for (long sampled : sampling.sample("stream-" + random.nextLong(), all)) {
                byTenth[(int) (sampled / 100)]++;
            }
        }

        // 400 in each is expected; the standard deviation is 19.
        for (int count : byTenth) {
            assertThat(count).isBetween(300, 500);
        }
    }
}
