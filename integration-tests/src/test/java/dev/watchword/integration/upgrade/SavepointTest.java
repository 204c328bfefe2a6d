package dev.watchword.integration.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.ListedQuery;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Standing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private static final String WATCHED = "watched";
    private static final String ASKED = "asked";
    private static final String STANDING = "stands";
    private static final String WAITING = "waits";
    private static final String QUESTION = "What happened?";
    private static final int FRAMES = 5;
    private static final int TOKENS = 6;

    private static TopicsUnderTest topics(String savepoint) throws InterruptedException {
        return new TopicsUnderTest(KAFKA.bootstrap(), "savepoint-" + savepoint);
    }

    private static Settings settings(TopicsUnderTest topics) {
        return JobUnderTest.settings(topics, "engine.max-tokens=" + TOKENS);
    }

    static Stream<String> savepoints() throws Exception {
        try (Stream<Path> all = Files.list(SAVEPOINTS)) {
            return all
                    .filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("savepoints")
    void everythingThatWasSavedIsThere(String number) throws Exception {
        Path savepoint = SAVEPOINTS.resolve(number).toAbsolutePath();
        try (TopicsUnderTest topics = topics(number);
                DirectModel direct = new DirectModel(TestModel.TINY)) {
            TopicOffsets.read(savepoint.resolve(OFFSETS)).fill(topics.bootstrap());
            try (FaultyJob job =
                    FaultyJob.start(settings(topics), TestModel.TINY, Optional.of(savepoint))) {
                Answer waited =
                        topics.answers()
                                .await(
                                        "the answer to the question that waited",
                                        answer -> answer.getQueryId().equals(WAITING));
                assertToldOf(direct, waited, FRAMES);
                assertThat(waited.getAnswerId()).isEqualTo(AnswerId.of(WAITING, ASKED));
                assertThat(job.engine().hasFailed()).isFalse();

                assertThat(listed(topics).getQueryId()).isEqualTo(STANDING);
                assertThat(listed(topics).getEvaluations() + listed(topics).getSkipped())
                        .isEqualTo(3);
                for (String stream : List.of(WATCHED, ASKED)) {
                    assertToldOf(
                            direct, topics.askAndAwait(topics.question(stream, QUESTION)), FRAMES);
                    topics.publish(stream, FRAMES + 1, FRAMES + 2);
                    topics.awaitRemembered(stream, FRAMES + 2);
                }
                Eventually.until(
                        "the standing question goes on",
                        () -> listed(topics).getEvaluations() + listed(topics).getSkipped() == 4);
            }
        }
    }

    /** Writes a savepoint, when the system property says under which number. */
    @Test
    @EnabledIfSystemProperty(named = NUMBER, matches = "\\d+")
    void write() throws Exception {
        String number = System.getProperty(NUMBER);
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
            job.engine().holdAnswers();
            topics.ask(topics.question(ASKED, QUESTION).setQueryId(WAITING));
            Eventually.until(
                    "the question is with the engine", () -> job.engine().questionsTaken() == 1);
            Path savepoint = job.stopWithSavepoint(directory.path());

            Path target = Files.createDirectories(SAVEPOINTS.resolve(number));
            try (Stream<Path> files = Files.list(savepoint)) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.resolve(file.getFileName()));
                }
            }
            TopicOffsets.of(
                            topics.bootstrap(),
                            List.of(topics.names().frames(), topics.names().queries()))
                    .write(target.resolve(OFFSETS));
        }
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
                .isEqualTo(
                        direct.answer(
                                LongStream.rangeClosed(1, frames)
                                        .mapToObj(n -> TestPictures.of(answer.getStream(), n)),
                                QUESTION,
                                TOKENS));
    }
}
