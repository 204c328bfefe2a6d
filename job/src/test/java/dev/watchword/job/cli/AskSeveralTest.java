package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.ListedQuery;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Status;
import dev.watchword.schemas.StreamFrames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions about several streams: {@code ask --streams}, and {@code queries list} of a pattern. */
@Timeout(60)
class AskSeveralTest {
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

    private static Answer from(String stream, Query query, Status status, String text) {
        return TestAnswers.answer(
                query.getQueryId(), stream, status, text, status == Status.OK ? "" : "so it is");
    }

    private FakeJob job(Function<Query, List<Answer>> answers) {
        return FakeJob.start(topics, answers);
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(topics.commandLine(arguments));
    }

    @Test
    void printsTheAnswerOfEachNamedStreamBehindItsName() {
        try (FakeJob job =
                job(
                        query ->
                                List.of(
                                        from("wood", query, Status.OK, "a fox"),
                                        from("wood", query, Status.OK, "a fox"),
                                        from("river", query, Status.OK, "a duck")))) {
            CommandRun run = run("ask", "--streams", "wood,river", "Who?");

            assertThat(run).isEqualTo(new CommandRun(0, "wood: a fox\nriver: a duck\n", ""));
            Query query = job.queries().get(0);
            assertThat(query.getStream()).isEmpty();
            assertThat(query.getStreams()).containsExactly("wood", "river");
            assertThat(query.getCombine()).isFalse();
        }
    }

    @Test
    void takesTheAnswersToAPatternUntilNoneComesForAWhile() {
        try (FakeJob job =
                job(
                        query ->
                                List.of(
                                        from("yard-1", query, Status.OK, "yes"),
                                        from("yard-2", query, Status.NO_FRAMES, "")))) {
            CommandRun run =
                    run("ask", "--streams=yard-*", "--quiet=1500 ms", "--timeout=50", "Who?");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEqualTo("yard-1: yes\n");
            assertThat(run.err())
                    .isEqualTo("watchword: yard-2: no frames to answer from: so it is\n");
            assertThat(job.queries()).hasSize(1);
        }
    }

    @Test
    void aPatternThatIsRefusedIsNotWaitedFor() {
        try (FakeJob job = job(query -> List.of(from("x*", query, Status.REJECTED, "")))) {
            CommandRun run = run("ask", "--streams=x*", "--quiet=1 h", "--timeout=1 h", "Who?");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("x*: the question was rejected: so it is");
            assertThat(job.queries()).hasSize(1);
        }
    }

    @Test
    void saysWhichStreamsGaveNoAnswerInTime() {
        try (FakeJob job = job(query -> List.of(from("wood", query, Status.OK, "a fox")))) {
            CommandRun run = run("ask", "--stream=wood", "--streams=river", "--timeout=3", "Who?");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEqualTo("wood: a fox\n");
            assertThat(run.err()).contains("no answer of river came in time");
            assertThat(job.queries()).hasSize(1);
        }
    }

    @Test
    void aCombinedAnswerIsOneAndItSaysWhichStreamsItDidNotSee() {
        try (FakeJob job =
                job(
                        query ->
                                List.of(
                                        Answer.newBuilder(
                                                        from(
                                                                "wood,r*",
                                                                query,
                                                                Status.OK,
                                                                "in the wood"))
                                                .setStreams(
                                                        List.of(
                                                                new StreamFrames(
                                                                        "wood", 3L, 1L, 3L, ""),
                                                                new StreamFrames(
                                                                        "river",
                                                                        0L,
                                                                        null,
                                                                        null,
                                                                        "No frame.")))
                                                .build()))) {
            CommandRun run = run("ask", "--streams=wood,r*", "--combine", "Where?");

            assertThat(run)
                    .isEqualTo(new CommandRun(0, "in the wood\n", "Without river: No frame.\n"));
            assertThat(job.queries().get(0).getCombine()).isTrue();
        }
    }

    @Test
    void refusesFlagsThatDoNotGoTogether() {
        assertThat(run("ask", "Who?").err()).contains("--stream, or several with --streams");
        assertThat(run("ask", "--streams=wo od*", "Who?").err()).contains("position 3");
        assertThat(run("ask", "--streams=a,b", "--standing", "--every=1s", "Who?").err())
                .contains("--standing is about one stream");
        assertThat(run("ask", "--streams=a*", "--quiet=0", "Who?").err()).contains("--quiet");
    }

    @Test
    void listsWhatStandsOnEachStreamThatAPatternMeans() {
        ListedQuery standing =
                ListedQuery.newBuilder()
                        .setQueryId("parcel")
                        .setText("Tell me.")
                        .setEveryFrames(2L)
                        .setReport("EVERY")
                        .setRegisteredAt(Instant.EPOCH)
                        .build();
        try (FakeJob job =
                job(
                        query -> {
                            List<Answer> answers = new ArrayList<>();
                            answers.add(
                                    Answer.newBuilder(from("yard-1", query, Status.OK, ""))
                                            .setStanding(List.of(standing))
                                            .build());
                            answers.add(
                                    Answer.newBuilder(from("yard-2", query, Status.OK, ""))
                                            .setReason("No question stands on stream yard-2.")
                                            .build());
                            return answers;
                        })) {
            CommandRun run = run("queries", "list", "--stream=yard-*");

            assertThat(run.exitCode()).isZero();
            assertThat(run.outLines())
                    .startsWith("yard-1:", "parcel", "  Tell me.")
                    .endsWith("No question stands on stream yard-2.");
            assertThat(job.queries().get(0).getMode()).isEqualTo(QueryMode.LIST);
        }
    }
}
