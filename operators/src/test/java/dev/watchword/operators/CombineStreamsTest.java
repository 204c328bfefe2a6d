package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.watchword.engine.AnswerRequest;
import dev.watchword.memory.StreamPart;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.Evidence;
import dev.watchword.schemas.FusionKind;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import dev.watchword.schemas.StreamFrames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CombineStreamsTest {
    private static final AnswerLimits ANSWER_LIMITS =
            new AnswerLimits(50, 8, 16, 1, 3, 2, 2, TestLimits.CONVERSATIONS);
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final CombineLimits LIMITS = new CombineLimits(1_000, 2, WAIT);
    private static final String TOGETHER = "a,b*";

    private final FakeEngine engine = new FakeEngine();

    private OperatorRun<CombineEvent, Answer> run(boolean restoring) throws Exception {
        return new OperatorRun<>(
                () -> new CombineStreamsFactory(engine.leaser(), ANSWER_LIMITS, LIMITS),
                CombineEvent::key,
                AnswerSerializer.INSTANCE,
                restoring);
    }

    private static Query query(String id, UnaryOperator<Query.Builder> more) {
        return more.apply(
                        Query.newBuilder()
                                .setQueryId(id)
                                .setStreams(List.of("a", "b*"))
                                .setCombine(true)
                                .setText("what?"))
                .build();
    }

    private static Query query(String id) {
        return query(id, UnaryOperator.identity());
    }

    private static CombineEvent asked(Query query) {
        return new CombineEvent.Asked(query, List.of("a", "b1", "b2"), List.of());
    }

    private static CombineEvent cancel(String id) {
        return new CombineEvent.Withdrawn(
                query("canceller", query -> query.setText("").setCancel(id)));
    }

    private StreamPart.Builder part(String stream, long... sequences) {
        List<Long> all = LongStream.of(sequences).boxed().toList();
        List<ByteBuffer> tokens =
                all.stream()
                        .map(each -> (stream + each).getBytes(StandardCharsets.UTF_8))
                        .map(ByteBuffer::wrap)
                        .toList();
        return StreamPart.newBuilder()
                .setStream(stream)
                .setModel(engine.model().id())
                .setSize(100)
                .setSequences(all)
                .setCapturedAt(all.stream().map(each -> each * 1_000).toList())
                .setTokens(tokens)
                .setKeyframes(all)
                .setWeights(all.stream().map(each -> 1.0 / all.size()).toList())
                .setFeatures(tokens)
                .setAnchor(all.get(0))
                .setExact(true);
    }

    private static CombineEvent missing(String id, String stream) {
        return CombineEvent.Part.of(
                query(id),
                StreamPart.newBuilder()
                        .setStream(stream)
                        .setModel("")
                        .setMissing("No frame has come yet.")
                        .build());
    }

    private CombineEvent has(String id, String stream, long... sequences) {
        return CombineEvent.Part.of(query(id), part(stream, sequences).build());
    }

    private static Answer only(OperatorRun<?, Answer> run) {
        assertThat(run.output()).hasSize(1);
        return run.output().get(0);
    }

    private static void passTheWait(OperatorRun<CombineEvent, Answer> run) throws Exception {
        run.advanceTo(run.now() + WAIT.toMillis());
        run.runMails();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersOnceFromAllStreamsInTheOrderOfTheQuestion(boolean restoring) throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(restoring)) {
            run.send(has("q", "b2", 7, 8));
            run.send(asked(query("q")));
            run.send(has("q", "a", 1, 2, 5));
            assertThat(run.output()).isEmpty();
            run.send(has("q", "b1", 3));

            Answer answer = only(run);
            assertThat(answer.getText()).isEqualTo("a:,a1,a2,a5,b1:,b13,b2:,b27,b28");
            assertThat(answer.getStatus()).isEqualTo(Status.OK);
            assertThat(answer.getStream()).isEqualTo(TOGETHER);
            assertThat(answer.getAnswerId()).isEqualTo(AnswerId.of("q", TOGETHER));
            assertThat(answer.getModel()).isEqualTo(engine.model().id());
            assertThat(answer.getStreams())
                    .containsExactly(
                            new StreamFrames("a", 3L, 1L, 5L, ""),
                            new StreamFrames("b1", 1L, 3L, 3L, ""),
                            new StreamFrames("b2", 2L, 7L, 8L, ""));
            assertThat(answer.getFrames().getCount()).isEqualTo(6);
            assertThat(answer.getFrames().getFirstSequence()).isEmpty();
            assertThat(answer.getFrames().getFirstCapturedAt())
                    .contains(Instant.ofEpochMilli(1_000));
            assertThat(answer.getFrames().getLastCapturedAt())
                    .contains(Instant.ofEpochMilli(8_000));
            assertThat(answer.getFusion().orElseThrow().getKind()).isEqualTo(FusionKind.EXACT);
            assertThat(answer.getFusion().orElseThrow().getFrames()).isEqualTo(6);
            assertThat(answer.getEvidence())
                    .containsExactly(new Evidence(8L, Instant.ofEpochMilli(8_000), 0.75, "b2"));
            assertThat(answer.getTimings()).isPresent();
            passTheWait(run);
            passTheWait(run);
            assertThat(run.output()).hasSize(1);
        }
    }

    @Test
    void givesTheEngineEachStreamsKeyframesAndAnchor() throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            run.send(asked(query("q")));
            run.send(has("q", "a", 1, 2));
            run.send(missing("q", "b1"));
            StreamPart.Builder third = part("b2", 4, 9).setWeights(List.of(0.0, 1.0));
            run.send(CombineEvent.Part.of(query("q"), third.setExact(false).build()));

            AnswerRequest.History.Combined shown =
                    (AnswerRequest.History.Combined) engine.shownLast();
            assertThat(shown.segments())
                    .extracting(AnswerRequest.Segment::name)
                    .containsExactly("a", "b2");
            AnswerRequest.Segment last = shown.segments().get(1);
            assertThat(last.keyframes())
                    .extracting(k -> k.keyframe().name().sequence(), k -> k.weight())
                    .containsExactly(tuple(9L, 1.0));
            assertThat(last.anchor().orElseThrow().name().sequence()).isEqualTo(4);
            assertThat(FakeEngine.text(last.anchor().orElseThrow().features())).isEqualTo("b24");
            assertThat(only(run).getFusion().orElseThrow().getKind()).isEqualTo(FusionKind.SAMPLED);
            assertThat(only(run).getFusion().orElseThrow().getFrames()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersWithoutStreamsThatDoNotTellInTime(boolean restoring) throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(restoring)) {
            run.send(new CombineEvent.Asked(query("q"), List.of("a", "b1", "b2"), List.of("x*")));
            run.send(has("q", "b1", 3));
            run.send(missing("q", "a"));
            run.advanceTo(run.now() + WAIT.toMillis() - 1);
            run.runMails();
            assertThat(run.output()).isEmpty();
            run.advanceTo(run.now() + 1);
            run.runMails();
            run.send(has("q", "b2", 3));

            Answer answer = only(run);
            assertThat(answer.getStatus()).isEqualTo(Status.OK);
            assertThat(answer.getText()).isEqualTo("b1:,b13");
            assertThat(answer.getStreams())
                    .extracting(StreamFrames::getStream, StreamFrames::getMissing)
                    .containsExactly(
                            tuple("a", "No frame has come yet."),
                            tuple("b1", ""),
                            tuple("b2", "It had not told of its frames within the wait."),
                            tuple("x*", "No stream matches the pattern."));
        }
    }

    @Test
    void withoutAnyFrameItSaysWhy() throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            run.send(asked(query("none")));
            for (String stream : List.of("a", "b1", "b2")) {
                run.send(missing("none", stream));
            }
            run.send(asked(query("late")));
            run.send(missing("late", "a"));
            passTheWait(run);

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactly(tuple("none", Status.NO_FRAMES), tuple("late", Status.FAILED));
            assertThat(run.output().get(0).getReason())
                    .contains("a: No frame has come yet. b1: No frame");
            assertThat(run.output().get(1).getReason()).contains("b1: It had not told");
            assertThat(run.output().get(1).getStreams()).hasSize(3);
        }
    }

    @Test
    void asksTheSameQuestionAgainAfterARestart() throws Exception {
        engine.hold();
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            run.send(asked(query("first")));
            run.send(asked(query("second")));
            for (String id : List.of("first", "second")) {
                for (String stream : List.of("a", "b1", "b2")) {
                    run.send(has(id, stream, 3));
                }
            }
            run.restore();
            for (int i = 0; i < 2; i++) {
                engine.release(false);
                run.runMails();
            }

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getText)
                    .containsExactly(
                            tuple("first", "a:,a3,b1:,b13,b2:,b23"),
                            tuple("second", "a:,a3,b1:,b13,b2:,b23"));
            run.restore();
            assertThat(run.output()).hasSize(2);
        }
    }

    @Test
    void afterARestartTheStreamsAreWaitedForAnew() throws Exception {
        Instant late = Instant.ofEpochMilli(1_000_000 + WAIT.toMillis() + 500);
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            run.send(asked(query("q")));
            run.send(has("q", "a", 3));
            run.send(asked(query("deadline", query -> query.setDeadline(late))));
            run.advanceTo(run.now() + WAIT.toMillis() - 1);
            run.restore();
            run.advanceTo(run.now() + 1);
            run.runMails();
            assertThat(run.output()).isEmpty();
            run.send(has("q", "b1", 4));
            passTheWait(run);

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus, Answer::getText)
                    .containsExactly(
                            tuple("deadline", Status.EXPIRED, ""),
                            tuple("q", Status.OK, "a:,a3,b1:,b14"));
        }
    }

    @Test
    void refusesMoreBytesThanOneQuestionMayHave() throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            run.send(asked(query("sum")));
            run.send(CombineEvent.Part.of(query("sum"), part("a", 1).setSize(600).build()));
            run.send(CombineEvent.Part.of(query("sum"), part("b1", 1).setSize(600).build()));
            run.send(has("sum", "b2", 1));
            StreamPart huge =
                    StreamPart.newBuilder()
                            .setStream("b1")
                            .setModel(engine.model().id())
                            .setSize(5_000)
                            .setLeftOut(true)
                            .build();
            run.send(CombineEvent.Part.of(query("one"), huge));
            run.send(asked(query("one")));

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactly(tuple("sum", Status.REJECTED), tuple("one", Status.REJECTED));
            assertThat(run.output())
                    .allMatch(answer -> answer.getReason().contains("last_frames"))
                    .allMatch(answer -> answer.getReason().contains("memory.combined-bytes"));
        }
    }

    @Test
    void refusesMoreQuestionsThanMayWait() throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            run.send(asked(query("1")));
            run.send(asked(query("2")));
            run.send(asked(query("3")));
            run.send(asked(query("1")));

            assertThat(only(run).getQueryId()).isEqualTo("3");
            assertThat(only(run).getStatus()).isEqualTo(Status.REJECTED);
            assertThat(only(run).getReason()).contains("memory.combined-questions");
            passTheWait(run);
            run.send(asked(query("3")));
            for (String stream : List.of("a", "b1", "b2")) {
                run.send(has("3", stream, 3));
            }
            assertThat(run.output())
                    .extracting(Answer::getStatus)
                    .containsExactly(Status.REJECTED, Status.FAILED, Status.FAILED, Status.OK);
        }
    }

    @Test
    void aDeadlineEndsTheWaitAndTheQuestion() throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            Instant past = Instant.ofEpochMilli(run.now() - 1);
            Instant soon = Instant.ofEpochMilli(run.now() + 3_000);
            run.send(asked(query("past", query -> query.setDeadline(past))));
            run.send(asked(query("soon", query -> query.setDeadline(soon))));
            run.send(has("soon", "a", 3));
            run.advanceTo(run.now() + 3_001);
            run.runMails();

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactly(tuple("past", Status.EXPIRED), tuple("soon", Status.EXPIRED));
            assertThat(run.output().get(1).getStreams())
                    .extracting(StreamFrames::getCount)
                    .containsExactly(1L, 0L, 0L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCancelledQuestionIsAnsweredSo(boolean withEngine) throws Exception {
        engine.hold();
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            run.send(cancel("q"));
            run.send(asked(query("q")));
            run.send(has("q", "a", 3));
            if (withEngine) {
                run.send(has("q", "b1", 3));
                run.send(has("q", "b2", 3));
            }
            run.send(cancel("q"));
            engine.release(false);
            run.runMails();
            passTheWait(run);

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus, Answer::getStream)
                    .containsExactly(
                            tuple("canceller", Status.REJECTED, TOGETHER),
                            tuple("q", Status.CANCELLED, TOGETHER),
                            tuple("canceller", Status.OK, TOGETHER));
            assertThat(run.output().get(0).getReason()).contains("same order", "queries list");
        }
    }

    @Test
    void whatTheEngineRefusesOrFailsAtIsAnsweredSo() throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            for (String text : List.of("refuse", "fail", "long")) {
                Query query = query(text, builder -> builder.setText(text));
                run.send(asked(query));
                for (String stream : List.of("a", "b1", "b2")) {
                    run.send(has(text, stream, 3));
                }
            }

            assertThat(run.output())
                    .extracting(Answer::getStatus)
                    .containsExactly(Status.REJECTED, Status.FAILED, Status.TRUNCATED);
            assertThat(run.output()).allMatch(answer -> answer.getStreams().size() == 3);
        }
    }

    @Test
    void aQuestionForWhichTheDeviceHasNoMemoryIsTriedOnceMore() throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            for (int shortages : new int[] {1, 2}) {
                String id = "short" + shortages;
                engine.runShortOfMemory(shortages);
                run.send(asked(query(id)));
                for (String stream : List.of("a", "b1", "b2")) {
                    run.send(has(id, stream, 3));
                }
            }

            assertThat(run.output())
                    .extracting(Answer::getStatus)
                    .containsExactly(Status.OK, Status.FAILED);
            assertThat(run.output().get(1).getReason()).contains("not enough memory");
        }
    }

    @Test
    void framesThatAnotherModelSawAreNotShown() throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            run.send(asked(query("q")));
            run.send(has("q", "a", 3));
            run.send(has("q", "b1", 3));
            engine.useModel("another");
            run.restore();
            run.send(has("q", "b2", 4));

            assertThat(only(run).getText()).isEqualTo("b2:,b24");
            assertThat(only(run).getStreams().get(0).getMissing()).contains("another model");
        }
    }

    @Test
    void sendsWhatIsWrittenAndThenTheAnswerWithItsUsualId() throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            run.send(asked(query("q", query -> query.setPartial(true))));
            run.send(has("q", "a", 3));
            run.send(missing("q", "b1"));
            run.send(has("q", "b2", 4));

            List<Answer> parts = run.output().subList(0, run.output().size() - 1);
            Answer answer = run.output().get(parts.size());
            assertThat(parts).isNotEmpty().allMatch(part -> part.getStatus() == Status.PARTIAL);
            for (int i = 0; i < parts.size(); i++) {
                Answer part = parts.get(i);
                assertThat(part.getPart()).contains(i + 1);
                assertThat(part.getAnswerId()).isEqualTo(AnswerId.ofPart("q", TOGETHER, i + 1));
                assertThat(answer.getText()).startsWith(part.getText());
                assertThat(part.getStreams()).isEqualTo(answer.getStreams());
            }
            assertThat(answer.getStatus()).isEqualTo(Status.OK);
            assertThat(answer.getAnswerId()).isEqualTo(AnswerId.of("q", TOGETHER));
            assertThat(answer.getPart()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitsForStreamsFromTheMomentOnAsOfWhichItIsAsked(boolean restoring) throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(restoring)) {
            Instant moment = Instant.ofEpochMilli(run.now() + 60_000);
            run.send(asked(query("q", query -> query.setAsOf(moment))));
            run.send(has("q", "a", 3));
            run.send(missing("q", "b1"));
            run.advanceTo(moment.plus(WAIT).toEpochMilli() - 1);
            run.runMails();
            assertThat(run.output()).isEmpty();
            run.advanceTo(moment.plus(WAIT).toEpochMilli());
            run.runMails();

            assertThat(only(run).getText()).isEqualTo("a:,a3");
            assertThat(only(run).getStreams().get(2).getMissing())
                    .isEqualTo(
                            "It had not told of its frames up to %s within the wait."
                                    .formatted(moment));
        }
    }

    @Test
    void aMomentThatNeverComesIsWaitedForUntilTheQuestionIsLateOrCancelled() throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            Instant never = Instant.ofEpochMilli(Long.MAX_VALUE);
            Instant deadline = Instant.ofEpochMilli(run.now() + 1_000);
            run.send(asked(query("late", query -> query.setAsOf(never).setDeadline(deadline))));
            run.send(asked(query("q", query -> query.setAsOf(never).setDeadline(never))));
            run.advanceTo(deadline.toEpochMilli() + 1);
            run.runMails();
            assertThat(only(run).getQueryId()).isEqualTo("late");
            assertThat(only(run).getStatus()).isEqualTo(Status.EXPIRED);
            passTheWait(run);
            run.send(cancel("q"));

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactly(
                            tuple("late", Status.EXPIRED),
                            tuple("q", Status.CANCELLED),
                            tuple("canceller", Status.OK));
        }
    }

    @Test
    void theSameIdOfOtherStreamsIsAnotherQuestion() throws Exception {
        Query other = query("q", builder -> builder.setStreams(List.of("c")));
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            run.send(asked(query("q")));
            run.send(new CombineEvent.Asked(other, List.of("c"), List.of()));
            run.send(CombineEvent.Part.of(other, part("c", 5).build()));

            assertThat(only(run).getStream()).isEqualTo("c");
            assertThat(only(run).getText()).isEqualTo("c:,c5");
        }
    }

    @Test
    void atTheEndWhatWaitsIsAnsweredFromWhatThereIs() throws Exception {
        try (OperatorRun<CombineEvent, Answer> run = run(false)) {
            run.send(asked(query("q")));
            run.send(has("q", "a", 3));
            run.end();

            assertThat(only(run).getText()).isEqualTo("a:,a3");
        }
    }
}
