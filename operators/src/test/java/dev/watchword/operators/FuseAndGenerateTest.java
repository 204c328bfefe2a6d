package dev.watchword.operators;

import static dev.watchword.operators.Events.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.watchword.engine.EncodedPicture;
import dev.watchword.engine.EngineHungException;
import dev.watchword.memory.Retention;
import dev.watchword.memory.StreamPart;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Evidence;
import dev.watchword.schemas.FusionKind;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Status;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuseAndGenerateTest {
    private static final AnswerLimits LIMITS =
            new AnswerLimits(50, 8, 16, 1, 3, 2, 2, TestLimits.CONVERSATIONS);

    private final FakeEngine engine = new FakeEngine();

    private OperatorRun<EncodedEvent, Answer> run(boolean restoring, Retention retention)
            throws Exception {
        return FuseRun.of(engine, LIMITS, retention, restoring);
    }

    private OperatorRun<EncodedEvent, Answer> run(boolean restoring) throws Exception {
        return run(restoring, FuseRun.RETENTION);
    }

    private static QueryEvent ask(
            String stream, String id, String text, UnaryOperator<Query.Builder> more) {
        Query.Builder query = Query.newBuilder().setQueryId(id).setStream(stream).setText(text);
        return new QueryEvent(stream, more.apply(query).build());
    }

    private static QueryEvent ask(String stream, String id) {
        return ask(stream, id, "what?", UnaryOperator.identity());
    }

    private static QueryEvent ask(String stream, String id, Scope.Builder scope) {
        return ask(stream, id, "what?", query -> query.setScope(scope.build()));
    }

    private static Answer only(OperatorRun<?, Answer> run) {
        assertThat(run.output()).hasSize(1);
        return run.output().get(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersOnlyFromFramesBeforeTheQuery(boolean restoring) throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(frame("a", 1));
            run.send(frame("a", 2));
            run.send(ask("a", "q"));
            run.send(frame("a", 3));
            engine.release(false);
            run.runMails();

            Answer answer = only(run);
            assertThat(answer.getText()).isEqualTo("a1,a2");
            assertThat(answer.getStatus()).isEqualTo(Status.OK);
            assertThat(answer.getFrames().getCount()).isEqualTo(2);
            assertThat(answer.getFrames().getFirstSequence()).contains(1L);
            assertThat(answer.getFrames().getLastSequence()).contains(2L);
            assertThat(answer.getFusion()).isPresent();
            assertThat(answer.getFusion().get().getKind()).isEqualTo(FusionKind.EXACT);
        }
    }

    @Test
    void namesTheFramesOnWhichAnAnswerRested() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 3));
            run.send(frame("a", 7));
            run.send(frame("a", 8));
            run.send(ask("a", "whole"));
            run.send(ask("a", "late", Scope.newBuilder().setLastFrames(2L)));

            assertThat(run.output())
                    .extracting(Answer::getEvidence)
                    .containsExactly(
                            List.of(new Evidence(3L, Instant.ofEpochMilli(3_000), 0.75, "")),
                            List.of(new Evidence(7L, Instant.ofEpochMilli(7_000), 0.75, "")));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesTheNewestFrameInScopeTheModelsShare(boolean restoring) throws Exception {
        engine.useNewestShare(0.75);
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(frame("a", 1));
            run.send(frame("a", 2));
            run.send(ask("a", "q", "shares", UnaryOperator.identity()));

            assertThat(only(run).getText()).isEqualTo("a1:0.25 a2:0.75");
            assertThat(only(run).getFusion().orElseThrow().getKind()).isEqualTo(FusionKind.EXACT);
        }
    }

    @Test
    void theKeyframeThatLooksMostLikeItStandsForANewestFrameThatIsNone() throws Exception {
        engine.useNewestShare(1);
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            for (int sequence = 1; sequence <= 20; sequence++) {
                run.send(looking("a", sequence, sequence == 6 ? 1_901 : sequence * 100));
            }
            run.send(ask("a", "q", "shares", query -> query.setAsOf(Instant.ofEpochMilli(6_000))));

            assertThat(only(run).getText()).contains("a19:1.0").doesNotContain("a6", "a20");
            assertThat(only(run).getFusion().orElseThrow().getKind()).isEqualTo(FusionKind.SAMPLED);
        }
    }

    /** A frame whose token is a number. */
    private static EncodedFrame looking(String stream, long sequence, float like) {
        byte[] token =
                ByteBuffer.allocate(Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putFloat(like)
                        .array();
        byte[] features = (stream + sequence).getBytes(StandardCharsets.UTF_8);
        return new EncodedFrame(
                stream,
                sequence,
                Instant.ofEpochMilli(sequence * 1_000),
                new EncodedPicture(token, features));
    }

    @Test
    void aQuestionAboutAHistoryThatTheEngineKeptSeesTheFramesThatCameSince() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 1));
            run.send(frame("a", 2));
            run.send(ask("a", "q1"));
            run.send(frame("b", 1));
            run.send(frame("a", 3));
            engine.hold();
            run.send(ask("a", "q2"));
            run.send(frame("a", 4));
            engine.release(false);
            run.runMails();

            assertThat(run.output())
                    .extracting(Answer::getText)
                    .containsExactly("a1,a2", "a1,a2,a3");
            assertThat(engine.recalls()).isEqualTo(1);
        }
    }

    @Test
    void whatWasKeptForAHistoryIsNotUsedWhenItsBeginningWasDropped() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false, new Retention(4, Duration.ZERO))) {
            for (int sequence = 1; sequence <= 20; sequence++) {
                run.send(frame("a", sequence));
                run.send(ask("a", "q" + sequence));
                String[] seen = run.output().get(sequence - 1).getText().split(",");
                assertThat(seen[seen.length - 1]).isEqualTo("a" + sequence);
                for (int i = 1; i < seen.length; i++) {
                    assertThat(seen[i]).isEqualTo("a" + (sequence - seen.length + 1 + i));
                }
            }
            assertThat(engine.recalls()).isBetween(1, 19);
        }
    }

    @Test
    void withoutAnAnchorEveryQuestionIsGivenItsFrames() throws Exception {
        engine.fuseExactly();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 1));
            run.send(ask("a", "q1"));
            run.send(frame("a", 2));
            run.send(ask("a", "q2"));

            assertThat(run.output()).extracting(Answer::getText).containsExactly("a1", "a1,a2");
            assertThat(engine.recalls()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsStreamsApart(boolean restoring) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(frame("a", 1));
            run.send(frame("b", 7));
            run.send(frame("a", 2));
            run.send(ask("a", "q"));
            run.send(ask("b", "q"));

            assertThat(run.output()).extracting(Answer::getText).containsExactly("a1,a2", "b7");
            assertThat(run.output()).extracting(Answer::getAnswerId).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsFramesFlowingWhileAnswersAreMade(boolean restoring) throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(frame("a", 1));
            run.send(ask("a", "first"));
            for (long sequence = 2; sequence <= 40; sequence++) {
                run.send(frame("a", sequence));
            }
            run.send(ask("a", "second"));
            engine.release(true);
            run.runMails();
            engine.release(true);
            run.runMails();

            assertThat(run.output())
                    .filteredOn(answer -> answer.getQueryId().equals("first"))
                    .allMatch(answer -> answer.getText().equals("a1"));
            Answer second =
                    run.output().stream()
                            .filter(answer -> answer.getQueryId().equals("second"))
                            .findFirst()
                            .orElseThrow();
            assertThat(second.getFrames().getCount()).isEqualTo(40);
            assertThat(second.getFusion().orElseThrow().getKind()).isEqualTo(FusionKind.SAMPLED);
        }
    }

    @Test
    void answersTheSameQuestionAboutTheSameFramesAfterARestart() throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            for (long sequence = 1; sequence <= 4; sequence++) {
                run.send(frame("a", sequence));
            }
            run.send(ask("a", "q", Scope.newBuilder().setLastFrames(2L)));
            for (long sequence = 5; sequence <= 60; sequence++) {
                run.send(frame("a", sequence));
            }
            run.restore();
            engine.release(false);
            run.runMails();

            assertThat(run.output()).isNotEmpty();
            assertThat(run.output()).allMatch(answer -> answer.getText().equals("a3,a4"));
            assertThat(run.output())
                    .allMatch(
                            answer ->
                                    answer.getFusion().orElseThrow().getKind() == FusionKind.EXACT);
        }
    }

    @Test
    void doesNotAnswerAgainWhatACheckpointHoldsAsAnswered() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 1));
            run.send(ask("a", "q"));
            run.restore();
            run.restore();

            assertThat(run.output()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void resolvesScopes(boolean restoring) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            for (long sequence : new long[] {2, 3, 5, 7, 11}) {
                run.send(frame("a", sequence));
            }
            run.send(ask("a", "all", Scope.newBuilder()));
            run.send(ask("a", "last", Scope.newBuilder().setLastFrames(2L)));
            run.send(ask("a", "more", Scope.newBuilder().setLastFrames(9L)));
            run.send(
                    ask(
                            "a",
                            "span",
                            Scope.newBuilder()
                                    .setFrom(Instant.ofEpochMilli(3_000))
                                    .setTo(Instant.ofEpochMilli(7_000))));
            run.send(ask("a", "from", Scope.newBuilder().setFrom(Instant.ofEpochMilli(5_001))));
            run.send(ask("a", "time", Scope.newBuilder().setLastMs(6_001L)));
            run.send(ask("a", "less time", Scope.newBuilder().setLastMs(6_000L)));
            run.send(ask("a", "ages", Scope.newBuilder().setLastMs(Long.MAX_VALUE)));
            run.send(ask("a", "none", Scope.newBuilder().setTo(Instant.ofEpochMilli(2_000))));

            assertThat(run.output())
                    .extracting(Answer::getText)
                    .containsExactly(
                            "a2,a3,a5,a7,a11",
                            "a7,a11",
                            "a2,a3,a5,a7,a11",
                            "a3,a5",
                            "a7,a11",
                            "a5,a7,a11",
                            "a7,a11",
                            "a2,a3,a5,a7,a11",
                            "");
            Answer none = run.output().get(8);
            assertThat(none.getStatus()).isEqualTo(Status.NO_FRAMES);
            assertThat(none.getReason())
                    .contains(
                            "scope",
                            "from 1970-01-01T00:00:02Z to 1970-01-01T00:00:11Z",
                            "last_frames");
        }
    }

    @Test
    void dropsFramesThatAreRepeatedOrOutOfOrder() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(true)) {
            for (long sequence : new long[] {5, 5, 3, 6}) {
                run.send(frame("a", sequence));
            }
            run.send(ask("a", "q"));

            assertThat(only(run).getText()).isEqualTo("a5,a6");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forgetsTheOldestFrames(boolean restoring) throws Exception {
        Retention retention = new Retention(64, Duration.ZERO);
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring, retention)) {
            for (long sequence = 1; sequence <= 100; sequence++) {
                run.send(frame("a", sequence));
            }
            run.send(ask("a", "q"));

            Answer answer = only(run);
            assertThat(answer.getFrames().getCount()).isBetween(64L, 65L);
            assertThat(answer.getFrames().getLastSequence()).contains(100L);
            assertThat(answer.getText()).startsWith("a3").endsWith("a100");
        }
    }

    @Test
    void forgetsFramesThatAreTooOld() throws Exception {
        Retention retention = new Retention(64, Duration.ofSeconds(10));
        try (OperatorRun<EncodedEvent, Answer> run = run(false, retention)) {
            for (long sequence = 1; sequence <= 40; sequence++) {
                run.send(frame("a", sequence));
            }
            run.send(ask("a", "q"));

            assertThat(only(run).getFrames().getFirstSequence()).contains(30L);
        }
    }

    @Test
    void beginsAHistoryAnewWhenTheModelChanges() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 1));
            run.send(frame("a", 2));
            engine.useModel("another");
            run.restore();
            run.send(ask("a", "before"));
            run.send(frame("a", 3));
            run.send(ask("a", "after"));

            assertThat(run.output())
                    .extracting(Answer::getStatus)
                    .containsExactly(Status.NO_FRAMES, Status.OK);
            assertThat(run.output().get(1).getText()).isEqualTo("a3");
        }
    }

    @Test
    void answersWhatCannotBeAnsweredWithAReason() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(true)) {
            run.send(ask("a", "no frames"));
            run.send(frame("a", 1));
            run.send(ask("a", "no text", " ", UnaryOperator.identity()));
            run.send(ask("a", "long", "x".repeat(51), UnaryOperator.identity()));
            run.send(ask("no stream!", "name"));
            run.send(ask("a", "0 frames", Scope.newBuilder().setLastFrames(0L)));
            run.send(ask("a", "no time", Scope.newBuilder().setLastMs(0L)));
            run.send(ask("a", "both", Scope.newBuilder().setLastFrames(1L).setLastMs(1L)));
            run.send(
                    ask(
                            "a",
                            "reversed",
                            Scope.newBuilder()
                                    .setFrom(Instant.ofEpochMilli(2))
                                    .setTo(Instant.ofEpochMilli(2))));
            run.send(ask("a", "tokens", "x", query -> query.setMaxTokens(17)));
            run.send(ask("a", "heat", "x", query -> query.setTemperature(-1)));
            run.send(ask("a", "nucleus", "x", query -> query.setTopP(0)));
            run.send(ask("a", "mode", "x", query -> query.setMode(QueryMode.STANDING)));
            run.send(ask("a", "refused", "refuse", UnaryOperator.identity()));
            run.send(ask("a", "failed", "fail", UnaryOperator.identity()));
            run.send(ask("a", "cut", "long", UnaryOperator.identity()));

            List<Answer> answers = run.output();
            assertThat(answers).hasSize(15);
            assertThat(answers.get(0).getStatus()).isEqualTo(Status.NO_FRAMES);
            assertThat(answers.get(0).getReason()).contains("Check the name");
            assertThat(answers.subList(1, 13))
                    .extracting(Answer::getStatus)
                    .containsOnly(Status.REJECTED);
            assertThat(answers.get(13).getStatus()).isEqualTo(Status.FAILED);
            assertThat(answers.get(14).getStatus()).isEqualTo(Status.TRUNCATED);
            assertThat(answers).extracting(Answer::getReason).doesNotContain("");
            assertThat(answers.get(2).getReason()).contains("51").contains("50");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancelsAQuestionThatWaits(boolean restoring) throws Exception {
        engine.hold();
        UnaryOperator<Query.Builder> cancel = query -> query.setCancel("q");
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(frame("a", 1));
            run.send(ask("a", "q"));
            run.send(ask("a", "stop", "", cancel));
            run.send(ask("a", "stop again", "", cancel));
            engine.release(false);
            run.runMails();

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactly(
                            tuple("q", Status.CANCELLED),
                            tuple("stop", Status.OK),
                            tuple("stop again", Status.REJECTED));
            assertThat(run.output().get(2).getReason())
                    .contains("No question q of stream a", "LIST", "queries list --stream a");
        }
    }

    @Test
    void expiresAQuestionWhoseDeadlineHasPassed() throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            Instant deadline = Instant.ofEpochMilli(run.now() + 500);
            UnaryOperator<Query.Builder> due = query -> query.setDeadline(deadline);
            run.send(frame("a", 1));
            run.send(ask("a", "1", "x", UnaryOperator.identity()));
            run.send(ask("a", "2", "x", UnaryOperator.identity()));
            run.send(ask("a", "waits", "x", due));
            run.advanceTo(run.now() + 501);
            engine.release(false);
            run.runMails();
            run.send(ask("a", "late", "x", due));

            assertThat(run.output())
                    .filteredOn(answer -> answer.getStatus() == Status.EXPIRED)
                    .allMatch(answer -> answer.getReason().contains("a later deadline"))
                    .extracting(Answer::getQueryId)
                    .containsExactly("waits", "late");
        }
    }

    @Test
    void saysThatADeadlinePassedWhenItPassesAndNotWhenItsTurnComes() throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            Instant deadline = Instant.ofEpochMilli(run.now() + 500);
            run.send(frame("a", 1));
            run.send(ask("a", "1"));
            run.send(ask("a", "2"));
            run.send(ask("a", "waits", "x", query -> query.setDeadline(deadline)));
            run.advanceTo(run.now() + 500);
            run.runMails();
            assertThat(run.output()).isEmpty();

            run.advanceTo(run.now() + 2);
            run.runMails();
            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactly(tuple("waits", Status.EXPIRED));
            run.send(ask("a", "3"));
            assertThat(run.output()).as("its place is free again").hasSize(1);
        }
    }

    @Test
    void noTimerIsLeftOfAQuestionThatIsAnsweredOrCancelled() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            Instant deadline = Instant.ofEpochMilli(run.now() + 500);
            UnaryOperator<Query.Builder> due = query -> query.setDeadline(deadline);
            run.send(frame("a", 1));
            run.send(ask("a", "answered", "x", due));
            engine.hold();
            run.send(ask("a", "1"));
            run.send(ask("a", "2"));
            run.send(ask("a", "cancelled", "x", due));
            run.send(ask("a", "stop", "", query -> query.setCancel("cancelled")));
            run.advanceTo(run.now() + 1_000);
            run.runMails();

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactly(
                            tuple("answered", Status.OK),
                            tuple("cancelled", Status.CANCELLED),
                            tuple("stop", Status.OK));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersTheMostUrgentFirst(boolean restoring) throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(frame("a", 1));
            run.send(ask("a", "first"));
            run.send(ask("a", "in 9 s", "x", due(run.now() + 9_000)));
            run.send(ask("a", "in 5 s", "x", due(run.now() + 5_000)));
            for (int left = 3; left > 0; left--) {
                engine.release(false);
                run.runMails();
            }

            assertThat(run.output())
                    .extracting(Answer::getQueryId)
                    .containsExactlyElementsOf(
                            restoring
                                    ? List.of("in 5 s", "in 9 s", "first")
                                    : List.of("first", "in 9 s", "in 5 s"));
        }
    }

    private static UnaryOperator<Query.Builder> due(long deadline) {
        return query -> query.setDeadline(Instant.ofEpochMilli(deadline));
    }

    @Test
    void refusesQuestionsWhenTooManyWait() throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 1));
            for (int i = 0; i < 5; i++) {
                run.send(ask("a", "q" + i));
            }
            assertThat(engine.heldCount()).isEqualTo(LIMITS.atOnce());
            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactly(tuple("q3", Status.REJECTED), tuple("q4", Status.REJECTED));
        }
    }

    @Test
    void answersEverythingBeforeTheEnd() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 1));
            run.send(ask("a", "q"));
            run.end();

            assertThat(run.output()).hasSize(1);
        }
    }

    private static QueryEvent askTogether(String stream, Scope.Builder scope) {
        return new QueryEvent(
                stream,
                Query.newBuilder()
                        .setQueryId("q")
                        .setStreams(List.of("a", "b*"))
                        .setCombine(true)
                        .setText("what?")
                        .setScope(scope.build())
                        .build());
    }

    private static QueryEvent askTogetherAsOf(String stream, String id, long moment) {
        return new QueryEvent(
                stream,
                Query.newBuilder(askTogether(stream, Scope.newBuilder()).query())
                        .setQueryId(id)
                        .setScope(null)
                        .setAsOf(Instant.ofEpochMilli(moment))
                        .build());
    }

    private static List<Long> sequencesTold(OperatorRun<EncodedEvent, Answer> run) {
        return run.sideOutput(FuseAndGenerateFactory.PARTS).stream()
                .flatMap(part -> ((CombineEvent.Part) part).part().getSequences().stream())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tellsOfAMomentToComeWhenAFrameComesUpToIt(boolean restored) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 3));
            run.send(askTogetherAsOf("a", "q", 5_500));
            run.send(askTogetherAsOf("a", "q", 5_500));
            run.send(frame("a", 5));
            assertThat(run.sideOutput(FuseAndGenerateFactory.PARTS)).isEmpty();
            if (restored) {
                run.restore();
            }
            run.send(frame("a", 6));
            run.send(frame("a", 7));

            assertThat(sequencesTold(run)).containsExactly(3L, 5L);
            assertThat(onlyPart(run).getMissing()).isEmpty();
        }
    }

    @Test
    void tellsOfAPastMomentAtOnce() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 3));
            run.send(frame("a", 4));
            run.send(askTogetherAsOf("a", "q", 3_500));

            assertThat(sequencesTold(run)).containsExactly(3L);
        }
    }

    @Test
    void tellsNothingOfAMomentThatIsNotAwaitedAnyMore() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 3));
            run.send(askTogetherAsOf("a", "late", 5_000));
            run.send(askTogetherAsOf("a", "forever", Long.MAX_VALUE));
            run.advanceTo(run.now() + TestLimits.COMBINING.patience().toMillis() + 1);
            QueryEvent cancelled = askTogetherAsOf("a", "cancelled", 5_000);
            run.send(cancelled);
            run.send(
                    new QueryEvent(
                            "a",
                            Query.newBuilder(cancelled.query())
                                    .setQueryId("stop")
                                    .setText("")
                                    .setAsOf(null)
                                    .setCancel("cancelled")
                                    .build()));
            run.send(frame("a", 6));

            assertThat(run.sideOutput(FuseAndGenerateFactory.PARTS)).isEmpty();
        }
    }

    @Test
    void doesNotWaitForMomentsOfMoreQuestionsThanThereMayBe() throws Exception {
        int most = TestLimits.COMBINING.questions() * NameStreams.MOST_TOGETHER;
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 3));
            for (int i = 0; i <= most; i++) {
                run.send(askTogetherAsOf("a", "q" + i, Long.MAX_VALUE));
            }

            assertThat(run.sideOutput(FuseAndGenerateFactory.PARTS))
                    .extracting(part -> ((CombineEvent.Part) part).part().getMissing())
                    .containsExactly(
                            "Too many combined questions wait for moments to come already.");
        }
    }

    private static StreamPart onlyPart(OperatorRun<EncodedEvent, Answer> run) {
        List<CombineEvent> parts = run.sideOutput(FuseAndGenerateFactory.PARTS);
        assertThat(parts).hasSize(1);
        CombineEvent.Part part = (CombineEvent.Part) parts.get(0);
        assertThat(part.key()).isEqualTo("a,b* q");
        return part.part();
    }

    @Test
    void handsOnWhatAStreamHasForAQuestionAboutSeveral() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            for (long sequence : new long[] {3, 4, 7, 8}) {
                run.send(frame("a", sequence));
            }
            run.send(askTogether("a", Scope.newBuilder().setLastFrames(2L)));
            run.send(frame("a", 9));

            StreamPart part = onlyPart(run);
            assertThat(part.getStream()).isEqualTo("a");
            assertThat(part.getModel()).isEqualTo(engine.model().id());
            assertThat(part.getSequences()).containsExactly(7L, 8L);
            assertThat(part.getCapturedAt()).containsExactly(7_000L, 8_000L);
            assertThat(part.getTokens())
                    .extracting(FuseAndGenerateTest::text)
                    .containsExactly("a7", "a8");
            assertThat(part.getKeyframes()).endsWith(7L, 8L);
            assertThat(part.getAnchor()).isPresent();
            assertThat(part.getKeyframes()).contains(part.getAnchor().get());
            assertThat(part.getWeights().stream().mapToDouble(each -> each).sum()).isEqualTo(1);
            assertThat(part.getFeatures()).hasSameSizeAs(part.getKeyframes());
            assertThat(part.getExact()).isTrue();
            assertThat(run.output()).isEmpty();
        }
    }

    @Test
    void tellsWhyAStreamHasNothingForAQuestionAboutSeveral() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(askTogether("b1", Scope.newBuilder()));
            StreamPart never = onlyPart(run);
            assertThat(never.getMissing()).isEqualTo("No frame has come yet.");
            assertThat(never.getTokens()).isEmpty();
        }
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 3));
            run.send(askTogether("a", Scope.newBuilder().setTo(Instant.ofEpochMilli(5))));
            assertThat(onlyPart(run).getMissing())
                    .isEqualTo("No frame is in the question's scope.");
        }
    }

    @Test
    void leavesOutMoreFramesThanAQuestionAboutSeveralMayHave() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            for (long sequence = 0; sequence < 1_001; sequence++) {
                run.send(frame("a", sequence));
            }
            run.send(askTogether("a", Scope.newBuilder()));

            StreamPart part = onlyPart(run);
            assertThat(part.getLeftOut()).isTrue();
            assertThat(part.getSize()).isGreaterThan(1_000);
            assertThat(part.getTokens()).isEmpty();
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    @Test
    void failsTheTaskWhenTheEngineHangsSoThatTheQuestionIsAnsweredLater() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 1));
            assertThatThrownBy(() -> run.send(ask("a", "q", "hang", UnaryOperator.identity())))
                    .isInstanceOf(EngineFailedException.class)
                    .hasMessageContaining("the question q of stream a")
                    .hasRootCauseInstanceOf(EngineHungException.class);
            assertThat(run.output()).isEmpty();
        }
    }

    @Test
    void aQuestionForWhichTheDeviceHasNoMemoryIsTriedOnceMore() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame("a", 1));
            for (int shortages : new int[] {1, 2, 1, 0}) {
                engine.runShortOfMemory(shortages);
                run.send(ask("a", "q"));
            }

            assertThat(run.output())
                    .extracting(Answer::getStatus)
                    .containsExactly(Status.OK, Status.FAILED, Status.OK, Status.OK);
            assertThat(run.output().get(1).getReason())
                    .contains("not enough memory for a question")
                    .contains("engine.prefix-memory");
        }
    }
}
