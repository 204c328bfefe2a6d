package dev.watchword.integration.rig;

import dev.watchword.job.kafka.KafkaConnection;
import dev.watchword.job.kafka.TopicLayout;
import dev.watchword.job.kafka.Topics;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.service.TemporaryDirectory;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.DeadLetter;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.Status;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Four topics of a test's own, with what stands around the job: cameras that publish frames, people
 * who ask, readers of what the job writes, and its checkpoints. They outlive the job. For one thread.
 */
public final class TopicsUnderTest implements AutoCloseable {
    /** Of every topic. */
    public static final int LARGEST_RECORD = 8 << 20;

    private static final int PARTITIONS = 4;
    private static final Instant FIRST_CAPTURE = Instant.parse("2026-11-20T08:00:00Z");
    private static final RecordCodec<Frame> FRAMES =
            RecordCodecs.of(Frame.class, RecordFormat.AVRO);
    private static final RecordCodec<Query> QUERIES =
            RecordCodecs.of(Query.class, RecordFormat.AVRO);

    private final String bootstrap;
    private final Topics topics;
    private final KafkaProducer<String, byte[]> producer;
    private final TopicReader<Answer> answers;
    private final TopicReader<DeadLetter> deadLetters;
    private final TemporaryDirectory checkpoints = TemporaryDirectory.create("checkpoints");
    private final AtomicInteger questions = new AtomicInteger();

    /** Makes the topics. */
    public TopicsUnderTest(String bootstrap) throws InterruptedException {
        this(bootstrap, "test-" + UUID.randomUUID());
    }

    /**
     * Makes the topics.
     *
     * @param prefix with which their names begin
     */
    public TopicsUnderTest(String bootstrap, String prefix) throws InterruptedException {
        this.bootstrap = bootstrap;
        this.topics =
                new Topics(
                        prefix + ".frames",
                        prefix + ".queries",
                        prefix + ".answers",
                        prefix + ".dead-letters");
        KafkaConnection broker = KafkaConnection.to(bootstrap);
        try (Admin admin = Admin.create(broker.admin())) {
            TopicLayout layout = new TopicLayout(PARTITIONS, (short) 1, LARGEST_RECORD);
            topics.createMissing(admin, layout, Timekeeper.system());
        }
        this.producer =
                new KafkaProducer<>(
                        broker.producer(LARGEST_RECORD),
                        new StringSerializer(),
                        new ByteArraySerializer());
        this.answers =
                new TopicReader<>(
                        broker,
                        topics.answers(),
                        RecordCodecs.anyFormat(Answer.class, RecordFormat.AVRO));
        this.deadLetters =
                new TopicReader<>(
                        broker,
                        topics.deadLetters(),
                        RecordCodecs.of(DeadLetter.class, RecordFormat.AVRO));
    }

    /** The broker's address. */
    public String bootstrap() {
        return bootstrap;
    }

    /** The topics' names. */
    public Topics names() {
        return topics;
    }

    /** What the job answered. */
    public TopicReader<Answer> answers() {
        return answers;
    }

    /** A reader of what was asked, by whomever. */
    public TopicReader<Query> queries() {
        return new TopicReader<>(
                KafkaConnection.to(bootstrap),
                topics.queries(),
                RecordCodecs.anyFormat(Query.class, RecordFormat.AVRO));
    }

    /** What the job set aside. */
    public TopicReader<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** Where the job keeps its checkpoints. */
    public Path checkpointDirectory() {
        return checkpoints.path();
    }

    /** When the camera of a test captures a frame: a second after the one before. */
    public static Instant capturedAt(long sequence) {
        return FIRST_CAPTURE.plusSeconds(sequence);
    }

    /** A frame with the test picture of its stream and sequence. */
    public static Frame frame(String stream, long sequence) {
        return frame(stream, sequence, TestPictures.of(stream, sequence));
    }

    /** A frame with a picture. */
    public static Frame frame(String stream, long sequence, byte[] picture) {
        return Frame.newBuilder()
                .setStream(stream)
                .setSequence(sequence)
                .setCapturedAt(capturedAt(sequence))
                .setImage(ByteBuffer.wrap(picture))
                .build();
    }

    /** Publishes a frame. */
    public Future<RecordMetadata> publish(Frame frame) {
        return send(topics.frames(), frame.getStream(), FRAMES.encode(frame));
    }

    /** Publishes test pictures as the frames from one sequence to another, both included. */
    public void publish(String stream, long first, long last) {
        LongStream.rangeClosed(first, last).forEach(n -> publish(frame(stream, n)));
    }

    /** Sends a value as it is. */
    public Future<RecordMetadata> send(String topic, String key, byte[] value) {
        return producer.send(new ProducerRecord<>(topic, key, value));
    }

    /** Where a record went, once the broker has it. */
    public static RecordMetadata sent(Future<RecordMetadata> sending) {
        try {
            return sending.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The test was interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError("The broker did not take a record", e);
        }
    }

    /** The dead letter of a record that was sent. */
    public DeadLetter letterOf(Future<RecordMetadata> sending) {
        RecordMetadata sent = sent(sending);
        return deadLetters.await(
                "the dead letter of " + sent,
                letter ->
                        letter.getTopic().equals(sent.topic())
                                && letter.getPartition() == sent.partition()
                                && letter.getOffset() == sent.offset());
    }

    /** A question about a stream, with an id of its own, to be completed and asked. */
    public Query.Builder question(String stream, String text) {
        return Query.newBuilder()
                .setQueryId("question-" + questions.incrementAndGet())
                .setStream(stream)
                .setText(text);
    }

    /** Asks, and does not wait for the answer; the broker has the query when this returns. */
    public Query ask(Query.Builder question) {
        Query query = question.build();
        sent(send(topics.queries(), query.getStream(), QUERIES.encode(query)));
        return query;
    }

    /** The answer to a query from the only stream that it names. */
    public Answer answer(Query query) {
        return answer(query, query.getStream());
    }

    /** The whole answer to a query from one of the streams that it names. */
    public Answer answer(Query query, String stream) {
        return answers.await(
                "the answer to " + query + " from " + stream,
                answer ->
                        answer.getQueryId().equals(query.getQueryId())
                                && answer.getStatus() != Status.PARTIAL
                                && answer.getStream().equals(stream));
    }

    /** Asks and waits for the answer. */
    public Answer askAndAwait(Query.Builder question) {
        return answer(ask(question));
    }

    /** Waits until the job remembers so many frames of a stream, by asking until it says so. */
    public void awaitRemembered(String stream, long frames) {
        Eventually.until(
                frames + " frames of " + stream + " are remembered",
                () ->
                        askAndAwait(question(stream, "How many?").setMaxTokens(1))
                                        .getFrames()
                                        .getCount()
                                == frames);
    }

    /** Waits until patterns find a stream, by asking with one until the job says so. */
    public void awaitKnown(String stream) {
        Eventually.until(
                stream + " is known",
                () -> {
                    Query list =
                            ask(
                                    question("", "")
                                            .setStreams(List.of(stream + "*"))
                                            .setMode(QueryMode.LIST));
                    return answers.await(
                                            "the answer to " + list,
                                            answer -> answer.getQueryId().equals(list.getQueryId()))
                                    .getStatus()
                            == Status.OK;
                });
    }

    @Override
    public void close() {
        producer.close();
        answers.close();
        deadLetters.close();
        checkpoints.close();
    }
}
