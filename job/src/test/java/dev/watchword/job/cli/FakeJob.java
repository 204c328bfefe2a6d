package dev.watchword.job.cli;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.UndecodableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Answers every query on the topics at once, on a thread of its own, until it is closed. */
final class FakeJob implements AutoCloseable {
    private final TestTopics topics;
    private final Function<Query, List<Answer>> answers;
    private final List<Query> queries = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "fake job");
    private volatile boolean closed;

    private FakeJob(TestTopics topics, Function<Query, List<Answer>> answers) {
        this.topics = topics;
        this.answers = answers;
    }

    static FakeJob start(TestTopics topics, Function<Query, List<Answer>> answers) {
        FakeJob job = new FakeJob(topics, answers);
        job.thread.start();
        return job;
    }

    /** What has been asked so far. */
    List<Query> queries() {
        return queries;
    }

    /** What has been asked, once it is so much. */
    List<Query> await(int count) throws InterruptedException {
        while (queries.size() < count) {
            Thread.sleep(10);
        }
        return queries;
    }

    /** The queries' record keys. */
    List<String> keys() {
        return keys;
    }

    private void run() {
        Map<String, Object> properties = topics.access().connection().consumer(1 << 20);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        RecordCodec<Query> codec = RecordCodecs.anyFormat(Query.class, RecordFormat.AVRO);
        try (KafkaConsumer<String, byte[]> consumer =
                        new KafkaConsumer<>(
                                properties, new StringDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<String, byte[]> producer = TestAnswers.producer(topics, Map.of())) {
            List<TopicPartition> partitions =
                    topics.access().partitions(topics.kafkaSettings().topics().queries());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                    Query query = codec.decode(record.value());
                    queries.add(query);
                    keys.add(record.key());
                    for (Answer answer : answers.apply(query)) {
                        TestAnswers.send(producer, topics, RecordFormat.AVRO, answer);
                    }
                }
            }
        } catch (InterruptedException | UndecodableRecordException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
