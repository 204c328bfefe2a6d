package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.FrameSpan;
import dev.watchword.schemas.ListedQuery;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Report;
import dev.watchword.schemas.SentAnswer;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.Status;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands for questions that stand: {@code ask --standing} and {@code queries}. */
@Timeout(60)
class StandingCommandsTest {
    private static final Instant MORNING = Instant.parse("2026-11-20T08:30:00Z");

    private static EmbeddedBroker broker;

    private TestTopics topics;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics() throws InterruptedException {
        topics = TestTopics.createdAt(broker);
    }

    /** What a job says when a question begins to stand. */
    private static Answer stands(Query query) {
        return Answer.newBuilder(TestAnswers.answer(query, Status.OK, "", "The question stands."))
                .setFrames(FrameSpan.newBuilder().build())
                .build();
    }

    /** An answer from an evaluation. */
    private static Answer at(long sequence, Query query, Status status, String text) {
        return Answer.newBuilder(TestAnswers.answer(query, status, text, ""))
                .setAnswerId(AnswerId.ofFrame(query.getQueryId(), query.getStream(), sequence))
                .setFrames(
                        FrameSpan.newBuilder()
                                .setCount(sequence)
                                .setFirstSequence(1L)
                                .setLastSequence(sequence)
                                .build())
                .build();
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(topics.commandLine(arguments));
    }

    @Test
    void printsTheAnswersThatComeAndLeavesTheQuestionStanding() {
        try (FakeJob job =
                FakeJob.start(
                        topics,
                        query ->
                                List.of(
                                        stands(query),
                                        at(3, query, Status.OK, "not yet"),
                                        at(7, query, Status.OK, "now"),
                                        at(3, query, Status.OK, "not yet"),
                                        at(7, query, Status.OK, "now"),
                                        TestAnswers.answer("other", "wood", Status.OK, "no", ""),
                                        at(8, query, Status.FAILED, ""),
                                        at(9, query, Status.OK, "not yet")))) {
            CommandRun run =
                    run(
                            "ask",
                            "--stream=wood",
                            "--standing",
                            "--every=10s",
                            "--on=FLIP",
                            "--cooldown=5m",
                            "--last=2min",
                            "--timeout=4",
                            "Tell me when a fox is here.");

            assertThat(run.exitCode()).isZero();
            assertThat(run.outLines()).containsExactly("not yet", "now", "not yet");
            Query query = job.queries().get(0);
            assertThat(run.err())
                    .startsWith("The question stands. Its query_id is " + query.getQueryId())
                    .contains("the job failed to answer")
                    .endsWith(
                            "watchword queries cancel %s --stream wood --bootstrap %s\n"
                                    .formatted(query.getQueryId(), broker.bootstrap()));
            assertThat(job.queries()).hasSize(1);
            assertThat(query.getMode()).isEqualTo(QueryMode.STANDING);
            assertThat(query.getScope().orElseThrow().getLastMs()).contains(120_000L);
            assertThat(query.getStanding())
                    .contains(
                            Standing.newBuilder()
                                    .setEveryMs(10_000L)
                                    .setReport(Report.ON_FLIP)
                                    .setCooldownMs(300_000)
                                    .build());
        }
    }

    @Test
    void sendsChangesWhereNothingElseIsWanted() {
        try (FakeJob job = FakeJob.start(topics, query -> List.of(stands(query)))) {
            run("ask", "--stream=wood", "--standing", "--every-frames=5", "--timeout=2", "Who?");
            run(
                    "ask",
                    "--stream=wood",
                    "--standing",
                    "--every-frames=5",
                    "--on=always",
                    "--timeout=2",
                    "Who?");

            Standing.Builder terms = Standing.newBuilder().setEveryFrames(5L);
            assertThat(job.queries())
                    .extracting(query -> query.getStanding().orElseThrow())
                    .containsExactly(
                            terms.setReport(Report.ON_CHANGE).build(),
                            terms.setReport(Report.EVERY).build());
        }
    }

