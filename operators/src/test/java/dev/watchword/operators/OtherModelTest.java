package dev.watchword.operators;

import static dev.watchword.operators.Events.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.memory.OtherModel;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;

/** A job that is restored with another model. */
class OtherModelTest {
    private static final AnswerLimits LIMITS =
            new AnswerLimits(50, 8, 16, 1, 3, 2, 2, TestLimits.CONVERSATIONS);

    private final FakeEngine engine = new FakeEngine();

    private OperatorRun<EncodedEvent, Answer> run(OtherModel otherModel) throws Exception {
        return FuseRun.of(
                () ->
                        new FuseAndGenerateFactory(
                                engine.leaser(),
                                FuseRun.RETENTION,
                                FuseRun.KEYFRAMES,
                                LIMITS,
                                TestLimits.COMBINING,
                                otherModel),
                false);
    }

    private static QueryEvent ask(String id) {
        return new QueryEvent(
                "a", Query.newBuilder().setQueryId(id).setStream("a").setText("what?").build());
    }

    @Test
    void aHistoryThatMustNotBeDroppedKeepsTheJobFromStartingForGood() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(OtherModel.REFUSE)) {
            run.send(frame("a", 1));
            engine.useModel("other");

            assertThatThrownBy(run::restore)
                    .isInstanceOf(SuppressRestartsException.class)
                    .cause()
                    .hasMessage(
                            "The history of stream a was made by the model fake, but the job runs other: start it with the former, or set memory.other-model to restart, which drops the histories.");
        }
    }

    @Test
    void theSameModelIsNotRefused() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(OtherModel.REFUSE)) {
            run.send(frame("a", 1));
            run.restore();
            run.send(frame("a", 2));
            run.send(ask("q"));

            assertThat(run.output()).extracting(Answer::getText).containsExactly("a1,a2");
        }
    }

    @Test
    void aHistoryThatMayBeDroppedBeginsAnewWithTheNextFrame() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(OtherModel.RESTART)) {
            run.send(frame("a", 1));
            engine.useModel("other");
            run.restore();
            run.send(ask("before"));
            run.send(frame("a", 2));
            run.send(ask("after"));

            assertThat(run.output())
                    .extracting(Answer::getStatus)
                    .containsExactly(Status.NO_FRAMES, Status.OK);
            assertThat(run.output()).extracting(Answer::getText).containsExactly("", "a2");
        }
    }
}
