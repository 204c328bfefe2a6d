package dev.watchword.operators;

import static dev.watchword.operators.Events.ask;
import static dev.watchword.operators.Events.cancel;
import static dev.watchword.operators.Events.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.watchword.memory.Retention;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Priority;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskingAsOfTest {
    private static final AnswerLimits LIMITS =
            new AnswerLimits(50, 8, 16, 1, 3, 2, 2, new ConversationLimits(4, 3));

    private final FakeEngine engine = new FakeEngine();

    private OperatorRun<EncodedEvent, Answer> run(boolean restoring, long frames) throws Exception {
        return FuseRun.of(engine, LIMITS, new Retention(frames, Duration.ZERO), restoring);
    }

    private OperatorRun<EncodedEvent, Answer> run(boolean restoring) throws Exception {
        return run(restoring, 1_000);
    }

    private static Instant second(long second) {
        return Instant.ofEpochMilli(second * 1_000);
    }

    private static QueryEvent askAsOf(String id, long second, UnaryOperator<Query.Builder> more) {
        return ask("a", id, query -> more.apply(query.setAsOf(second(second))));
    }

    private static QueryEvent askAsOf(String id, long second) {
        return askAsOf(id, second, UnaryOperator.identity());
    }

    private static QueryEvent askAsOf(String id, long second, Scope.Builder scope) {
        return askAsOf(id, second, query -> query.setScope(scope.build()));
    }

    private static Answer only(OperatorRun<?, Answer> run) {
        assertThat(run.output()).hasSize(1);
        return run.output().get(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMomentInTheHistoryIsAnsweredAtOnceAndCutsEveryScope(boolean restoring) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            for (long sequence : new long[] {2, 3, 5, 7, 11}) {
                run.send(frame("a", sequence));
            }
            run.send(askAsOf("all", 7));
            run.send(askAsOf("between", 6));
            run.send(askAsOf("last", 6, Scope.newBuilder().setLastFrames(2L)));
            run.send(askAsOf("time", 6, Scope.newBuilder().setLastMs(2_001L)));
            run.send(askAsOf("from", 6, Scope.newBuilder().setFrom(second(3))));
            run.send(askAsOf("span", 6, Scope.newBuilder().setFrom(second(3)).setTo(second(5))));
            run.send(askAsOf("newest", 11));

            assertThat(run.output())
                    .extracting(Answer::getText)
                    .containsExactly(
                            "a2,a3,a5,a7",
                            "a2,a3,a5",
                            "a3,a5",
                            "a3,a5",
                            "a3,a5",
                            "a3",
                            "a2,a3,a5,a7,a11");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMomentToComeIsWaitedForAndTheScopeIsResolvedThen(boolean restoring) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(askAsOf("before any frame", 3));
            run.send(frame("a", 1));
            run.send(askAsOf("later", 4, Scope.newBuilder().setLastFrames(2L)));
            run.send(frame("b", 9));
            run.send(frame("a", 2));
            assertThat(run.output()).isEmpty();
            run.send(frame("a", 3));
            assertThat(only(run).getText()).isEqualTo("a1,a2,a3");
            run.send(frame("a", 8));

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getText)
                    .containsExactly(
                            tuple("before any frame", "a1,a2,a3"), tuple("later", "a2,a3"));
        }
    }

    @Test
    void questionsThatStopWaitingTogetherAreAskedInTheirOrder() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 1));
            run.send(askAsOf("1", 5));
            run.advanceTo(run.now() + 1);
            run.send(askAsOf("2", 4));
            run.advanceTo(run.now() + 1);
            run.send(askAsOf("3", 5));
            run.restore();
            run.send(frame("a", 6));

            assertThat(run.output()).extracting(Answer::getQueryId).containsExactly("1", "2", "3");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeadlinePassesPromptlyAndTheReasonSaysHowFarTheFramesHadCome(boolean restoring)
            throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            Instant deadline = Instant.ofEpochMilli(run.now() + 500);
            run.send(frame("a", 1));
            run.send(askAsOf("late", 9, query -> query.setDeadline(deadline)));
            run.send(askAsOf("patient", 9));
            run.advanceTo(run.now() + 500);
            run.runMails();
            assertThat(run.output()).isEmpty();
            run.advanceTo(run.now() + 1);
            run.runMails();

            Answer late = only(run);
            assertThat(late.getQueryId()).isEqualTo("late");
            assertThat(late.getStatus()).isEqualTo(Status.EXPIRED);
            assertThat(late.getReason())
                    .contains(
                            second(9).toString(), "only come up to " + second(1), "later deadline");
            run.send(frame("a", 9));
            assertThat(run.output())
                    .extracting(Answer::getQueryId)
                    .containsExactly("late", "patient");
        }
    }

    @Test
    void aDeadlineThatPassedWhileTheJobWasAwayEndsTheWaiting() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            Instant deadline = Instant.ofEpochMilli(run.now() + 500);
            run.send(askAsOf("late", 9, query -> query.setDeadline(deadline)));
            run.advanceWhileAway(run.now() + 501);
            run.runMails();

            assertThat(only(run).getStatus()).isEqualTo(Status.EXPIRED);
            assertThat(only(run).getReason()).contains("no frame of the stream had come");
        }
    }

    @Test
    void aMomentBeforeTheHistoryHasNoFramesAndTheReasonSaysFromWhenOnThereAre() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false, 4)) {
            for (long sequence = 10; sequence < 30; sequence++) {
                run.send(frame("a", sequence));
            }
            run.send(askAsOf("forgotten", 12));

            assertThat(only(run).getStatus()).isEqualTo(Status.NO_FRAMES);
            assertThat(only(run).getReason())
                    .contains(
                            second(12).toString(),
                            "remembered from " + second(26) + " on",
                            "or a later one");
        }
    }

    @Test
    void aFloodOfLowPriorityRefusesNoHigherOne() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 1));
            engine.hold();
            for (int i = 0; i < LIMITS.pending(); i++) {
                String id = "low-" + i;
                run.send(
                        i % 2 == 0
                                ? askAsOf(id, 9, query -> query.setPriority(Priority.LOW))
                                : ask("a", id, query -> query.setPriority(Priority.LOW)));
            }
            run.send(ask("a", "one more", query -> query.setPriority(Priority.LOW)));
            assertThat(only(run).getStatus()).isEqualTo(Status.REJECTED);
            assertThat(only(run).getReason())
                    .startsWith(LIMITS.pending() + " questions of priority LOW or above wait");

            run.send(ask("a", "normal", query -> query));
            run.send(ask("a", "high", query -> query.setPriority(Priority.HIGH)));
            engine.release(false);
            run.runMails();
            assertThat(run.output())
                    .filteredOn(answer -> answer.getStatus() == Status.OK)
                    .extracting(Answer::getQueryId)
                    .contains("normal", "high");
        }
    }

    @Test
    void aSpanAfterTheMomentHasNoFramesAndTheReasonSaysWhichThereAreAsOfIt() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            for (long sequence = 1; sequence < 9; sequence++) {
                run.send(frame("a", sequence));
            }
            run.send(askAsOf("none", 5, Scope.newBuilder().setFrom(second(6))));

            assertThat(only(run).getStatus()).isEqualTo(Status.NO_FRAMES);
            assertThat(only(run).getReason())
                    .contains(
                            "as of %s were captured from %s to %1$s"
                                    .formatted(second(5), second(1)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aQuestionThatWaitsCanBeCancelled(boolean restoring) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(askAsOf("q", 5));
            run.send(cancel("a", "stop", "q"));
            run.send(cancel("a", "stop again", "q"));
            run.send(frame("a", 5));

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactly(
                            tuple("q", Status.CANCELLED),
                            tuple("stop", Status.OK),
                            tuple("stop again", Status.REJECTED));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void questionsThatWaitCountAmongThosePending(boolean restoring) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            for (int i = 0; i < LIMITS.pending(); i++) {
                run.send(askAsOf("q" + i, 5));
            }
            run.send(askAsOf("q0", 5));
            run.send(askAsOf("one more", 5));
            assertThat(only(run).getQueryId()).isEqualTo("one more");
            assertThat(only(run).getStatus()).isEqualTo(Status.REJECTED);
            run.send(frame("a", 5));
            run.send(askAsOf("now", 5));

            assertThat(run.output()).hasSize(2 + LIMITS.pending());
            assertThat(run.output().get(4).getText()).isEqualTo("a5");
        }
    }

    @Test
    void aStandingQuestionAndAListHaveNoMoment() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(
                    askAsOf(
                            "standing",
                            5,
                            query ->
                                    query.setMode(QueryMode.STANDING)
                                            .setStanding(
                                                    Standing.newBuilder()
                                                            .setEveryFrames(1L)
                                                            .build())));
            run.send(askAsOf("list", 5, query -> query.setMode(QueryMode.LIST)));

            assertThat(run.output())
                    .extracting(Answer::getStatus)
                    .containsExactly(Status.REJECTED, Status.REJECTED);
            assertThat(run.output()).allMatch(answer -> answer.getReason().contains("as_of"));
        }
    }

    @Test
    void everyQuestionThatWaitsIsAnsweredAtTheEnd() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 1));
            run.send(askAsOf("q", 5));
            run.end();

            assertThat(only(run).getStatus()).isEqualTo(Status.EXPIRED);
            assertThat(only(run).getReason()).contains("No more frames come");
        }
    }

    @Test
    void theLatestFrameCountsNotTheNewestWhereAClockWasPutBack() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(true)) {
            run.send(frame("a", 1, 9_000));
            run.send(frame("a", 2, 3_000));
            run.send(askAsOf("q", 5));

            assertThat(only(run).getText()).isEqualTo("a1,a2");
        }
    }
}
