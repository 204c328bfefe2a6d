package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.engine.EngineHungException;
import dev.watchword.schemas.DeadLetter;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodeFramesTest {
    private final FakeEngine engine = new FakeEngine();

    private OperatorRun<StreamEvent, EncodedEvent> run(boolean restoring) throws Exception {
        return run(restoring, 100, Overload.WAIT);
    }

    private OperatorRun<StreamEvent, EncodedEvent> run(
            boolean restoring, int mostInFlight, Overload overload) throws Exception {
        return new OperatorRun<>(
                () -> new EncodeFramesFactory(engine.leaser(), mostInFlight, overload),
                StreamEvent::stream,
                EncodedEventSerializer.INSTANCE,
                restoring);
    }

    private static FrameEvent frame(String stream, long sequence, String picture) {
        Frame frame =
                Frame.newBuilder()
                        .setStream(stream)
                        .setSequence(sequence)
                        .setCapturedAt(Instant.ofEpochMilli(sequence))
                        .setImage(ByteBuffer.wrap(picture.getBytes(StandardCharsets.UTF_8)))
                        .build();
        return new FrameEvent(frame, new RecordOrigin("frames", 3, 100 + sequence));
    }

    private static QueryEvent query(String stream, String id) {
        return new QueryEvent(stream, Query.newBuilder().setQueryId(id).setStream(stream).build());
    }

    private static String name(EncodedEvent event) {
        return event instanceof EncodedFrame frame
                ? frame.stream() + frame.sequence()
                : ((QueryEvent) event).query().getQueryId();
    }

    private static List<String> names(OperatorRun<?, EncodedEvent> run, String stream) {
        return run.output().stream()
                .filter(event -> event.stream().equals(stream))
                .map(EncodeFramesTest::name)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsTheOrderOfAStreamWhenFramesAreReadyInAnother(boolean lastFirst) throws Exception {
        engine.hold();
        try (OperatorRun<StreamEvent, EncodedEvent> run = run(false)) {
            run.send(query("a", "first"));
            run.send(frame("a", 1, "x"));
            run.send(frame("b", 1, "x"));
            run.send(query("a", "between"));
            run.send(frame("a", 2, "x"));
            run.send(query("a", "last"));
            run.send(query("b", "other"));
            assertThat(names(run, "a")).containsExactly("first");

            engine.release(lastFirst);
            run.runMails();

            assertThat(names(run, "a")).containsExactly("first", "a1", "between", "a2", "last");
            assertThat(names(run, "b")).containsExactly("b1", "other");
        }
    }

    private static QueryEvent due(String id, Instant deadline, UnaryOperator<Query.Builder> more) {
        Query.Builder query =
                Query.newBuilder().setQueryId(id).setStream("a").setDeadline(deadline);
        return new QueryEvent("a", more.apply(query).build());
    }

    @Test
    void aQuestionWhoseDeadlinePassesDoesNotWaitForTheFramesBeforeIt() throws Exception {
        engine.hold();
        try (OperatorRun<StreamEvent, EncodedEvent> run = run(false)) {
            Instant deadline = Instant.ofEpochMilli(run.now() + 500);
            run.send(frame("a", 1, "x"));
            run.send(due("late", deadline, UnaryOperator.identity()));
            run.send(due("stands", deadline, query -> query.setMode(QueryMode.STANDING)));
            run.send(due("cancels", deadline, query -> query.setCancel("late")));
            run.send(due("later", deadline.plusMillis(2), UnaryOperator.identity()));
            run.send(frame("a", 2, "x"));
            run.advanceTo(run.now() + 500);
            run.runMails();
            assertThat(run.output()).isEmpty();

            run.advanceTo(run.now() + 1);
            run.runMails();
            assertThat(names(run, "a")).containsExactly("late");

            engine.release(false);
            run.runMails();
            run.advanceTo(run.now() + 1_000);
            run.runMails();
            assertThat(names(run, "a"))
                    .as("each once, in its order")
                    .containsExactly("late", "a1", "stands", "cancels", "later", "a2");
        }
    }

    @Test
    void losesNothingWhenItIsRestoredAfterEveryElement() throws Exception {
        try (OperatorRun<StreamEvent, EncodedEvent> run = run(true)) {
            for (long sequence = 1; sequence <= 20; sequence++) {
                run.send(frame("a", sequence, "x"));
                run.send(query("a", "q" + sequence));
            }

            assertThat(names(run, "a")).hasSize(40).startsWith("a1", "q1", "a2").endsWith("q20");
        }
    }

    @Test
    void setsAPictureAsideThatCannotBeUsedAndGoesOn() throws Exception {
        try (OperatorRun<StreamEvent, EncodedEvent> run = run(false)) {
            run.send(frame("a", 1, "bad one"));
            run.send(frame("a", 2, "x"));

            assertThat(names(run, "a")).containsExactly("a2");
            List<DeadLetter> letters = run.sideOutput(DeadLetters.OUTPUT);
            assertThat(letters).hasSize(1);
            assertThat(letters.get(0).getReason()).contains("bad one");
            assertThat(letters.get(0).getStream()).contains("a");
            assertThat(letters.get(0).getTopic()).isEqualTo("frames");
            assertThat(letters.get(0).getPartition()).isEqualTo(3);
            assertThat(letters.get(0).getOffset()).isEqualTo(101);
        }
    }

    @Test
    void failsTheTaskWhenTheEngineFailsSoThatNoFrameIsLost() throws Exception {
        try (OperatorRun<StreamEvent, EncodedEvent> run = run(false)) {
            assertThatThrownBy(() -> run.send(frame("a", 1, "broken")))
                    .isInstanceOf(EngineFailedException.class)
                    .hasMessageContaining("frame 1 of stream a")
                    .hasRootCauseMessage("out of memory");
        }
    }

    @Test
    void failsTheTaskWhenTheEngineHangsSoThatNoFrameIsLost() throws Exception {
        try (OperatorRun<StreamEvent, EncodedEvent> run = run(false)) {
            assertThatThrownBy(() -> run.send(frame("a", 1, "hang")))
                    .isInstanceOf(EngineFailedException.class)
                    .hasMessageContaining("frame 1 of stream a")
                    .hasRootCauseInstanceOf(EngineHungException.class);
        }
    }

    @Test
    void emitsWhatTheEngineHasBeforeACheckpointAndBeforeTheEnd() throws Exception {
        try (OperatorRun<StreamEvent, EncodedEvent> run = run(false)) {
            engine.hold();
            run.send(frame("a", 1, "x"));
            engine.release(false);
            run.restore();
            assertThat(names(run, "a")).containsExactly("a1");

            run.send(frame("a", 2, "x"));
            engine.release(false);
            run.end();
            assertThat(names(run, "a")).containsExactly("a1", "a2");
        }
    }

    @Test
    void leavesFramesOutOfEveryStreamWhenTheEngineHasAllThatItMay() throws Exception {
        engine.hold();
        try (OperatorRun<StreamEvent, EncodedEvent> run = run(false, 4, Overload.THIN)) {
            for (long sequence = 1; sequence <= 3; sequence++) {
                run.send(frame("a", sequence, "x"));
                run.send(frame("b", sequence, "x"));
            }
            run.send(query("a", "between"));
            assertThat(engine.heldCount()).isEqualTo(4);
            engine.release(true);
            run.runMails();
            run.send(frame("a", 4, "x"));
            run.send(frame("b", 4, "x"));
            engine.release(true);
            run.runMails();

            assertThat(names(run, "a")).containsExactly("a1", "a2", "between", "a4");
            assertThat(names(run, "b")).containsExactly("b1", "b2", "b4");
            assertThat(run.<DeadLetter>sideOutput(DeadLetters.OUTPUT)).isEmpty();
        }
    }
}
