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
import dev.watchword.schemas.ListedQuery;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Standing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that is stopped with a savepoint, and goes on with another parallelism. */
class RescaleTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final List<String> STREAMS = List.of("a", "b", "c", "d", "e", "f");
    private static final String QUESTION = "What happened?";
    private static final int TOKENS = 6;
    private static final int FRAMES = 6;

    private static DirectModel direct;

    @BeforeAll
    static void load() {
        direct = new DirectModel(TestModel.TINY);
    }

    @AfterAll
    static void unload() {
        direct.close();
    }

    private static Settings settings(TopicsUnderTest topics, int parallelism) {
        return JobUnderTest.settings(
                topics,
                "engine.max-tokens=" + TOKENS,
                "engine.answers-at-once=" + STREAMS.size(),
                "job.parallelism=" + parallelism);
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "3, 2"})
    void everyHistoryAndEveryQuestionGoesAlong(int before, int after) throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                TemporaryDirectory savepoints = TemporaryDirectory.create("savepoints")) {
            List<Query> waiting;
            Path savepoint;
            try (FaultyJob job = FaultyJob.start(settings(topics, before), TestModel.TINY)) {
                STREAMS.forEach(stream -> stand(topics, stream));
                STREAMS.forEach(stream -> topics.publish(stream, 1, FRAMES));
                STREAMS.forEach(stream -> topics.awaitRemembered(stream, FRAMES));
                STREAMS.forEach(stream -> awaitDealtWith(topics, stream, FRAMES / 2));
                job.engine().holdAnswers();
                waiting =
                        STREAMS.stream()
                                .map(stream -> topics.ask(topics.question(stream, QUESTION)))
                                .toList();
                Eventually.until(
                        "all questions are with the engine",
                        () -> job.engine().questionsTaken() == STREAMS.size());
                savepoint = job.stopWithSavepoint(savepoints.path());
            }
            try (FaultyJob job =
                    FaultyJob.start(
                            settings(topics, after), TestModel.TINY, Optional.of(savepoint))) {
                waiting.forEach(query -> assertToldOf(topics.answer(query), FRAMES));
                for (String stream : STREAMS) {
                    topics.publish(stream, FRAMES + 1, FRAMES + 2);
                    topics.awaitRemembered(stream, FRAMES + 2);
                    assertToldOf(topics.askAndAwait(topics.question(stream, QUESTION)), FRAMES + 2);
                    awaitDealtWith(topics, stream, FRAMES / 2 + 1);
                }
                assertThat(job.engine().hasFailed()).isFalse();
            }
            assertThat(topics.answers().all())
                    .filteredOn(answer -> answer.getFrames().getCount() > 0)
                    .extracting(Answer::getAnswerId)
                    .doesNotHaveDuplicates();
        }
    }

    /** Lets a question stand that is evaluated at every other frame. */
    private static void stand(TopicsUnderTest topics, String stream) {
        Query.Builder query =
                topics.question(stream, QUESTION)
                        .setMode(QueryMode.STANDING)
                        .setStanding(Standing.newBuilder().setEveryFrames(2L).build());
        assertThat(topics.askAndAwait(query).getReason()).contains("stands");
    }

    private static void awaitDealtWith(TopicsUnderTest topics, String stream, long times) {
        Eventually.until(
                "the standing question of %s was due %d times".formatted(stream, times),
                () -> {
                    List<ListedQuery> all =
                            topics.askAndAwait(topics.question(stream, "").setMode(QueryMode.LIST))
                                    .getStanding();
                    assertThat(all).hasSize(1);
                    return all.get(0).getEvaluations() + all.get(0).getSkipped() == times;
                });
    }

    private static void assertToldOf(Answer answer, long frames) {
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
