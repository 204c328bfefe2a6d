package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationOptionsTest {
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

    private CommandRun run(String... arguments) {
        return CommandRun.of(topics.commandLine(arguments));
    }

    private static Answer part(String queryId, int part, String text) {
        return Answer.newBuilder(TestAnswers.answer(queryId, "wood", Status.PARTIAL, text, ""))
                .setAnswerId(AnswerId.ofPart(queryId, "wood", part))
                .setPart(part)
                .build();
    }

    /** A job that writes its answer in two parts, and as after a restart begins once more. */
    private FakeJob writing() {
        return FakeJob.start(
                topics,
                query ->
                        List.of(
                                part(query.getQueryId(), 1, "A fox"),
                                part(query.getQueryId(), 2, "A fox and"),
                                part(query.getQueryId(), 1, "A fox"),
                                TestAnswers.answer(query, Status.OK, "A fox and a hen.", "")));
    }

    @Test
    void sendsWhatTheFlagsSay() {
        try (FakeJob job = writing()) {
            run(
                    "ask",
                    "--stream=wood",
                    "--as-of=2026-03-01T13:30Z",
                    "--follow-up=q1",
                    "--partial",
                    "--timeout=20 s",
                    "?");
            run("ask", "--stream=wood", "?");

            Query told = job.queries().get(0);
            assertThat(told.getAsOf()).contains(Instant.parse("2026-03-01T13:30:00Z"));
            assertThat(told.getFollowUpTo()).contains("q1");
            assertThat(told.getPartial()).isTrue();
            assertThat(told.getDeadline())
                    .contains(told.getAskedAt().orElseThrow().plus(Duration.ofSeconds(20)));
            Query plain = job.queries().get(1);
            assertThat(plain.getAsOf()).isEmpty();
            assertThat(plain.getFollowUpTo()).isEmpty();
            assertThat(plain.getPartial()).isFalse();
            assertThat(plain.getDeadline()).isEmpty();
        }
    }

    @Test
    void showsALineForEachPartAndThenTheAnswer() {
        try (FakeJob job = writing()) {
            CommandRun run = run("ask", "--stream=wood", "--partial", "Who?");

            assertThat(run)
                    .isEqualTo(new CommandRun(0, "A fox\nA fox and\nA fox and a hen.\n", ""));
            assertThat(job.queries()).hasSize(1);
        }
    }

    @Test
    void showsPartsAsJson() {
        try (FakeJob job = writing()) {
            CommandRun run = run("ask", "--stream=wood", "--partial", "--json", "Who?");

            assertThat(run.outLines()).hasSize(3);
            assertThat(run.outLines().get(1)).contains("\"status\":\"PARTIAL\"", "\"part\":2");
            assertThat(job.queries()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--as-of=2026-03-01T13:30Z", "--follow-up=q1", "--partial"})
    void aStandingQuestionHasNoneOfThem(String flag) {
        CommandRun run =
                run("ask", "--stream=wood", "--standing", "--every=10s", flag, "Tell me when.");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(flag.replaceFirst("=.*", ""), "leave out --standing");
    }

    @Test
    void answersLeavesPartsOutUnlessTheyAreAskedFor() {
        TestAnswers.publish(
                topics,
                RecordFormat.AVRO,
                part("q", 1, "A"),
                TestAnswers.answer("q", "wood", Status.OK, "A fox", ""));

        assertThat(run("answers").outLines()).hasSize(1).allMatch(line -> line.contains("A fox"));
        assertThat(run("answers", "--partial").outLines()).hasSize(2);
    }

    @Test
    void onATerminalOneLineGrowsAndGoes() {
        StringWriter out = new StringWriter();
        StringWriter notes = new StringWriter();
        List<String> texts = new ArrayList<>(List.of("A", "A fox", "x".repeat(100) + "!"));
        try (GrowingAnswer growing =
                new GrowingAnswer(new PrintWriter(out), new PrintWriter(notes), true, false)) {
            for (int i = 0; i < texts.size(); i++) {
                growing.show(part("q", i + 1, texts.get(i)));
            }
        }

        String clear = "\r\u001b[K";
        assertThat(out.toString()).isEmpty();
        assertThat(notes.toString())
                .isEqualTo(
                        clear
                                + "A"
                                + clear
                                + "A fox"
                                + clear
                                + "..."
                                + "x".repeat(68)
                                + "!"
                                + clear);
    }
}
