package dev.watchword.job.cli;

import dev.watchword.job.retry.Timekeeper;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A job's topics, for somebody who publishes frames, asks very often, and reads all answers. */
final class JobTopics implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LONGEST_POLL = Duration.ofMillis(200);
    private static final RecordCodec<Frame> FRAMES =
            RecordCodecs.of(Frame.class, RecordFormat.AVRO);

    private final BrokerAccess broker;
    private final KafkaProducer<String, byte[]> producer;
    private final AnswersReader reader;
    private final RecordCodec<Query> queries;
    private final Map<String, Answer> unclaimed = new HashMap<>();
    private final AtomicReference<Exception> refusal = new AtomicReference<>();
    private long questions;

    private JobTopics(
            BrokerAccess broker, KafkaProducer<String, byte[]> producer, AnswersReader reader) {
        this.broker = broker;
        this.producer = producer;
        this.reader = reader;
        this.queries = Codecs.queries(broker.settings());
    }

    /** Connects to topics that exist. */
    static JobTopics open(BrokerAccess broker) throws InterruptedException {
        AnswersReader reader = AnswersReader.fromEnd(broker);
        Map<String, Object> properties =
                broker.connection().producer(broker.settings().maxRecordSize().toIntBytes());
        return new JobTopics(
                broker,
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()),
                reader);
    }

    Timekeeper timekeeper() {
        return broker.timekeeper();
    }

    void publish(Frame frame) {
        send(broker.settings().topics().frames(), frame.getStream(), FRAMES.encode(frame));
    }

    /** Asks; returns the query's id. */
    String ask(Query.Builder query) {
        String id = "exam-" + questions++;
        Query complete = query.setQueryId(id).build();
        String key =
                complete.getStreams().isEmpty()
                        ? complete.getStream()
                        : complete.getStreams().get(0);
        send(broker.settings().topics().queries(), key, queries.encode(complete));
        return id;
    }

    private void send(String topic, String stream, byte[] value) {
        producer.send(
                new ProducerRecord<>(topic, stream, value),
                (metadata, failure) -> {
                    if (failure != null) {
                        refusal.compareAndSet(null, failure);
                    }
                });
    }

    /** Returns when the broker has what was published and asked. */
    void flush() {
        producer.flush();
        if (refusal.get() != null) {
            throw new CommandFailedException(
                    "the broker refused a record: " + refusal.get().getMessage(), refusal.get());
        }
    }

    /** Waits for an answer as long as answers keep coming. */
    Answer await(String queryId) throws InterruptedException {
        long begin = timekeeper().nanoTime();
        while (!unclaimed.containsKey(queryId)) {
            for (Answer answer : reader.poll(LONGEST_POLL)) {
                unclaimed.put(answer.getQueryId(), answer);
                begin = timekeeper().nanoTime();
            }
            if (timekeeper().nanoTime() - begin > PATIENCE.toNanos()) {
                throw new CommandFailedException(
                        "the job gave no answer for %d minutes".formatted(PATIENCE.toMinutes()));
            }
        }
        return unclaimed.remove(queryId);
    }

    @Override
    public void close() {
        producer.close();
        reader.close();
    }
}
