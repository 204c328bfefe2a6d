package dev.watchword.job.cli;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.FrameSpan;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.Status;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes answers and puts them on their topic, as the job does. */
final class TestAnswers {
    private TestAnswers() {}

    static Answer answer(Query query, Status status, String text, String reason) {
        return answer(query.getQueryId(), query.getStream(), status, text, reason);
    }

    static Answer answer(String queryId, String stream, Status status, String text, String reason) {
        return Answer.newBuilder()
                .setQueryId(queryId)
                .setAnswerId(AnswerId.of(queryId, stream))
                .setStream(stream)
                .setText(text)
                .setStatus(status)
                .setReason(reason)
                .setFrames(FrameSpan.newBuilder().setCount(3).build())
                .build();
    }

    static void publish(TestTopics topics, RecordFormat format, Answer... answers) {
        try (KafkaProducer<String, byte[]> producer = producer(topics, Map.of())) {
            for (Answer answer : answers) {
                send(producer, topics, format, answer);
            }
        }
    }

    static KafkaProducer<String, byte[]> producer(
            TestTopics topics, Map<String, Object> furtherProperties) {
        Map<String, Object> properties = topics.access().connection().producer(1 << 20);
        properties.putAll(furtherProperties);
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    static void send(
            KafkaProducer<String, byte[]> producer,
            TestTopics topics,
            RecordFormat format,
            Answer answer) {
        byte[] value = RecordCodecs.of(Answer.class, format).encode(answer);
        try {
            producer.send(
                            new ProducerRecord<>(
                                    topics.kafkaSettings().topics().answers(),
                                    answer.getStream(),
                                    value))
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
