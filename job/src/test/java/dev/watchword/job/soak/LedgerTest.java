package dev.watchword.job.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.Evidence;
import dev.watchword.schemas.FrameSpan;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is lost or wrong is found. */
class LedgerTest {
    private static final SoakPlan PLAN =
            new SoakPlan(2, 1, 1, Duration.ofMinutes(1), 2, Duration.ZERO, 1);
    private static final long ALL = Long.MAX_VALUE;

    private final Ledger ledger = new Ledger(PLAN, false);

    private void sent(int stream, int frames) {
        for (int i = 0; i < frames; i++) {
            ledger.sending(stream);
        }
    }

    private void asked(String id, AskedQuestion.Kind kind, long safe, long last) {
        ledger.asking(new AskedQuestion(id, 0, kind, safe, last, 0));
    }

    private void asked(String id, AskedQuestion.Kind kind, long safe) {
        asked(id, kind, safe, ALL);
    }

    /** An answer about frames at some places of a stream, the last not included. */
    private static Answer.Builder answer(String id, int stream, long from, long to) {
        return Answer.newBuilder()
                .setQueryId(id)
                .setAnswerId(AnswerId.of(id, PLAN.stream(stream)))
                .setStream(PLAN.stream(stream))
                .setStatus(Status.OK)
                .setText("yes")
                .setModel("m")
                .setAnsweredAt(Instant.EPOCH)
                .setFrames(
                        FrameSpan.newBuilder()
                                .setCount(to - from)
                                .setFirstSequence(PLAN.sequence(stream, from))
                                .setLastSequence(PLAN.sequence(stream, to - 1))
                                .build());
    }

    private void came(Answer.Builder answer) {
        ledger.answer(answer.build());
    }

    private void assertClean() {
        assertThat(ledger.sums().told()).isEmpty();
        assertThat(ledger.sums().lost()).isZero();
        assertThat(ledger.sums().wrong()).isZero();
    }

    private void assertWrong(String what) {
        assertThat(ledger.sums().wrong()).isPositive();
        assertThat(ledger.sums().told()).anyMatch(told -> told.contains(what));
    }

    @Test
    void whatCanBeIsNeitherLostNorWrong() {
        sent(0, 5);
        asked("all", AskedQuestion.Kind.OPEN, 3);
        asked("last", AskedQuestion.Kind.OPEN, 3, 2);
        asked("settled", AskedQuestion.Kind.SETTLED, 3);
        came(answer("last", 0, 2, 4));
        came(answer("settled", 0, 0, 3));
        came(answer("all", 0, 0, 5));

        assertClean();
        assertThat(ledger.sums().answers()).containsEntry(Status.OK, 3L);
    }

    @Test
    void aFrameThatIsInNoHistoryIsLost() {
        sent(0, 5);
        asked("all", AskedQuestion.Kind.OPEN, 3);
        came(answer("all", 0, 0, 4));

        assertThat(ledger.sums().lostFrames()).isEqualTo(1);
    }

    @Test
    void aQuestionWithoutAnAnswerIsLost() {
        asked("silence", AskedQuestion.Kind.OPEN, 0);

        assertThat(ledger.sums().lostQuestions()).isEqualTo(1);
        assertThat(ledger.sums().told()).anyMatch(told -> told.contains("silence"));
    }

    @Test
    void aDeadLetterIsALoss() {
        ledger.deadLetter("no picture");

        assertThat(ledger.sums().lost()).isEqualTo(1);
    }

    @Test
    void anAnswerFromAnotherStreamIsWrong() {
        sent(0, 5);
        sent(1, 5);
        asked("all", AskedQuestion.Kind.OPEN, 0);
        came(answer("all", 1, 0, 5));

        assertThat(ledger.sums().wrongStreams()).isEqualTo(1);
    }

    @Test
    void framesOfAnotherStreamAreWrong() {
        sent(0, 5);
        sent(1, 5);
        asked("all", AskedQuestion.Kind.OPEN, 0);
        came(answer("all", 0, 0, 5).setFrames(answer("all", 1, 0, 5).getFrames()));

        assertThat(ledger.sums().wrongStreams()).isEqualTo(1);
    }

