package dev.watchword.operators;

import static dev.watchword.operators.Events.ask;
import static dev.watchword.operators.Events.cancel;
import static dev.watchword.operators.Events.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The question "before" is answered with the turns that stand in front of it. */
class FollowUpTest {
    private static final AnswerLimits LIMITS =
            new AnswerLimits(50, 8, 16, 1, 5, 1, 2, new ConversationLimits(4, 3));

    private final FakeEngine engine = new FakeEngine();

    private OperatorRun<EncodedEvent, Answer> run(boolean restoring) throws Exception {
        return FuseRun.of(engine, LIMITS, restoring);
    }

    private static QueryEvent follow(String id, String earlier) {
        return ask("a", id, query -> query.setText("before").setFollowUpTo(earlier));
    }

    private static QueryEvent newest(String id) {
        return ask("a", id, query -> query.setText("newest"));
    }

    private static Answer answer(OperatorRun<?, Answer> run, String id) {
        List<Answer> answers =
                run.output().stream().filter(each -> each.getQueryId().equals(id)).toList();
        assertThat(answers).as("answers to %s", id).hasSize(1);
        return answers.get(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theEarlierQuestionAndItsAnswerStandInFront(boolean restoring) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(frame("a", 1));
            run.send(newest("1"));
            run.send(frame("a", 2));
            run.send(
                    ask(
                            "a",
                            "2",
                            query ->
                                    query.setText("before")
                                            .setFollowUpTo("1")
                                            .setScope(
                                                    Scope.newBuilder().setLastFrames(1L).build())));

            assertThat(answer(run, "2").getText()).isEqualTo("newest=a1");
            assertThat(answer(run, "2").getFrames().getFirstSequence()).contains(2L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChainIsCarriedWholeUpToItsLimit(boolean restoring) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(frame("a", 1));
            run.send(newest("1"));
            run.send(frame("a", 2));
            run.send(ask("a", "2", query -> query.setText("newest").setFollowUpTo("1")));
            run.send(frame("a", 3));
            run.send(ask("a", "3", query -> query.setText("newest").setFollowUpTo("2")));
            run.send(follow("short", "2"));
            run.send(frame("a", 4));
            run.send(ask("a", "4", query -> query.setText("newest").setFollowUpTo("3")));
            run.send(follow("long", "4"));

            assertThat(answer(run, "short").getText()).isEqualTo("newest=a1|newest=a2");
            assertThat(answer(run, "long").getText()).isEqualTo("newest=a2|newest=a3|newest=a4");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theOldestAnswersAreForgottenAndTheReasonSaysWhatToDo(boolean restoring) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(frame("a", 1));
            run.send(frame("b", 1));
            for (int i = 1; i <= 5; i++) {
                run.send(newest("" + i));
            }
            run.send(ask("b", "of b", query -> query.setText("newest")));
            run.send(follow("forgotten", "1"));
            run.send(follow("remembered", "2"));
            run.send(follow("never asked", "nothing"));
            run.send(follow("of another stream", "of b"));

            assertThat(answer(run, "remembered").getText()).isEqualTo("newest=a1");
            for (String id : List.of("forgotten", "never asked", "of another stream")) {
                assertThat(answer(run, id).getStatus()).isEqualTo(Status.REJECTED);
                assertThat(answer(run, id).getReason()).contains("last 4", "ask anew");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFollowUpWaitsForTheAnswerAndIsAboutTheFramesOfItsOwnTime(boolean restoring)
            throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(frame("a", 1));
            run.send(newest("1"));
            run.send(frame("a", 2));
            run.send(follow("3", "2"));
            run.send(follow("2", "1"));
            run.send(follow("3", "2"));
            run.send(ask("a", "other", query -> query.setText("newest")));
            run.send(frame("a", 3));
            assertThat(answer(run, "3").getStatus()).isEqualTo(Status.REJECTED);
            run.send(follow("4", "2"));
            assertThat(run.output()).hasSize(1);
            for (int i = 0; i < 5; i++) {
                engine.release(false);
                run.runMails();
            }

            assertThat(answer(run, "1").getText()).isEqualTo("a1");
            assertThat(answer(run, "2").getText()).isEqualTo("newest=a1");
            assertThat(answer(run, "2").getFrames().getLastSequence()).contains(2L);
            assertThat(answer(run, "4").getText()).isEqualTo("newest=a1|before=newest=a1");
            assertThat(answer(run, "4").getFrames().getLastSequence()).contains(3L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatFollowsAQuestionWithoutAnAnswerIsRejected(boolean restoring) throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(frame("a", 1));
            run.send(ask("a", "1", query -> query.setText("refuse")));
            run.send(follow("2", "1"));
            run.send(follow("3", "2"));
            run.send(newest("4"));
            run.send(follow("5", "4"));
            run.send(cancel("a", "stop", "4"));
            engine.release(false);
            run.runMails();

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactlyInAnyOrder(
                            tuple("4", Status.CANCELLED),
                            tuple("5", Status.REJECTED),
                            tuple("stop", Status.OK),
                            tuple("1", Status.REJECTED),
                            tuple("2", Status.REJECTED),
                            tuple("3", Status.REJECTED));
            assertThat(answer(run, "5").getReason()).contains("question 4", "CANCELLED");
        }
    }

    @Test
    void aFollowUpThatWaitsCanBeCancelledAndHasADeadline() throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            Instant deadline = Instant.ofEpochMilli(run.now() + 500);
            run.send(frame("a", 1));
            run.send(newest("1"));
            run.send(follow("unwanted", "1"));
            run.send(
                    ask(
                            "a",
                            "late",
                            query ->
                                    query.setText("before")
                                            .setFollowUpTo("1")
                                            .setDeadline(deadline)));
            run.send(cancel("a", "stop", "unwanted"));
            run.advanceTo(run.now() + 501);
            run.runMails();
            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactly(
                            tuple("unwanted", Status.CANCELLED),
                            tuple("stop", Status.OK),
                            tuple("late", Status.EXPIRED));
            engine.release(false);
            run.runMails();

            assertThat(run.output()).hasSize(4);
            assertThat(answer(run, "1").getText()).isEqualTo("a1");
        }
    }

    @Test
    void aFollowUpToAQuestionThatWaitsForItsMomentWaitsToo() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(true)) {
            run.send(frame("a", 1));
            run.send(
                    ask(
                            "a",
                            "1",
                            query -> query.setText("newest").setAsOf(Instant.ofEpochMilli(2_000))));
            run.send(follow("2", "1"));
            assertThat(run.output()).isEmpty();
            run.send(frame("a", 2));

            assertThat(answer(run, "2").getText()).isEqualTo("newest=a2");
            assertThat(answer(run, "2").getFrames().getLastSequence()).contains(1L);
        }
    }

    @Test
    void refusesAFollowUpThatMakesNoSense() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 1));
            run.send(follow("itself", "itself"));
            run.send(ask("a", "list", query -> query.setFollowUpTo("1").setMode(QueryMode.LIST)));

            assertThat(run.output())
                    .extracting(Answer::getStatus)
                    .containsExactly(Status.REJECTED, Status.REJECTED);
            assertThat(run.output()).allMatch(each -> each.getReason().contains("follow_up_to"));
        }
    }

    @Test
    void aCircleOfQuestionsThatWereAskedAgainEnds() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 1));
            run.send(newest("1"));
            run.send(ask("a", "2", query -> query.setText("newest").setFollowUpTo("1")));
            run.send(ask("a", "1", query -> query.setText("newest").setFollowUpTo("2")));
            run.send(follow("3", "1"));

            assertThat(answer(run, "3").getText()).isEqualTo("newest=a1|newest=a1");
        }
    }
}
