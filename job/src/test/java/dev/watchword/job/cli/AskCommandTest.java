package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.schemas.Priority;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Timeout(60)
class AskCommandTest {
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

    @Test
    void printsTheAnswersTextAndNothingElse() {
        try (FakeJob job = answering(Status.OK, "Zwei Füchse.", "")) {
            CommandRun run = ask("--stream", "wood", "Wer ist da?");

            assertThat(run).isEqualTo(new CommandRun(0, "Zwei Füchse.\n", ""));
            assertThat(job.keys()).containsExactly("wood");
        }
    }

    @Test
    void whatWouldSteerTheTerminalIsNotPrinted() {
        try (FakeJob job = answering(Status.OK, "a\u001b[2Jb\nc", "")) {
            assertThat(ask("--stream", "wood", "Who?").out()).isEqualTo("a\u00b7[2Jb\nc\n");
            assertThat(job.queries()).hasSize(1);
        }
    }

    @Test
    void everyAnswerIsFoundHoweverFastItComes() {
        try (FakeJob job = answering(Status.OK, "yes", "")) {
            for (int question = 0; question < 5; question++) {
                assertThat(ask("--stream", "wood", "Is it day?").out()).isEqualTo("yes\n");
            }
            assertThat(job.queries()).extracting(Query::getQueryId).doesNotHaveDuplicates();
        }
    }

    @Test
    void takesNoOtherAnswerForItsOwn() {
        try (FakeJob job =
                FakeJob.start(
                        topics,
                        query ->
                                List.of(
                                        TestAnswers.answer(
                                                "other", "wood", Status.OK, "other query", ""),
                                        TestAnswers.answer(
                                                query.getQueryId(),
                                                "river",
                                                Status.OK,
                                                "other stream",
                                                ""),
                                        TestAnswers.answer(query, Status.OK, "its own", "")))) {
            assertThat(ask("--stream", "wood", "Who?").out()).isEqualTo("its own\n");
            assertThat(job.queries()).hasSize(1);
        }
    }

    @Test
    void interruptedItCancelsTheQuestion() throws Exception {
        StringWriter notes = new StringWriter();
        AtomicInteger exitCode = new AtomicInteger(-1);
        try (FakeJob job = FakeJob.start(topics, query -> List.of())) {
            String[] command =
                    topics.commandLine("ask", "--streams=wood,meadow", "--combine", "Where?");
            Thread asking =
                    new Thread(
                            () ->
                                    exitCode.set(
                                            Watchword.commandLine(new ErrorReport())
                                                    .setErr(new PrintWriter(notes, true))
                                                    .execute(command)));
            asking.start();
            Query asked = job.await(1).get(0);
            asking.interrupt();
            asking.join();

            assertThat(exitCode).hasValue(1);
            assertThat(notes.toString()).contains("the question is cancelled");
            Query cancel = job.await(2).get(1);
            assertThat(cancel.getCancel()).contains(asked.getQueryId());
            assertThat(cancel.getStreams()).isEqualTo(asked.getStreams());
            assertThat(cancel.getCombine()).isTrue();
            assertThat(job.keys()).containsExactly("wood,meadow", "wood,meadow");
        }
    }

