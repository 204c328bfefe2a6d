package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswersReaderTest {

    @Test
    void fromTheEndMissesNothingThatIsWrittenBeforeTheFirstPoll() throws InterruptedException {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            TestTopics topics = TestTopics.createdAt(broker);
            List<TopicPartition> partitions =
                    topics.access().partitions(topics.kafkaSettings().topics().answers());
            TestAnswers.publish(topics, RecordFormat.AVRO, answer("before"));
            try (AnswersReader reader = AnswersReader.fromEnd(topics.access(), partitions)) {
                TestAnswers.publish(topics, RecordFormat.JSON, answer("after"));

                List<Answer> read = new ArrayList<>();
                while (read.isEmpty()) {
                    read.addAll(reader.poll(Duration.ofMillis(200)));
                }

                assertThat(read).containsExactly(answer("after"));
            }
        }
    }

    private static Answer answer(String queryId) {
        return TestAnswers.answer(queryId, "wood", Status.OK, "text", "");
    }
}