    @Test
    void interruptedItSaysThatTheQuestionStandsOn() throws Exception {
        PipedReader reader = new PipedReader();
        PrintWriter out = new PrintWriter(new PipedWriter(reader), true);
        StringWriter notes = new StringWriter();
        AtomicInteger exitCode = new AtomicInteger(-1);
        String[] command =
                topics.commandLine(
                        "ask", "--stream=wood", "--standing", "--every-frames=1", "Who is there?");
        try (FakeJob job =
                FakeJob.start(
                        topics,
                        query -> List.of(stands(query), at(1, query, Status.OK, "a fox")))) {
            Thread asking =
                    new Thread(
                            () ->
                                    exitCode.set(
                                            Watchword.commandLine(new ErrorReport())
                                                    .setOut(out)
                                                    .setErr(new PrintWriter(notes, true))
                                                    .execute(command)));
            asking.start();
            try (Scanner lines = new Scanner(reader)) {
                assertThat(lines.nextLine()).isEqualTo("a fox");
            }
            asking.interrupt();
            asking.join();

            assertThat(exitCode).hasValue(0);
            assertThat(notes.toString())
                    .contains("The question stands on.")
                    .contains("watchword queries cancel " + job.queries().get(0).getQueryId());
        }
    }

    @Test
    void endsWhenTheQuestionIsRefusedOrCancelled() {
        try (FakeJob job =
                FakeJob.start(
                        topics,
                        query ->
                                List.of(
                                        query.getText().equals("?")
                                                ? Answer.newBuilder(stands(query))
                                                        .setStatus(Status.REJECTED)
                                                        .setReason("16 questions stand.")
                                                        .build()
                                                : Answer.newBuilder(stands(query))
                                                        .setStatus(Status.CANCELLED)
                                                        .setReason("Cancelled by x.")
                                                        .build()))) {
            CommandRun refused = run("ask", "--stream=wood", "--standing", "--every=1", "?");
            CommandRun cancelled = run("ask", "--stream=wood", "--standing", "--every=1", "Who?");

            assertThat(refused)
                    .isEqualTo(
                            new CommandRun(
                                    1,
                                    "",
                                    "watchword: the question was rejected: 16 questions stand.\n"));
            assertThat(cancelled.exitCode()).isEqualTo(1);
            assertThat(cancelled.err())
                    .isEqualTo("watchword: the question was cancelled: Cancelled by x.\n");
            assertThat(job.queries()).hasSize(2);
        }
    }

    @Test
    void withoutAJobItSaysThatNothingIsSure() {
        CommandRun run =
                run("ask", "--stream=wood", "--standing", "--every=1", "--timeout=2", "Who?");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("watchword: no job has said that the question stands.")
                .contains("watchword queries cancel ");
    }

    @Test
    void listsWhatStands() {
        ListedQuery parcel =
                ListedQuery.newBuilder()
                        .setQueryId("parcel")
                        .setText("Tell me when a parcel is here.\u001b")
                        .setEveryMs(10_000L)
                        .setReport("ON_FLIP")
                        .setCooldownMs(300_000)
                        .setPriority("HIGH")
                        .setRegisteredAt(MORNING)
                        .setEvaluations(120)
                        .setSkipped(2)
                        .setSent(3)
                        .setLastSent(new SentAnswer("now", MORNING.plusSeconds(9)))
                        .build();
        ListedQuery cars =
                ListedQuery.newBuilder()
                        .setQueryId("cars")
                        .setText("How many cars?")
                        .setEveryFrames(25L)
                        .setReport("EVERY")
                        .setRegisteredAt(MORNING)
                        .build();
        try (FakeJob job =
                FakeJob.start(
                        topics,
                        query ->
                                List.of(
                                        Answer.newBuilder(stands(query))
                                                .setStanding(List.of(parcel, cars))
                                                .build()))) {
            CommandRun list = run("queries", "list", "--stream=wood");
            CommandRun json = run("queries", "list", "--stream=wood", "--json");

            assertThat(list)
                    .isEqualTo(
                            new CommandRun(
                                    0,
                                    """
                                    parcel
                                      Tell me when a parcel is here.\u00b7
                                      every 10 s, sent on flip, cool-down 5 min, priority high; stands since 2026-11-20T08:30:00Z
                                      evaluated 120 times, 2 left out; 3 sent, the last from 2026-11-20T08:30:09Z: now
                                    cars
                                      How many cars?
                                      every 25 frames, sent always; stands since 2026-11-20T08:30:00Z
                                      evaluated 0 times, 0 left out; 0 sent
                                    """,
                                    ""));
            assertThat(json.outLines()).singleElement().asString().contains("\"standing\":[{");
            assertThat(job.queries()).extracting(Query::getMode).containsOnly(QueryMode.LIST);
            assertThat(job.keys()).containsOnly("wood");
        }
    }

    @Test
    void saysThatNothingStands() {
        try (FakeJob job =
                FakeJob.start(
                        topics,
                        query ->
                                List.of(
                                        TestAnswers.answer(
                                                query,
                                                Status.OK,
                                                "",
                                                "No question stands on stream wood.")))) {
            assertThat(run("queries", "list", "--stream=wood"))
                    .isEqualTo(new CommandRun(0, "No question stands on stream wood.\n", ""));
            assertThat(job.queries()).hasSize(1);
        }
    }

