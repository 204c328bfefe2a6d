package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameThinningTest {
    private static final int MOST = 8;

    private final FrameThinning thinning = new FrameThinning(MOST);

    /** The places of the frames that are kept while so many are in flight. */
    private List<Integer> kept(String stream, int frames, int inFlight) {
        List<Integer> kept = new ArrayList<>();
        for (int place = 0; place < frames; place++) {
            if (thinning.keeps(stream, inFlight)) {
                kept.add(place);
            }
        }
        return kept;
    }

    @Test
    void keepsEveryFrameWhileThereIsRoom() {
        assertThat(kept("a", 100, MOST - 1)).hasSize(100);
    }

    @Test
    void keepsOneInTwoThenOneInFourInEqualSteps() {
        kept("a", 1, 0);
        assertThat(kept("a", 9, MOST)).containsExactly(1, 3, 5, 7);
        assertThat(kept("a", 9, MOST)).as("one in four").containsExactly(2, 6);
    }

    @Test
    void keepsOneInSixtyFourHoweverFullTheQueueIs() {
        kept("a", 1_000, MOST);
        List<Integer> kept = kept("a", 640, MOST);
        assertThat(kept).hasSize(10);
        for (int i = 1; i < kept.size(); i++) {
            assertThat(kept.get(i) - kept.get(i - 1)).isEqualTo(64);
        }
    }

    @Test
    void keepsEveryFrameAgainWhenTheQueueIsHalfEmpty() {
        kept("a", 1_000, MOST);
        kept("a", 1_000, MOST / 2);
        assertThat(kept("a", 100, MOST / 2)).hasSize(100);
    }

    @Test
    void changesNothingBetweenHalfAndFull() {
        kept("a", 9, MOST);
        assertThat(kept("a", 100, MOST - 1)).hasSize(50);
    }

    @Test
    void leavesOutAsLargeAPartOfEveryStreamAndStarvesNone() {
        Map<String, Integer> kept = new HashMap<>();
        kept("fast 1", 9, MOST);
        for (int round = 0; round < 64; round++) {
            for (String stream : List.of("fast 1", "fast 1", "fast 2", "fast 2", "slow")) {
                kept.merge(stream, thinning.keeps(stream, MOST - 1) ? 1 : 0, Integer::sum);
            }
        }
        assertThat(kept.get("fast 1")).isEqualTo(64);
        assertThat(kept.get("fast 2")).isEqualTo(64);
        assertThat(kept.get("slow")).isEqualTo(32);
    }

    @Test
    void theFirstFrameOfAStreamIsKept() {
        kept("a", 1_000, MOST);
        assertThat(thinning.keeps("new", MOST)).isTrue();
    }
}
