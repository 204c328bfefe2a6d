package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.Checkpoints;
import dev.watchword.integration.rig.DirectModel;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TestPictures;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.model.text.Turn;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Status;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Questions as of a moment, follow-ups and answers in parts, through the topics. */
class ConversationTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final String STREAM = "lane";
    private static final int TOKENS = 24;

    private static Stream<byte[]> pictures(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(n -> TestPictures.of(STREAM, n));
    }

    @Test
    void aFollowUpIsAnsweredAsTheModelDoesBehindTheSameTurns() throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                JobUnderTest job = JobUnderTest.start(topics, TestModel.TINY);
                DirectModel direct = new DirectModel(TestModel.TINY)) {
            topics.publish(STREAM, 1, 5);
            topics.awaitRemembered(STREAM, 5);
            Query first = topics.ask(topics.question(STREAM, "Is there a </s> dog?"));
            Query second =
                    topics.ask(
                            topics.question(STREAM, "What colour?")
                                    .setFollowUpTo(first.getQueryId()));
            Query third =
                    topics.ask(
                            topics.question(STREAM, "And now?")
                                    .setFollowUpTo(second.getQueryId())
                                    .setScope(Scope.newBuilder().setLastFrames(2L).build()));

            String one = topics.answer(first).getText();
            String two = topics.answer(second).getText();
            Turn firstTurn = new Turn(first.getText(), one);
            assertThat(two)
                    .isEqualTo(
                            direct.answer(
                                    pictures(1, 5), List.of(firstTurn), second.getText(), TOKENS))
                    .isNotEqualTo(direct.answer(pictures(1, 5), second.getText(), TOKENS));
            assertThat(topics.answer(third).getText())
                    .isEqualTo(
                            direct.answer(
                                    pictures(4, 5),
                                    List.of(firstTurn, new Turn(second.getText(), two)),
                                    third.getText(),
                                    TOKENS));
            assertThat(job.isRunning()).isTrue();
        }
    }

    @Test
    void aQuestionAsOfAMomentToComeOutlivesTheJobAndSeesItsFrames() throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                DirectModel direct = new DirectModel(TestModel.TINY)) {
            Query query;
            try (JobUnderTest job = JobUnderTest.start(topics, TestModel.TINY)) {
                topics.publish(STREAM, 1, 3);
                topics.awaitRemembered(STREAM, 3);
                query =
                        topics.ask(
                                topics.question(STREAM, "Who came?")
                                        .setAsOf(TopicsUnderTest.capturedAt(5)));
                Query late =
                        topics.ask(
                                topics.question(STREAM, "Who?")
                                        .setAsOf(TopicsUnderTest.capturedAt(9))
                                        .setDeadline(Instant.now().plusSeconds(1)));
                assertThat(topics.answer(late).getStatus()).isEqualTo(Status.EXPIRED);
                assertThat(topics.answer(late).getReason())
                        .contains(TopicsUnderTest.capturedAt(3).toString());
                new Checkpoints(topics.checkpointDirectory()).awaitAnother();
                assertThat(job.isRunning()).isTrue();
            }
            try (JobUnderTest job =
                    JobUnderTest.start(JobUnderTest.settings(topics), TestModel.TINY, true)) {
                topics.publish(STREAM, 4, 8);

                Answer answer = topics.answer(query);
                assertThat(answer.getFrames().getLastSequence()).contains(5L);
                assertThat(answer.getText())
                        .isEqualTo(direct.answer(pictures(1, 5), query.getText(), TOKENS));
                assertThat(job.isRunning()).isTrue();
            }
        }
    }

    @Test
    void anAnswerIsSentInPartsAndThenWhole() throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                JobUnderTest job =
                        JobUnderTest.start(topics, TestModel.TINY, "engine.partial-interval=0 s")) {
            topics.publish(STREAM, 1, 3);
            topics.awaitRemembered(STREAM, 3);
            Query query = topics.ask(topics.question(STREAM, "What is there?").setPartial(true));
            Answer whole = topics.answer(query);

            assertThat(whole.getAnswerId()).isEqualTo(AnswerId.of(query.getQueryId(), STREAM));
            List<Answer> parts =
                    topics.answers().all().stream()
                            .filter(answer -> answer.getQueryId().equals(query.getQueryId()))
                            .filter(answer -> answer.getStatus() == Status.PARTIAL)
                            .toList();
            assertThat(parts).isNotEmpty();
            String before = "";
            for (int i = 0; i < parts.size(); i++) {
                assertThat(parts.get(i).getPart()).contains(i + 1);
                assertThat(parts.get(i).getText()).startsWith(before).isNotEqualTo(before);
                before = parts.get(i).getText();
            }
            assertThat(whole.getText()).startsWith(before);
            assertThat(job.isRunning()).isTrue();
        }
    }
}
