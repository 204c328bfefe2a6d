package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.watchword.engine.EncodedPicture;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.ListedQuery;
import dev.watchword.schemas.Priority;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Report;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.SentAnswer;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that stand. Asked for "newest", the engine answers with what the newest frame says. */
class StandingQueriesTest {
    private static final AnswerLimits LIMITS =
            new AnswerLimits(50, 8, 16, 0, 2, 1, 2, TestLimits.CONVERSATIONS);

    private final FakeEngine engine = new FakeEngine();

    private OperatorRun<EncodedEvent, Answer> run(boolean restoring) throws Exception {
        return FuseRun.of(engine, LIMITS, restoring);
    }

    /** A frame captured at that second that says something. */
    private static EncodedFrame frame(long sequence, long second, String says) {
        byte[] token = says.getBytes(StandardCharsets.UTF_8);
        Instant capturedAt = Instant.ofEpochSecond(second);
        return new EncodedFrame("a", sequence, capturedAt, new EncodedPicture(token, token));
    }

    /** A frame a second. */
    private static EncodedFrame frame(long sequence, String says) {
        return frame(sequence, sequence, says);
    }

    private static EncodedFrame frame(long sequence) {
        return frame(sequence, "a" + sequence);
    }

    private static Standing.Builder everyFrames(long frames) {
        return Standing.newBuilder().setEveryFrames(frames);
    }

    private static Standing.Builder reporting(Report report) {
        return everyFrames(1).setReport(report);
    }

    private static QueryEvent query(String id, UnaryOperator<Query.Builder> more) {
        Query.Builder query = Query.newBuilder().setQueryId(id).setStream("a").setText("newest");
        return new QueryEvent("a", more.apply(query).build());
    }

    private static QueryEvent stand(String id, Standing.Builder terms) {
        return query(id, query -> query.setMode(QueryMode.STANDING).setStanding(terms.build()));
    }

    private static QueryEvent stand(String id, Standing.Builder terms, Scope.Builder scope) {
        return query(
                id,
                query ->
                        query.setText("what?")
                                .setMode(QueryMode.STANDING)
                                .setStanding(terms.build())
                                .setScope(scope.build()));
    }

    private static QueryEvent cancel(String id, String cancelled) {
        return query(id, query -> query.setText("").setCancel(cancelled));
    }

    private static QueryEvent list(String id) {
        return query(id, query -> query.setText("").setMode(QueryMode.LIST));
    }

    private static EncodedFrame on(String stream, EncodedFrame frame) {
        return new EncodedFrame(stream, frame.sequence(), frame.capturedAt(), frame.picture());
    }

    private static QueryEvent on(String stream, QueryEvent event) {
        return new QueryEvent(stream, event.query());
    }

    private static List<ListedQuery> listed(OperatorRun<EncodedEvent, Answer> run)
            throws Exception {
        run.send(list("list"));
        Answer answer = run.output().get(run.output().size() - 1);
        assertThat(answer.getStatus()).isEqualTo(Status.OK);
        return answer.getStanding();
    }

