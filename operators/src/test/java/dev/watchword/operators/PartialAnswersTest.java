package dev.watchword.operators;

import static dev.watchword.operators.Events.ask;
import static dev.watchword.operators.Events.cancel;
import static dev.watchword.operators.Events.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The engine writes an answer token by token; a token is a frame's name. */
class PartialAnswersTest {
    private static final AnswerLimits LIMITS =
            new AnswerLimits(50, 8, 16, 1, 3, 2, 2, new ConversationLimits(4, 3));

    private final FakeEngine engine = new FakeEngine();

    private OperatorRun<EncodedEvent, Answer> run() throws Exception {
        OperatorRun<EncodedEvent, Answer> run = FuseRun.of(engine, LIMITS, false);
        for (long sequence = 1; sequence <= 3; sequence++) {
            run.send(frame("a", sequence));
        }
        return run;
    }

    private static QueryEvent askInParts(String id) {
        return ask("a", id, query -> query.setPartial(true));
    }

    @Test
    void sendsWhatIsWrittenAndThenTheAnswerWithItsUsualId() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run()) {
            run.send(askInParts("q"));

            assertThat(run.output())
                    .extracting(Answer::getStatus, Answer::getPart, Answer::getText)
                    .containsExactly(
                            tuple(Status.PARTIAL, Optional.of(1), "a1"),
                            tuple(Status.PARTIAL, Optional.of(2), "a1,a2"),
                            tuple(Status.OK, Optional.empty(), "a1,a2,a3"));
            assertThat(run.output())
                    .extracting(Answer::getAnswerId)
                    .containsExactly(
                            AnswerId.ofPart("q", "a", 1),
                            AnswerId.ofPart("q", "a", 2),
                            AnswerId.of("q", "a"));
            assertThat(run.output()).allMatch(part -> part.getFrames().getCount() == 3);
        }
    }

    @Test
    void sendsNoPartsUnlessTheyAreAskedFor() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run()) {
            run.send(ask("a", "q", query -> query));

            assertThat(run.output()).extracting(Answer::getStatus).containsExactly(Status.OK);
        }
    }

    @Test
    void partsOfACancelledQuestionAreNotSentNorTakenForThoseOfAnotherWithItsId() throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run()) {
            run.send(askInParts("q"));
            run.send(cancel("a", "stop", "q"));
            run.send(frame("a", 4));
            run.send(ask("a", "q", query -> query));
            engine.release(false);
            run.runMails();

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactly(
                            tuple("q", Status.CANCELLED),
                            tuple("stop", Status.OK),
                            tuple("q", Status.OK));
            assertThat(run.output().get(2).getText()).isEqualTo("a1,a2,a3,a4");
        }
    }

    @Test
    void partsComeAgainFromTheFirstAfterARestart() throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run()) {
            run.send(askInParts("q"));
            run.restore();
            engine.release(false);
            run.runMails();

            // Of the task that ended nothing comes any more; its engine's work was for nobody.
            assertThat(run.output().stream().map(Answer::getPart).distinct())
                    .containsExactly(Optional.of(1), Optional.of(2), Optional.empty());
        }
    }

    @Test
    void aStandingQuestionAndAListHaveNoParts() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run()) {
            for (QueryMode mode : List.of(QueryMode.STANDING, QueryMode.LIST)) {
                run.send(ask("a", "q", query -> query.setPartial(true).setMode(mode)));
            }

            assertThat(run.output())
                    .extracting(Answer::getStatus)
                    .containsExactly(Status.REJECTED, Status.REJECTED);
            assertThat(run.output().get(1).getReason()).contains("partial");
        }
    }
}
