package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.DirectModel;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TestPictures;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.FrameSpan;
import dev.watchword.schemas.Fusion;
import dev.watchword.schemas.FusionKind;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import dev.watchword.schemas.Timings;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From frames and a question on topics to an answer on a topic. */
class AnswersFromFramesTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final String STREAM = "yard";
    private static final String QUESTION = "What is in the yard?";
    private static final int TOKENS = 24;

    @ParameterizedTest
    @EnumSource
    void answersFromExactlyTheFramesBeforeTheQuestionAsTheModelAloneDoes(TestModel model)
            throws InterruptedException {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                JobUnderTest job = JobUnderTest.start(topics, model);
                DirectModel direct = new DirectModel(model)) {
            Instant begin = Instant.now();
            topics.publish(STREAM, 1, 5);
            topics.awaitRemembered(STREAM, 5);
            Query early = topics.ask(topics.question(STREAM, QUESTION));
            Answer first = topics.answer(early);
            topics.publish(STREAM, 6, 9);
            topics.awaitRemembered(STREAM, 9);
            Query late = topics.ask(topics.question(STREAM, QUESTION));
            Answer second = topics.answer(late);

            assertIsAbout(first, early, 5);
            assertIsAbout(second, late, 9);
            assertThat(first.getText()).isEqualTo(textOf(direct, 5));
            assertThat(second.getText()).isEqualTo(textOf(direct, 9)).isNotEqualTo(first.getText());
            assertThat(first.getModel())
                    .isEqualTo(job.service().model().id())
                    .isEqualTo(direct.modelId() + "/float32");
            assertThat(first.getAnsweredAt().orElseThrow())
                    .isBetween(begin.minusMillis(1), Instant.now());
        }
    }

    @Test
    void saysFromHowManyKeyframesItFusedALongHistory() throws InterruptedException {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                JobUnderTest job =
                        JobUnderTest.start(
                                topics,
                                TestModel.TINY,
                                "memory.keyframes-recent=2",
                                "memory.keyframes-sample=3",
                                "memory.keyframes-per-age=0",
                                "memory.history-frames=20")) {
            topics.publish(STREAM, 1, 4);
            topics.awaitRemembered(STREAM, 4);
            Answer few = topics.askAndAwait(topics.question(STREAM, QUESTION));
            topics.publish(STREAM, 5, 30);
            topics.awaitRemembered(STREAM, 20);
            Answer many = topics.askAndAwait(topics.question(STREAM, QUESTION));

            assertThat(few.getFusion()).contains(new Fusion(FusionKind.EXACT, 4));
            assertThat(many.getFusion().orElseThrow().getKind()).isEqualTo(FusionKind.SAMPLED);
            assertThat(many.getFusion().orElseThrow().getFrames()).isBetween(2, 5);
            assertThat(many.getFrames()).isEqualTo(span(11, 30));
            assertThat(job.isRunning()).isTrue();
        }
    }

    private static String textOf(DirectModel direct, long frames) {
        return direct.answer(
                LongStream.rangeClosed(1, frames).mapToObj(n -> TestPictures.of(STREAM, n)),
                QUESTION,
                TOKENS);
    }

    private static void assertIsAbout(Answer answer, Query query, int frames) {
        assertThat(answer.getStatus()).isIn(Status.OK, Status.TRUNCATED);
        assertThat(answer.getAnswerId()).isEqualTo(AnswerId.of(query.getQueryId(), STREAM));
        assertThat(answer.getFrames()).isEqualTo(span(1, frames));
        assertThat(answer.getFusion()).contains(new Fusion(FusionKind.EXACT, frames));
        Timings timings = answer.getTimings().orElseThrow();
        assertThat(timings.getQueued()).isNotNegative();
        assertThat(timings.getFused()).isGreaterThan(timings.getQueued());
        assertThat(timings.getFirstToken()).isGreaterThan(timings.getFused());
        assertThat(timings.getTotal()).isGreaterThan(timings.getFirstToken());
    }

    private static FrameSpan span(long first, long last) {
        return FrameSpan.newBuilder()
                .setCount(last - first + 1)
                .setFirstSequence(first)
                .setFirstCapturedAt(TopicsUnderTest.capturedAt(first))
                .setLastSequence(last)
                .setLastCapturedAt(TopicsUnderTest.capturedAt(last))
                .build();
    }
}
