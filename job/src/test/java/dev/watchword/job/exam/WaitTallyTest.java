package dev.watchword.job.exam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.questions.Fact;
import dev.watchword.job.questions.Verdict;
import dev.watchword.job.questions.Wish;
import dev.watchword.job.yard.Yard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitTallyTest {
    private static final int EVENT = 50;
    private static final WaitSheet.Case WISH =
            new WaitSheet.Case(
                    new Wish(Fact.State.GATE_OPEN, "tell me when the gate is open", Set.of()),
                    EVENT,
                    IntStream.range(38, 50).boxed().toList());

    private static Map<Integer, String> nowFrom(int second) {
        Map<Integer, String> answers = new HashMap<>();
        for (int at = WISH.from(); at < WISH.to(); at++) {
            answers.put(at, at >= second ? " Now" : "not yet");
        }
        return answers;
    }

    @Test
    void nowIsRightFromTheEventUntilThreeFramesAfterIt() {
        assertThat(new WaitTally().mark(WISH, nowFrom(EVENT))).isTrue();
        assertThat(new WaitTally().mark(WISH, nowFrom(EVENT + 3))).isTrue();
        assertThat(new WaitTally().mark(WISH, nowFrom(EVENT - 1))).isFalse();
        assertThat(new WaitTally().mark(WISH, nowFrom(EVENT - 3))).isFalse();
        assertThat(new WaitTally().mark(WISH, nowFrom(EVENT + 4))).isFalse();
        assertThat(new WaitTally().mark(WISH, Map.of())).isFalse();
    }

    @Test
    void aFalseAlarmIsASecondLongBeforeThatIsAnsweredNow() {
        WaitTally tally = new WaitTally();
        tally.mark(WISH, nowFrom(EVENT - 3));
        assertThat(tally.alarms()).isEqualTo(new Score(0, 9));
        tally.mark(WISH, nowFrom(EVENT - 5));
        assertThat(tally.alarms()).isEqualTo(new Score(2, 18));
    }

    @Test
    void everyWishComesTrueAtItsSecondAndNotBefore() {
        List<WaitSheet> sheets = new WaitWriter(5).write(100, 40);
        assertThat(sheets.stream().mapToInt(sheet -> sheet.cases().size()).sum()).isEqualTo(40);
        for (WaitSheet sheet : sheets) {
            Yard yard = Sheet.yard(sheet.seed(), sheet.seconds());
            for (WaitSheet.Case wish : sheet.cases()) {
                assertThat(wish.event()).isGreaterThanOrEqualTo(100);
                assertThat(wish.to()).isLessThanOrEqualTo(sheet.seconds());
                assertThat(wish.wish().fact().in(yard.at(wish.event()))).isEqualTo(Verdict.YES);
                assertThat(wish.early()).hasSize(9);
                for (int second : wish.notYet()) {
                    assertThat(wish.wish().fact().in(yard.at(second))).isEqualTo(Verdict.NO);
                }
            }
        }
    }
}
