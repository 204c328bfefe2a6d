package dev.watchword.integration.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.Checkpoints;
import dev.watchword.integration.rig.DirectModel;
import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.FaultyJob;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TestPictures;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.service.TemporaryDirectory;
import dev.watchword.job.settings.Settings;
import dev.watchword.model.text.Turn;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.ListedQuery;
import dev.watchword.schemas.Priority;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.StreamFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What earlier versions of the job saved, this version goes on from. {@code
 * src/test/resources/savepoints/README.md} says how the next savepoint is written.
 */
class SavepointTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Path SAVEPOINTS = Path.of("src", "test", "resources", "savepoints");
    private static final String NUMBER = "watchword.savepoint.write";
    private static final String OFFSETS = "offsets.properties";
    private static final String KEPT = "kept.txt";

    /** From this one on savepoints hold conversations, moments to come and combined questions. */
    private static final int FIRST_WITH_CONVERSATIONS = 2;

    /** From this one on questions have a priority. */
    private static final int FIRST_WITH_PRIORITIES = 3;

    private static final String WATCHED = "watched";
    private static final String WATCHED_PATTERN = "watch*";
    private static final String ASKED = "asked";
    private static final String STANDING = "stands";
    private static final String WAITING = "waits";
    private static final String URGENT = "urgent";
    private static final String ANSWERED = "answered";
    private static final String AHEAD = "ahead";
    private static final String TOGETHER = "together";
    private static final String TOGETHER_AHEAD = "together-ahead";
    private static final String QUESTION = "What happened?";
    private static final String FOLLOW_UP = "And then?";
    private static final int FRAMES = 5;
    private static final int TOKENS = 6;

    /** When the first frame was captured that no savepoint holds. */
    private static final Instant TO_COME = TopicsUnderTest.capturedAt(FRAMES + 1);

    private static TopicsUnderTest topics(int savepoint) throws InterruptedException {
        return new TopicsUnderTest(KAFKA.bootstrap(), "savepoint-" + savepoint);
    }

    private static Settings settings(TopicsUnderTest topics) {
        return JobUnderTest.settings(
                topics,
                "engine.max-tokens=" + TOKENS,
                "engine.answers-at-once=1",
                "engine.combine-wait=10 min");
    }

    static List<Integer> savepoints() throws IOException {
        try (Stream<Path> all = Files.list(SAVEPOINTS)) {
            return all.filter(Files::isDirectory)
                    .map(path -> Integer.valueOf(path.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static Path directory(int savepoint) {
        return SAVEPOINTS.resolve(Integer.toString(savepoint)).toAbsolutePath();
    }

    @ParameterizedTest
    @MethodSource("savepoints")
    void everythingThatWasSavedIsThere(int number) throws Exception {
        Path savepoint = directory(number);
        try (TopicsUnderTest topics = topics(number);
                DirectModel direct = new DirectModel(TestModel.TINY)) {
            TopicOffsets.read(savepoint.resolve(OFFSETS)).fill(topics.bootstrap());
            try (FaultyJob job =
                    FaultyJob.start(settings(topics), TestModel.TINY, Optional.of(savepoint))) {
                Answer waited = answerTo(topics, WAITING);
                assertToldOf(direct, waited, FRAMES);
                assertThat(waited.getAnswerId()).isEqualTo(AnswerId.of(WAITING, ASKED));
                assertThat(job.engine().hasFailed()).isFalse();

                if (number >= FIRST_WITH_PRIORITIES) {
                    assertToldOf(direct, answerTo(topics, URGENT), FRAMES);
                    assertUrgentCameFirst(topics);
                }
                assertThat(listed(topics).getQueryId()).isEqualTo(STANDING);
                assertThat(listed(topics).getEvaluations() + listed(topics).getSkipped())
                        .isEqualTo(3);
                if (number >= FIRST_WITH_CONVERSATIONS) {
                    assertToldOfTogether(direct, answerTo(topics, TOGETHER), FRAMES);
                    assertFollows(direct, topics);
                    assertFound(direct, topics);
                }
                for (String stream : List.of(WATCHED, ASKED)) {
                    assertToldOf(
                            direct, topics.askAndAwait(topics.question(stream, QUESTION)), FRAMES);
                    topics.publish(stream, FRAMES + 1, FRAMES + 2);
                    topics.awaitRemembered(stream, FRAMES + 2);
                }
                Eventually.until(
                        "the standing question goes on",
                        () -> listed(topics).getEvaluations() + listed(topics).getSkipped() == 4);
                if (number >= FIRST_WITH_CONVERSATIONS) {
                    assertToldOf(direct, answerTo(topics, AHEAD), FRAMES + 1);
                    assertToldOfTogether(direct, answerTo(topics, TOGETHER_AHEAD), FRAMES + 1);
                }
            }
        }
    }

    /** Both are of one stream, so the topic has their answers in the order of their making. */
    private static void assertUrgentCameFirst(TopicsUnderTest topics) {
        assertThat(
                        topics.answers().all().stream()
                                .map(Answer::getQueryId)
                                .filter(id -> id.equals(WAITING) || id.equals(URGENT)))
                .containsExactly(URGENT, WAITING);
    }

    /** A question that was answered before can be followed. */
    private static void assertFollows(DirectModel direct, TopicsUnderTest topics) {
        Turn earlier = new Turn(QUESTION, direct.answer(pictures(ASKED, FRAMES), QUESTION, TOKENS));
        Query.Builder followUp = topics.question(ASKED, FOLLOW_UP).setFollowUpTo(ANSWERED);
        assertThat(topics.askAndAwait(followUp).getText())
                .isEqualTo(
                        direct.answer(
                                pictures(ASKED, FRAMES), List.of(earlier), FOLLOW_UP, TOKENS));
    }

    /** A pattern finds a stream of which no frame has come since. */
    private static void assertFound(DirectModel direct, TopicsUnderTest topics) {
        Query query =
                topics.ask(topics.question("", QUESTION).setStreams(List.of(WATCHED_PATTERN)));
        assertToldOf(direct, topics.answer(query, WATCHED), FRAMES);
    }

    @Test
    void theNewestSavepointHoldsAllThatIsKept() throws Exception {
        int newest = savepoints().get(savepoints().size() - 1);
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                TemporaryDirectory directory = TemporaryDirectory.create("savepoint");
                FaultyJob job = FaultyJob.start(settings(topics), TestModel.TINY)) {
            new Checkpoints(topics.checkpointDirectory()).awaitAnother();
            assertThat(KeptState.of(job.stopWithSavepoint(directory.path())).lines())
                    .as(
                            "What the job keeps is not what savepoint %d holds: let SavepointTest put what is new into the next savepoint and look for it, then write it with -D%s=%d, as %s says",
                            newest, NUMBER, newest + 1, SAVEPOINTS.resolve("README.md"))
                    .containsExactlyInAnyOrderElementsOf(
                            KeptState.read(directory(newest).resolve(KEPT)).lines());
        }
    }

    /** Writes a savepoint, when the system property says under which number. */
    @Test
    @EnabledIfSystemProperty(named = NUMBER, matches = "\\d+")
    void write() throws Exception {
        int number = Integer.getInteger(NUMBER);
        try (TopicsUnderTest topics = topics(number);
                TemporaryDirectory directory = TemporaryDirectory.create("savepoint");
                FaultyJob job = FaultyJob.start(settings(topics), TestModel.TINY)) {
            topics.askAndAwait(
                    topics.question(WATCHED, QUESTION)
                            .setQueryId(STANDING)
                            .setMode(QueryMode.STANDING)
                            .setStanding(Standing.newBuilder().setEveryFrames(2L).build()));
            for (String stream : List.of(WATCHED, ASKED)) {
                topics.publish(stream, 1, FRAMES);
                topics.awaitRemembered(stream, FRAMES);
            }
            Eventually.until(
                    "the standing question has been evaluated",
                    () -> listed(topics).getEvaluations() + listed(topics).getSkipped() == 3);
            topics.askAndAwait(topics.question(ASKED, QUESTION).setQueryId(ANSWERED));
            topics.awaitKnown(WATCHED);
            job.engine().holdAnswers();
            // What waits for a moment is asked first: it waits when the rest is with the engine.
            topics.ask(topics.question(ASKED, QUESTION).setQueryId(AHEAD).setAsOf(TO_COME));
            topics.ask(
                    topics.question(ASKED, QUESTION).setQueryId(WAITING).setPriority(Priority.LOW));
            topics.ask(
                    topics.question(ASKED, QUESTION).setQueryId(URGENT).setPriority(Priority.HIGH));
            topics.ask(together(topics).setQueryId(TOGETHER_AHEAD).setAsOf(TO_COME));
            topics.ask(together(topics).setQueryId(TOGETHER));
            Eventually.until(
                    "the questions are with the engine", () -> job.engine().questionsTaken() == 3);
            Path savepoint = job.stopWithSavepoint(directory.path());

            Path target = Files.createDirectories(directory(number));
            try (Stream<Path> files = Files.list(savepoint)) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.resolve(file.getFileName()));
                }
            }
            TopicOffsets.of(
                            topics.bootstrap(),
                            List.of(topics.names().frames(), topics.names().queries()))
                    .write(target.resolve(OFFSETS));
            KeptState.of(target).write(target.resolve(KEPT));
        }
    }

    private static Query.Builder together(TopicsUnderTest topics) {
        return topics.question("", QUESTION)
                .setStreams(List.of(ASKED, WATCHED_PATTERN))
                .setCombine(true);
    }

    private static Answer answerTo(TopicsUnderTest topics, String queryId) {
        return topics.answers()
                .await(
                        "the answer to the question " + queryId,
                        answer -> answer.getQueryId().equals(queryId));
    }

    private static ListedQuery listed(TopicsUnderTest topics) {
        List<ListedQuery> all =
                topics.askAndAwait(topics.question(WATCHED, "").setMode(QueryMode.LIST))
                        .getStanding();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static void assertToldOf(DirectModel direct, Answer answer, long frames) {
        assertThat(answer.getFrames().getCount()).isEqualTo(frames);
        assertThat(answer.getFrames().getFirstSequence()).contains(1L);
        assertThat(answer.getFrames().getLastSequence()).contains(frames);
        assertThat(answer.getText())
                .isEqualTo(direct.answer(pictures(answer.getStream(), frames), QUESTION, TOKENS));
    }

    private static void assertToldOfTogether(DirectModel direct, Answer answer, long frames) {
        Map<String, List<byte[]>> seen = new LinkedHashMap<>();
        for (StreamFrames each : answer.getStreams()) {
            assertThat(each.getCount()).isEqualTo(frames);
            seen.put(each.getStream(), pictures(each.getStream(), frames).toList());
        }
        assertThat(seen).containsOnlyKeys(ASKED, WATCHED);
        assertThat(answer.getText()).isEqualTo(direct.answerTogether(seen, QUESTION, TOKENS));
    }

    private static Stream<byte[]> pictures(String stream, long frames) {
        return LongStream.rangeClosed(1, frames).mapToObj(n -> TestPictures.of(stream, n));
    }
}