    @Test
    void cancelsAQuestion() {
        try (FakeJob job =
                FakeJob.start(
                        topics,
                        query ->
                                List.of(
                                        query.getCancel().orElseThrow().equals("parcel")
                                                ? TestAnswers.answer(
                                                        query, Status.OK, "", "Cancelled parcel.")
                                                : TestAnswers.answer(
                                                        query,
                                                        Status.REJECTED,
                                                        "",
                                                        "No such question.")))) {
            assertThat(run("queries", "cancel", "parcel", "--stream=wood"))
                    .isEqualTo(new CommandRun(0, "Cancelled parcel.\n", ""));
            assertThat(run("queries", "cancel", "van", "--stream=wood"))
                    .isEqualTo(
                            new CommandRun(
                                    1,
                                    "",
                                    "watchword: the question was rejected: No such question.\n"));
            assertThat(job.queries()).extracting(Query::getStream).containsOnly("wood");
        }
    }

    private static Answer from(String stream, Query query, Status status, String reason) {
        return TestAnswers.answer(query.getQueryId(), stream, status, "", reason);
    }

    @Test
    void cancelsAQuestionOnTheStreamsOfAPatternThatKnowIt() {
        try (FakeJob job =
                FakeJob.start(
                        topics,
                        query ->
                                query.getCancel().orElseThrow().equals("parcel")
                                        ? List.of(
                                                from("yard-1", query, Status.REJECTED, "None."),
                                                from("yard-2", query, Status.OK, "Cancelled."),
                                                from("yard-3", query, Status.OK, "Cancelled."))
                                        : List.of(
                                                from("yard-1", query, Status.REJECTED, "None."),
                                                from("yard-2", query, Status.REJECTED, "None.")))) {
            assertThat(run("queries", "cancel", "parcel", "--stream=yard-*"))
                    .isEqualTo(new CommandRun(0, "yard-2: Cancelled.\nyard-3: Cancelled.\n", ""));
            assertThat(run("queries", "cancel", "van", "--stream=yard-*"))
                    .isEqualTo(
                            new CommandRun(
                                    1,
                                    "",
                                    """
                                    watchword: yard-1: the question was rejected: None.
                                    watchword: yard-2: the question was rejected: None.
                                    """));
            assertThat(job.queries()).extracting(Query::getStream).containsOnly("yard-*");
        }
    }

    @Test
    void cancelsAQuestionOnEachOfSeveralStreams() {
        try (FakeJob job =
                FakeJob.start(
                        topics,
                        query ->
                                List.of(
                                        from("wood", query, Status.OK, "Cancelled."),
                                        from("river", query, Status.REJECTED, "None.")))) {
            assertThat(run("queries", "cancel", "parcel", "--streams=wood,river"))
                    .isEqualTo(new CommandRun(0, "wood: Cancelled.\n", ""));
            assertThat(job.queries().get(0).getStreams()).containsExactly("wood", "river");
            assertThat(job.queries().get(0).getCombine()).isFalse();
        }
    }

    @Test
    void cancelsAQuestionAboutSeveralStreamsTogether() {
        try (FakeJob job =
                FakeJob.start(
                        topics,
                        query ->
                                List.of(
                                        query.getCancel().orElseThrow().equals("dog")
                                                ? from(
                                                        "wood,yard-*",
                                                        query,
                                                        Status.OK,
                                                        "Cancelled dog.")
                                                : from(
                                                        "wood,yard-*",
                                                        query,
                                                        Status.REJECTED,
                                                        "None.")))) {
            assertThat(run("queries", "cancel", "dog", "--streams=wood,yard-*", "--combine"))
                    .isEqualTo(new CommandRun(0, "Cancelled dog.\n", ""));
            assertThat(
                            run(
                                    "queries",
                                    "cancel",
                                    "cat",
                                    "--stream=wood",
                                    "--streams=yard-*",
                                    "--combine"))
                    .isEqualTo(
                            new CommandRun(1, "", "watchword: the question was rejected: None.\n"));
            assertThat(job.queries()).allMatch(Query::getCombine);
            assertThat(job.keys()).containsOnly("wood,yard-*");
        }
    }

    @Test
    void withoutAJobARequestEndsWithTheTime() {
        CommandRun run = run("queries", "list", "--stream=wood", "--timeout=2");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("watchword: no answer came in time");
    }
}