    @Test
    void evidenceFromAnotherStreamIsWrong() {
        sent(0, 5);
        asked("all", AskedQuestion.Kind.OPEN, 0);
        Evidence evidence = new Evidence(PLAN.sequence(1, 2), Instant.EPOCH, 1.0, "");
        came(answer("all", 0, 0, 5).setEvidence(List.of(evidence)));

        assertThat(ledger.sums().wrongStreams()).isEqualTo(1);
    }

    @Test
    void aHistoryThatForgotSafeFramesIsWrong() {
        sent(0, 5);
        asked("all", AskedQuestion.Kind.OPEN, 3);
        came(answer("all", 0, 0, 2));

        assertWrong("frames are missing");
    }

    @Test
    void aHistoryWithAHoleIsWrong() {
        sent(0, 5);
        asked("all", AskedQuestion.Kind.OPEN, 3);
        FrameSpan whole = answer("all", 0, 0, 5).getFrames();
        came(answer("all", 0, 0, 5).setFrames(FrameSpan.newBuilder(whole).setCount(4).build()));

        assertWrong("not all frames");
    }

    @Test
    void moreFramesThanTheQuestionsScopeIsWrong() {
        sent(0, 5);
        asked("settled", AskedQuestion.Kind.SETTLED, 3);
        came(answer("settled", 0, 0, 4));

        assertWrong("too many");
    }

    @Test
    void noFramesWhereThereAreSomeIsWrong() {
        asked("all", AskedQuestion.Kind.OPEN, 3);
        came(
                answer("all", 0, 0, 1)
                        .setStatus(Status.NO_FRAMES)
                        .setFrames(FrameSpan.newBuilder().build()));

        assertWrong("no frames");
    }

    @Test
    void aRefusalIsWrongSinceEveryQuestionIsGood() {
        asked("all", AskedQuestion.Kind.OPEN, 0);
        came(answer("all", 0, 0, 1).setStatus(Status.FAILED));

        assertWrong("refused");
    }

    @Test
    void aRepeatIsDroppedButMustSayTheSame() {
        sent(0, 5);
        asked("all", AskedQuestion.Kind.OPEN, 0);
        came(answer("all", 0, 0, 5));
        came(answer("all", 0, 0, 5));
        came(answer("all", 0, 0, 4).setText("no"));

        assertThat(ledger.sums().wrong()).isZero();
        assertThat(ledger.sums().repeats()).isEqualTo(2);
        assertThat(ledger.sums().repeatsOfOtherFrames()).isEqualTo(1);

        came(answer("all", 0, 0, 5).setText("no"));
        assertWrong("a repeat that must not be");
    }

    @Test
    void byExactlyOnceThereIsNoRepeat() {
        Ledger once = new Ledger(PLAN, true);
        once.sending(0);
        once.asking(new AskedQuestion("q", 0, AskedQuestion.Kind.OPEN, 0, ALL, 0));
        once.answer(answer("q", 0, 0, 1).build());
        assertThat(once.sums().wrong()).isZero();

        once.answer(answer("q", 0, 0, 1).build());
        assertThat(once.sums().wrong()).isEqualTo(1);
    }

    @Test
    void aStandingQuestionReportsAtItsFramesAndMissesNone() {
        sent(0, 21);
        asked("stands", AskedQuestion.Kind.STANDING, 0);
        came(answer("stands", 0, 0, 1).setFrames(FrameSpan.newBuilder().build()));
        for (long due : new long[] {1, 11, 21}) {
            came(
                    answer("stands", 0, 0, due)
                            .setAnswerId(
                                    AnswerId.ofFrame(
                                            "stands", PLAN.stream(0), PLAN.sequence(0, due - 1))));
        }
        ledger.standing(0, 3, 3);
        assertThat(ledger.sums().lostEvaluations()).isZero();
        assertThat(ledger.sums().wrong()).isZero();

        ledger.standing(0, 2, 2);
        assertThat(ledger.sums().lostEvaluations()).isEqualTo(1);
    }

    @Test
    void aReportAtAFrameAtWhichNothingWasDueIsWrong() {
        sent(0, 21);
        asked("stands", AskedQuestion.Kind.STANDING, 0);
        came(
                answer("stands", 0, 0, 5)
                        .setAnswerId(
                                AnswerId.ofFrame("stands", PLAN.stream(0), PLAN.sequence(0, 4))));

        assertWrong("nothing was due");
    }

    @Test
    void anAnswerThatNobodyAskedForIsWrong() {
        came(answer("ghost", 0, 0, 1));

        assertWrong("nobody asked");
    }
}