    /** The answers to a question that have text. */
    private static List<String> texts(OperatorRun<EncodedEvent, Answer> run, String id) {
        return run.output().stream()
                .filter(answer -> answer.getQueryId().equals(id))
                .map(Answer::getText)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static Answer last(OperatorRun<EncodedEvent, Answer> run) {
        return run.output().get(run.output().size() - 1);
    }

    /** What is sent of answers that come a second apart, one for each frame. */
    private List<String> sent(Standing.Builder terms, String... says) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(true)) {
            run.send(stand("q", terms));
            for (int i = 0; i < says.length; i++) {
                run.send(frame(i + 1, says[i]));
            }
            assertThat(listed(run).get(0).getEvaluations()).isEqualTo(says.length);
            return texts(run, "q");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isEvaluatedAtTheFirstFrameAndThenAtEveryNth(boolean restoring) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(frame(1));
            run.send(stand("q", everyFrames(3)));
            for (long sequence = 2; sequence <= 9; sequence++) {
                run.send(frame(sequence));
                run.send(frame(sequence));
            }

            assertThat(run.output().get(0).getStatus()).isEqualTo(Status.OK);
            assertThat(run.output().get(0).getReason()).contains("stands");
            assertThat(texts(run, "q")).containsExactly("a2", "a5", "a8");
            assertThat(run.output())
                    .extracting(Answer::getAnswerId)
                    .containsExactly(
                            AnswerId.of("q", "a"),
                            AnswerId.ofFrame("q", "a", 2),
                            AnswerId.ofFrame("q", "a", 5),
                            AnswerId.ofFrame("q", "a", 8));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isEvaluatedWheneverSoMuchCaptureTimeHasPassed(boolean restoring) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(stand("q", Standing.newBuilder().setEveryMs(10_000L)));
            long[] seconds = {100, 104, 109, 110, 119, 121, 130, 131};
            for (int i = 0; i < seconds.length; i++) {
                run.send(frame(i + 1, seconds[i], "at " + seconds[i]));
            }

            assertThat(texts(run, "q")).containsExactly("at 100", "at 110", "at 121", "at 131");
        }
    }

    @Test
    void aCamerasClockThatIsPutBackDoesNotSilenceIt() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            Standing.Builder terms = Standing.newBuilder().setEveryMs(10_000L);
            run.send(stand("q", terms.setCooldownMs(15_000)));
            run.send(frame(1, 10_000, "early"));
            run.send(frame(2, 5_000, "put back"));
            run.send(frame(3, 5_010, "cools down"));
            run.send(frame(4, 5_020, "later"));

            assertThat(texts(run, "q")).containsExactly("early", "put back", "later");
        }
    }

    @Test
    void everyAnswerIsSentWhereThatIsWanted() throws Exception {
        assertThat(sent(reporting(Report.EVERY), "yes", "yes", "no"))
                .containsExactly("yes", "yes", "no");
    }

    @Test
    void caseWhiteSpaceAndPunctuationAreNoChange() throws Exception {
        assertThat(
                        sent(
                                reporting(Report.ON_CHANGE),
                                "A red car.",
                                "a red  car",
                                "A RED\ncar!",
                                "a blue car",
                                "A blue car.",
                                "a red car",
                                "2 cars",
                                "2,1 cars"))
                .containsExactly("A red car.", "a blue car", "a red car", "2 cars", "2,1 cars");
    }

    @Test
    void onlyTheOppositeIsAFlip() throws Exception {
        assertThat(
                        sent(
                                reporting(Report.ON_FLIP),
                                "Not yet.",
                                "no, nothing",
                                "nothing is there",
                                "not now",
                                "nowhere",
                                "Now!",
                                "Yes, a parcel",
                                "I cannot tell",
                                "not yet",
                                "Yes"))
                .containsExactly("Not yet.", "Now!", "not yet", "Yes");
    }

    @Test
    void afterAFirstAnswerThatSaysNeitherTheFirstThatDoesIsAFlip() throws Exception {
        assertThat(sent(reporting(Report.ON_FLIP), "I cannot tell", "hm", "no", "no"))
                .containsExactly("I cannot tell", "no");
    }

    @Test
    void theCooldownCountsFromTheLastAnswerThatWasSent() throws Exception {
        // At seconds 1 to 9; what is sent at 1 silences up to 3, and what is not sent silences
        // nothing.
        assertThat(
                        sent(
                                reporting(Report.ON_CHANGE).setCooldownMs(3_000),
                                "a",
                                "b",
                                "c",
                                "a",
                                "d",
                                "e",
                                "f",
                                "g",
                                "h"))
                .containsExactly("a", "d", "g");
        assertThat(sent(reporting(Report.EVERY).setCooldownMs(4_000), "1", "2", "3", "4", "5", "6"))
                .containsExactly("1", "5");
    }

    @Test
    void anAnswerHeldBackByTheCooldownIsSentAfterItIfItStillHolds() throws Exception {
        assertThat(
                        sent(
                                reporting(Report.ON_FLIP).setCooldownMs(3_000),
                                "not yet",
                                "now",
                                "now",
                                "now",
                                "now"))
                .containsExactly("not yet", "now");
    }

    @Test
    void aFailureIsToldOnceAndSoIsItsEnd() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(true)) {
            run.send(stand("q", reporting(Report.ON_FLIP)));
            String[] says = {"no", "fail", "fail", "no", "no"};
            for (int i = 0; i < says.length; i++) {
                run.send(frame(i + 1, says[i]));
            }

            assertThat(run.output().subList(1, run.output().size()))
                    .extracting(Answer::getStatus, Answer::getAnswerId)
                    .containsExactly(
                            tuple(Status.OK, AnswerId.ofFrame("q", "a", 1)),
                            tuple(Status.FAILED, AnswerId.ofFrame("q", "a", 2)),
                            tuple(Status.OK, AnswerId.ofFrame("q", "a", 4)));
        }
    }

    @Test
    void itsScopeIsTakenAnewAtEveryEvaluation() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(true)) {
            run.send(stand("frames", everyFrames(2), Scope.newBuilder().setLastFrames(2L)));
            run.send(stand("time", everyFrames(2), Scope.newBuilder().setLastMs(3_000L)));
            for (long sequence = 1; sequence <= 5; sequence++) {
                run.send(frame(sequence));
            }

            assertThat(texts(run, "frames")).containsExactly("a1", "a2,a3", "a4,a5");
            assertThat(texts(run, "time")).containsExactly("a1", "a1,a2,a3", "a3,a4,a5");
            assertThat(last(run).getFrames().getLastSequence()).contains(5L);
        }
    }

    @Test
    void oneEvaluationAtATimeAndThoseThatAreDueMeanwhileAreCounted() throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(stand("q", everyFrames(1)));
            for (long sequence = 1; sequence <= 4; sequence++) {
                run.send(frame(sequence));
            }
            assertThat(engine.heldCount()).isEqualTo(1);
            engine.release(false);
            run.runMails();
            run.send(frame(5));
            engine.release(false);
            run.runMails();

            assertThat(texts(run, "q")).containsExactly("a1", "a5");
            assertThat(listed(run))
                    .extracting(
                            ListedQuery::getEvaluations,
                            ListedQuery::getSkipped,
                            ListedQuery::getSent)
                    .containsExactly(tuple(2L, 3L, 2L));
        }
    }

    @Test
    void whatIsAskedOnceComesFirst() throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(stand("one", everyFrames(1)));
            run.send(stand("two", everyFrames(1)));
            run.send(frame(1));
            run.send(query("first", query -> query));
            run.send(query("second", query -> query));
            for (int answer = 0; answer < 4; answer++) {
                assertThat(engine.heldCount()).isEqualTo(LIMITS.atOnce());
                engine.release(false);
                run.runMails();
            }

            assertThat(run.output().subList(2, 6))
                    .extracting(Answer::getQueryId)
                    .containsExactly("one", "first", "second", "two");
            assertThat(run.output()).extracting(Answer::getStatus).containsOnly(Status.OK);
        }
    }

    @Test
    void anEvaluationUnderWayIsMadeAgainAfterARestartWithTheSameId() throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(stand("q", everyFrames(3)));
            run.send(frame(1));
            for (long sequence = 2; sequence <= 3; sequence++) {
                run.send(frame(sequence));
            }
            run.restore();
            assertThat(engine.heldCount()).isEqualTo(2);
            engine.release(false);
            run.runMails();
            run.restore();
            run.send(frame(4));
            engine.release(false);
            run.runMails();

            assertThat(texts(run, "q")).containsExactly("a1", "a4");
            assertThat(run.output().get(1).getAnswerId()).isEqualTo(AnswerId.ofFrame("q", "a", 1));
            assertThat(listed(run).get(0).getEvaluations()).isEqualTo(2);
        }
    }

    @Test
    void aSubtaskThatIsOneOfMoreGoesOnWithThoseOfItsStreams() throws Exception {
        List<String> streams = List.of("s1", "s2", "s3", "s4", "s5", "s6");
        List<String> kept = streams.stream().filter(OperatorRun::isOfFirstOfTwo).toList();
        assertThat(kept).isNotEmpty().hasSizeLessThan(streams.size());
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            for (String stream : streams) {
                run.send(on(stream, stand("q", everyFrames(1))));
                run.send(on(stream, frame(1)));
            }
            run.restoreAsFirstOfTwo();
            for (int answer = 0; answer < kept.size(); answer++) {
                engine.release(false);
                run.runMails();
            }

            assertThat(run.output())
                    .filteredOn(answer -> !answer.getText().isEmpty())
                    .extracting(Answer::getStream)
                    .containsExactlyInAnyOrderElementsOf(kept);
            run.send(on(kept.get(0), stand("second", everyFrames(1))));
            run.send(on(kept.get(0), stand("third", everyFrames(1))));
            assertThat(last(run).getStatus()).isEqualTo(Status.REJECTED);
        }
    }

    @Test
    void theFramesOfAnEvaluationAreKeptUntilItIsAnswered() throws Exception {
        engine.fuseExactly();
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(query("busy", query -> query));
            run.send(frame(1));
            run.send(query("busy", query -> query));
            run.send(stand("q", everyFrames(1_000), Scope.newBuilder().setLastFrames(1L)));
            for (long sequence = 2; sequence <= 60; sequence++) {
                run.send(frame(sequence));
            }
            engine.release(false);
            run.runMails();
            engine.release(false);
            run.runMails();

            assertThat(texts(run, "q")).containsExactly("a2");
        }
    }

    @Test
    void itGoesOnWithAHistoryThatAnotherModelBeginsAnew() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(stand("q", everyFrames(2)));
            for (long sequence = 1; sequence <= 5; sequence++) {
                run.send(frame(sequence));
            }
            engine.useModel("another");
            run.restore();
            for (long sequence = 6; sequence <= 9; sequence++) {
                run.send(frame(sequence));
            }

            assertThat(texts(run, "q")).containsExactly("a1", "a3", "a5", "a7", "a9");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancelledItGivesOneLastAnswerAndNoMore(boolean restoring) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(stand("q", everyFrames(1)));
            run.send(frame(1));
            run.send(cancel("stop", "q"));
            run.send(frame(2));
            run.send(cancel("stop again", "q"));

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getStatus)
                    .containsExactly(
                            tuple("q", Status.OK),
                            tuple("q", Status.OK),
                            tuple("q", Status.CANCELLED),
                            tuple("stop", Status.OK),
                            tuple("stop again", Status.REJECTED));
            assertThat(run.output()).extracting(Answer::getAnswerId).doesNotHaveDuplicates();
            assertThat(run.output().get(2).getReason()).contains("stop");
            assertThat(last(run).getReason()).contains("q");
            assertThat(listed(run)).isEmpty();
        }
    }

    @Test
    void cancelledWhileItIsEvaluatedItGivesNoAnswerFromThat() throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(stand("q", everyFrames(1)));
            run.send(stand("other", everyFrames(1)));
            run.send(frame(1));
            run.send(cancel("stop", "q"));
            engine.release(false);
            run.runMails();
            engine.release(false);
            run.runMails();

            assertThat(run.output())
                    .extracting(Answer::getQueryId, Answer::getText)
                    .containsExactly(
                            tuple("q", ""),
                            tuple("other", ""),
                            tuple("q", ""),
                            tuple("stop", ""),
                            tuple("other", "a1"));
        }
    }

    @Test
    void aQuestionAskedOnceMayHaveItsId() throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(stand("q", everyFrames(1)));
            run.send(frame(1));
            run.send(query("q", query -> query.setText("what?")));
            engine.release(false);
            run.runMails();
            engine.release(false);
            run.runMails();

            assertThat(run.output())
                    .extracting(Answer::getAnswerId)
                    .containsExactly(
                            AnswerId.of("q", "a"),
                            AnswerId.ofFrame("q", "a", 1),
                            AnswerId.of("q", "a"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noMoreStandThanTheLimitAllows(boolean restoring) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(restoring)) {
            run.send(stand("1", everyFrames(1)));
            run.send(stand("2", everyFrames(1)));
            run.send(stand("3", everyFrames(1)));
            assertThat(last(run).getStatus()).isEqualTo(Status.REJECTED);
            assertThat(last(run).getReason()).contains("2 questions", "memory.standing-questions");
            run.send(stand("2", everyFrames(7)));
            assertThat(last(run).getStatus()).isEqualTo(Status.OK);
            run.send(cancel("stop", "1"));
            run.send(stand("3", everyFrames(1)));

            assertThat(last(run).getStatus()).isEqualTo(Status.OK);
            assertThat(listed(run))
                    .extracting(ListedQuery::getQueryId, query -> query.getEveryFrames().get())
                    .containsExactly(tuple("2", 7L), tuple("3", 1L));
        }
    }

    @Test
    void theSameIdAgainReplacesItAndForgetsWhatWasSent() throws Exception {
        engine.hold();
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(stand("q", reporting(Report.ON_CHANGE)));
            run.send(frame(1, "still"));
            engine.release(false);
            run.runMails();
            run.send(frame(2, "still"));
            run.send(stand("q", reporting(Report.ON_CHANGE)));
            run.send(frame(3, "still"));
            engine.release(false);
            run.runMails();

            assertThat(last(run).getAnswerId()).isEqualTo(AnswerId.ofFrame("q", "a", 3));
            assertThat(texts(run, "q")).containsExactly("still", "still");
            assertThat(listed(run))
                    .extracting(ListedQuery::getEvaluations, ListedQuery::getSkipped)
                    .containsExactly(tuple(1L, 0L));
        }
    }

    @Test
    void theListTellsWhatStandsAndWhatCameOfIt() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(true)) {
            assertThat(listed(run)).isEmpty();
            Standing.Builder terms = reporting(Report.ON_FLIP).setCooldownMs(5);
            run.send(
                    query(
                            "q",
                            query ->
                                    query.setMode(QueryMode.STANDING)
                                            .setStanding(terms.build())
                                            .setPriority(Priority.HIGH)));
            run.send(frame(7, "Yes."));
            run.send(frame(8, "yes"));

            assertThat(listed(run))
                    .containsExactly(
                            ListedQuery.newBuilder()
                                    .setQueryId("q")
                                    .setText("newest")
                                    .setEveryFrames(1L)
                                    .setReport("ON_FLIP")
                                    .setCooldownMs(5)
                                    .setPriority("HIGH")
                                    .setRegisteredAt(Instant.ofEpochMilli(run.now()))
                                    .setEvaluations(2)
                                    .setSent(1)
                                    .setLastSent(new SentAnswer("Yes.", Instant.ofEpochSecond(7)))
                                    .build());
        }
    }

    @Test
    void termsThatMakeNoSenseAreRefusedWithWhatToChange() throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run = run(false)) {
            run.send(frame(1));
            run.send(query("bare", query -> query.setMode(QueryMode.STANDING)));
            assertRejected(run, "every_frames");
            run.send(stand("neither", Standing.newBuilder()));
            assertRejected(run, "neither");
            run.send(stand("both", everyFrames(1).setEveryMs(1L)));
            assertRejected(run, "both");
            run.send(stand("frames", everyFrames(0)));
            assertRejected(run, "every_frames is 0");
            run.send(stand("time", Standing.newBuilder().setEveryMs(-5L)));
            assertRejected(run, "every_ms is -5");
            run.send(stand("cooldown", everyFrames(1).setCooldownMs(-1)));
            assertRejected(run, "cooldown_ms is -1");
            run.send(query("once", query -> query.setStanding(everyFrames(1).build())));
            assertRejected(run, "mode STANDING");
            run.send(
                    query(
                            "late",
                            query ->
                                    query.setMode(QueryMode.STANDING)
                                            .setStanding(everyFrames(1).build())
                                            .setDeadline(Instant.ofEpochMilli(Long.MAX_VALUE))));
            assertRejected(run, "deadline");
            run.send(stand("end", everyFrames(1), Scope.newBuilder().setTo(Instant.EPOCH)));
            assertRejected(run, "scope");
            run.send(query("no text", query -> stands(query).setText(" ")));
            assertRejected(run, "text");
            assertThat(listed(run)).isEmpty();
        }
    }

    private static Query.Builder stands(Query.Builder query) {
        return query.setMode(QueryMode.STANDING).setStanding(everyFrames(1).build());
    }

    private static void assertRejected(OperatorRun<EncodedEvent, Answer> run, String reason) {
        assertThat(last(run).getStatus()).isEqualTo(Status.REJECTED);
        assertThat(last(run).getReason()).contains(reason);
    }
}
