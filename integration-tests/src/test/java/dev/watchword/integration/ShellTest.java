package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.Shell;
import dev.watchword.integration.rig.TopicReader;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.questions.Truth;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Population;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.job.yard.YardPainter;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a person types who asks two drawn yards, and what comes of it. */
class ShellTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final int FRAMES = 40;
    private static final String GATE = "Is the gate open?";
    private static final List<Kind> COLOURED = List.of(Kind.CAR, Kind.VAN, Kind.BICYCLE, Kind.DOG);
    private static final JsonMapper JSON = new JsonMapper();

    /** About which the bundled model is right; its card says how often it is. */
    private static final List<Camera> CAMERAS =
            List.of(new Camera("yard-3", 24), new Camera("yard-8", 23));

    private static TopicsUnderTest topics;
    private static JobUnderTest job;

    @TempDir private Path directory;

    /** A camera in a yard; the sequence of a frame is its second. */
    private record Camera(String stream, long seed) {
        Yard yard() {
            return ScriptedYard.of(seed, FRAMES, YardOptions.of(seed));
        }

        byte[] picture(int second) {
            return new YardPainter(YardPainter.SIDE, seed).jpeg(yard(), second);
        }

        Truth truth() {
            return Truth.of(yard(), 0, FRAMES);
        }

        String gate() {
            return truth().last().conditions().gateOpen() ? "yes" : "no";
        }
    }

    @BeforeAll
    static void start() throws InterruptedException {
        topics = new TopicsUnderTest(KAFKA.bootstrap());
        job =
                JobUnderTest.startBundled(
                        JobUnderTest.settings(topics, "engine.prefix=anchored"), false);
        for (Camera camera : CAMERAS) {
            for (int second = 0; second < FRAMES; second++) {
                topics.publish(
                        TopicsUnderTest.frame(camera.stream(), second, camera.picture(second)));
            }
            topics.awaitRemembered(camera.stream(), FRAMES);
            topics.awaitKnown(camera.stream());
        }
    }

    @AfterAll
    static void stop() {
        job.close();
        topics.close();
    }

    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        for (String assignment : JobUnderTest.assignments(topics)) {
            if (assignment.startsWith("kafka.")) {
                command.add("--set=" + assignment);
            }
        }
        return command;
    }

    private static Shell.Run type(String... words) throws IOException, InterruptedException {
        return Shell.run(command(words));
    }

    private static Shell.Run typeRightly(String... words) throws IOException, InterruptedException {
        Shell.Run run = type(words);
        assertThat(run.exitCode()).as(run.notes()).isZero();
        return run;
    }

    private static JsonNode askForJson(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("ask", "--json"));
        all.addAll(List.of(words));
        Shell.Run run = typeRightly(all.toArray(String[]::new));
        assertThat(run.lines()).hasSize(1);
        return JSON.readTree(run.out());
    }

    @Test
    void oneStreamOrEachOfSeveralOrAllTogether() throws Exception {
        Camera camera = CAMERAS.get(0);
        assertThat(typeRightly("ask", "--stream", camera.stream(), GATE).lines())
                .containsExactly(camera.gate());
        assertThat(typeRightly("ask", "--streams", "yard-*", GATE).lines())
                .containsExactlyInAnyOrderElementsOf(
                        CAMERAS.stream().map(each -> each.stream() + ": " + each.gate()).toList());

        Pair only = only(0, 1);
        JsonNode together =
                askForJson(
                        "--streams=yard-3,yard-8",
                        "--combine",
                        "In which yard was there a " + name(only) + "?");
        assertThat(together.path("text").asText()).isEqualTo(camera.stream());
        assertThat(together.path("streams").findValuesAsText("stream"))
                .containsExactly("yard-3", "yard-8");
    }

    /** What was in one yard and not in the other. */
    private static Pair only(int here, int there) {
        Truth seen = CAMERAS.get(here).truth();
        Truth unseen = CAMERAS.get(there).truth();
        return Population.allPairs().stream()
                .filter(pair -> seen.seen(pair) && !unseen.seen(pair) && !unseen.doubtful(pair))
                .min(Comparator.comparing(Pair::kind).thenComparing(Pair::colour))
                .orElseThrow();
    }

    /** What came in one colour alone. */
    private static Pair ofOneColour(Truth truth) {
        return Population.allPairs().stream()
                .filter(pair -> truth.seen(pair) && truth.colours(pair.kind()).size() == 1)
                .filter(pair -> COLOURED.contains(pair.kind()) && !truth.doubtful(pair.kind()))
                .min(Comparator.comparing(Pair::kind).thenComparing(Pair::colour))
                .orElseThrow();
    }

    private static String name(Pair pair) {
        return (pair.colour() + " " + pair.kind()).toLowerCase(Locale.ROOT);
    }

    @Test
    void scopesOfFramesAndOfTime() throws Exception {
        String stream = CAMERAS.get(0).stream();
        assertAbout(askForJson("--stream", stream, "--last", "5", GATE), 35, 39);
        assertAbout(askForJson("--stream", stream, "--last", "10s", GATE), 30, 39);
        assertAbout(
                askForJson(
                        "--stream=" + stream,
                        "--from=" + TopicsUnderTest.capturedAt(12),
                        "--to=" + TopicsUnderTest.capturedAt(20),
                        GATE),
                12,
                19);
        assertAbout(
                askForJson(
                        "--stream=" + stream,
                        "--as-of=" + TopicsUnderTest.capturedAt(20),
                        "--last=3",
                        GATE),
                18,
                20);

        Shell.Run nothing =
                type(
                        "ask",
                        "--stream=" + stream,
                        "--from=" + TopicsUnderTest.capturedAt(1_000),
                        GATE);
        assertThat(nothing.exitCode()).isEqualTo(1);
        assertThat(nothing.notes()).contains("remembered");
    }

    private static void assertAbout(JsonNode answer, long first, long last) {
        assertThat(answer.at("/frames/first_sequence").asLong()).isEqualTo(first);
        assertThat(answer.at("/frames/last_sequence").asLong()).isEqualTo(last);
        assertThat(answer.at("/frames/count").asLong()).isEqualTo(last - first + 1);
    }

    @Test
    void aFollowUpAndTheFramesOnWhichAnAnswerRested() throws Exception {
        Camera camera = CAMERAS.get(0);
        Pair single = ofOneColour(camera.truth());
        String kind = single.kind().toString().toLowerCase(Locale.ROOT);
        JsonNode first =
                askForJson(
                        "--stream",
                        camera.stream(),
                        "--priority=high",
                        "Was there a " + kind + "?");
        assertThat(first.path("text").asText()).isEqualTo("yes");
        assertThat(
                        typeRightly(
                                        "ask",
                                        "--stream",
                                        camera.stream(),
                                        "--follow-up",
                                        first.path("query_id").asText(),
                                        "What colour was it?")
                                .lines())
                .containsExactly(single.colour().toString().toLowerCase(Locale.ROOT));
        Shell.Run lost = type("ask", "--stream", camera.stream(), "--follow-up=none", GATE);
        assertThat(lost.exitCode()).isEqualTo(1);
        assertThat(lost.notes()).contains("follow_up_to is none");

        Shell.Run seen =
                typeRightly(
                        "ask",
                        "--stream",
                        camera.stream(),
                        "--evidence",
                        directory.toString(),
                        "Was there ever a " + name(only(0, 1)) + "?");
        assertThat(seen.lines()).containsExactly("yes");
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String number = file.getFileName().toString().replaceAll(".*-(\\d+)\\.jpeg", "$1");
                assertThat(file).hasBinaryContent(camera.picture(Integer.parseInt(number)));
                assertThat(seen.notes()).contains("Frame " + number + " of " + camera.stream());
            }
        }
        assertThat(directory).isNotEmptyDirectory();
    }

    @Test
    void aQuestionThatStandsIsListedAndCancelled() throws Exception {
        String stream = "shed";
        Camera camera = CAMERAS.get(1);
        Shell.Running watching =
                Shell.start(
                        command(
                                "ask",
                                "--stream=" + stream,
                                "--standing",
                                "--every=2s",
                                "--on=always",
                                "Is the gate open?"));
        Eventually.until(
                "the question stands",
                () ->
                        topics.answers().all().stream()
                                .anyMatch(answer -> answer.getStream().equals(stream)));
        topics.publish(TopicsUnderTest.frame(stream, 1, camera.picture(FRAMES - 1)));
        Eventually.until("it is answered", () -> !watching.soFar().isEmpty());
        watching.interrupt();
        Shell.Run watched = watching.await();
        assertThat(watched.out().strip()).isEqualTo(camera.gate());
        assertThat(watched.notes()).contains("The question stands on.");

        Shell.Run listed = typeRightly("queries", "list", "--stream", stream);
        assertThat(listed.out()).contains("Is the gate open?").contains("every 2 s");
        String queryId = listed.lines().get(0);
        assertThat(watched.notes()).contains("watchword queries cancel " + queryId);

        assertThat(typeRightly("queries", "cancel", queryId, "--stream", "s*").out())
                .contains(stream + ": Cancelled");
        assertThat(typeRightly("queries", "list", "--stream", stream).out())
                .contains("No question");
        Shell.Run again = type("queries", "cancel", queryId, "--stream", stream);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.notes()).contains(queryId);
    }

    @Test
    void ctrlCCancelsWhatWaits() throws Exception {
        String stream = CAMERAS.get(0).stream();
        Shell.Running waiting =
                Shell.start(
                        command(
                                "ask",
                                "--stream=" + stream,
                                "--as-of=" + TopicsUnderTest.capturedAt(5_000),
                                "--timeout=10min",
                                "Who will come?"));
        Query asked;
        try (TopicReader<Query> queries = topics.queries()) {
            asked =
                    queries.await(
                            "the question", query -> query.getText().equals("Who will come?"));
        }
        waiting.interrupt();

        assertThat(waiting.await().notes()).contains("the question is cancelled");
        Answer answer = topics.answer(asked);
        assertThat(answer.getStatus()).isEqualTo(Status.CANCELLED);
    }
}