    @Test
    void sendsWhatTheFlagsSay() {
        try (FakeJob job = answering(Status.OK, "none", "")) {
            ask(
                    "--stream",
                    "wood",
                    "--last",
                    "7",
                    "--max-tokens",
                    "5",
                    "--temperature",
                    "0.5",
                    "--priority",
                    "low",
                    "?");
            ask(
                    "--stream=wood",
                    "--from=2026-03-01T13:30Z",
                    "--to=2026-03-01T15:30+01:00",
                    "--set=kafka.queries-format=json",
                    "??");

            ask("--stream=wood", "--last=5min", "???");

            assertThat(job.queries()).hasSize(3);
            Scope time = job.queries().get(2).getScope().orElseThrow();
            assertThat(time.getLastMs()).contains(300_000L);
            assertThat(time.getLastFrames()).isEmpty();
            Query last = job.queries().get(0);
            assertThat(last.getText()).isEqualTo("?");
            assertThat(last.getStream()).isEqualTo("wood");
            assertThat(last.getScope())
                    .contains(
                            Scope.newBuilder().setLastFrames(7L).setFrom(null).setTo(null).build());
            assertThat(last.getMaxTokens()).contains(5);
            assertThat(last.getTemperature()).isEqualTo(0.5);
            assertThat(last.getPriority()).isEqualTo(Priority.LOW);
            assertThat(job.queries().get(1).getPriority()).isEqualTo(Priority.NORMAL);
            assertThat(last.getAskedAt()).isPresent();
            Scope span = job.queries().get(1).getScope().orElseThrow();
            assertThat(span.getFrom()).contains(Instant.parse("2026-03-01T13:30:00Z"));
            assertThat(span.getTo()).contains(Instant.parse("2026-03-01T14:30:00Z"));
        }
    }

    @Test
    void aTruncatedAnswerIsShownAndToldToBeOne() {
        try (FakeJob job = answering(Status.TRUNCATED, "There are man", "64 tokens")) {
            CommandRun run = ask("--stream", "wood", "Who?");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEqualTo("There are man\n");
            assertThat(run.err())
                    .isEqualTo(
                            "watchword: the answer is cut short; --max-tokens allows a longer one\n");
            assertThat(job.queries()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            mode = Mode.EXCLUDE,
            names = {"OK", "TRUNCATED", "PARTIAL"})
    void anAnswerWithoutTextFailsWithItsReason(Status status) {
        try (FakeJob job = answering(status, "", "the reason")) {
            CommandRun run = ask("--stream", "wood", "Who?");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .startsWith("watchword: ")
                    .endsWith(": the reason\n")
                    .hasLineCount(1);
            assertThat(job.queries()).hasSize(1);
        }
    }

    @Test
    void asJsonItIsOneLineWhateverItsStatus() {
        try (FakeJob job = answering(Status.REJECTED, "", "too long")) {
            CommandRun run = ask("--stream", "wood", "--json", "Who?");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.outLines())
                    .singleElement()
                    .asString()
                    .startsWith("{")
                    .contains("\"status\":\"REJECTED\"")
                    .contains(job.queries().get(0).getQueryId());
        }
    }

    @Test
    void createsTheTopicsWhereThereAreNone() throws InterruptedException {
        topics = new TestTopics(broker);

        CommandRun run = ask("--stream", "wood", "--timeout", "2", "Who?");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("watchword: no answer came in time")
                .contains("Is the job running");
        assertThat(topics.access().partitions(topics.kafkaSettings().topics().queries()))
                .hasSize(4);
    }

    @Test
    void topicsAreNotCreatedWhereTheSettingsForbidIt() {
        topics = new TestTopics(broker);

        CommandRun run = ask("--stream", "wood", "--set=kafka.create-topics=false", "Who?");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "The topic %s does not exist"
                                .formatted(topics.kafkaSettings().topics().frames()));
    }

    @Test
    void aBrokerThatIsAwayIsTriedAgainUntilTheTimeIsOver() {
        CommandRun run =
                CommandRun.of(
                        "ask",
                        "--stream=wood",
                        "--bootstrap=127.0.0.1:1",
                        "--timeout=1500 ms",
                        "?");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines().toList())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("No broker answers at 127.0.0.1:1");
    }

    private FakeJob answering(Status status, String text, String reason) {
        return FakeJob.start(
                topics, query -> List.of(TestAnswers.answer(query, status, text, reason)));
    }

    private CommandRun ask(String... arguments) {
        List<String> all = new ArrayList<>(List.of("ask"));
        all.addAll(List.of(arguments));
        return CommandRun.of(topics.commandLine(all.toArray(String[]::new)));
    }
}
