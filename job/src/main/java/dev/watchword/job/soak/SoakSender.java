package dev.watchword.job.soak;

import dev.watchword.job.kafka.KafkaConnection;
import dev.watchword.job.kafka.Topics;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.Report;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Standing;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends frames and questions, and tells the ledger. Thread-safe. */
final class SoakSender implements AutoCloseable {
    private static final int LARGEST_RECORD = 1 << 20;
    private static final int MOST_TOKENS = 8;
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(10);

    /** Frames are a second apart by their own clock, however fast they come. */
    private static final Instant FIRST_CAPTURE = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<String> QUESTIONS =
            List.of(
                    "Is the gate closed now?",
                    "How many cars came so far?",
                    "Was a dog here?",
                    "What colour is the van?");
    private static final RecordCodec<Frame> FRAMES =
            RecordCodecs.of(Frame.class, RecordFormat.AVRO);
    private static final RecordCodec<Query> QUERIES =
            RecordCodecs.of(Query.class, RecordFormat.AVRO);

    private final Topics topics = Topics.defaults();
    private final SoakPlan plan;
    private final Ledger ledger;
    private final SafeFrames safe;
    private final List<byte[]> pictures;
    private final Timekeeper timekeeper;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicInteger questions = new AtomicInteger();
    private final Queue<RecordMetadata> standing = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Exception> refusal = new AtomicReference<>();
    private final AtomicReference<Optional<FaultWatch>> watch =
            new AtomicReference<>(Optional.empty());

    /**
     * @param pictures of which each stream shows one after the other, again and again
     */
    SoakSender(
            KafkaConnection connection,
            SoakPlan plan,
            Ledger ledger,
            SafeFrames safe,
            List<byte[]> pictures,
            Timekeeper timekeeper) {
        this.timekeeper = timekeeper;
        this.plan = plan;
        this.ledger = ledger;
        this.safe = safe;
        this.pictures = pictures;
        Map<String, Object> properties = connection.producer(LARGEST_RECORD);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) LONGEST_OUTAGE.toMillis());
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_OUTAGE.toMillis());
        this.producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** From now on, every question is told to a watch. */
    void tell(FaultWatch fault) {
        watch.set(Optional.of(fault));
    }

    /** Sends a stream's next frame. Of one stream from one thread at a time. */
    void frame(int stream) {
        long place = ledger.sent(stream);
        ledger.sending(stream);
        byte[] picture = pictures.get((int) ((place + 7L * stream) % pictures.size()));
        Frame frame =
                Frame.newBuilder()
                        .setStream(plan.stream(stream))
                        .setSequence(plan.sequence(stream, place))
                        .setCapturedAt(capturedAt(place))
                        .setImage(ByteBuffer.wrap(picture))
                        .build();
        producer.send(
                new ProducerRecord<>(topics.frames(), frame.getStream(), FRAMES.encode(frame)),
                (where, failure) -> {
                    if (failure == null) {
                        safe.taken(stream, where);
                    } else {
                        refusal.compareAndSet(null, failure);
                    }
                });
    }

    private static Instant capturedAt(long place) {
        return FIRST_CAPTURE.plusSeconds(place);
    }

    /** Asks about all frames of a stream, and gives the question's id. */
    String askAll(int stream) {
        return ask(stream, AskedQuestion.Kind.OPEN, Long.MAX_VALUE);
    }

    /** Asks about the last frames of a stream. */
    void askLast(int stream, long frames) {
        ask(stream, AskedQuestion.Kind.OPEN, frames);
    }

    /** Asks about exactly the frames of a stream that are safe, or about all if none is. */
    void askSettled(int stream) {
        ask(
                stream,
                safe.of(stream) > 0 ? AskedQuestion.Kind.SETTLED : AskedQuestion.Kind.OPEN,
                Long.MAX_VALUE);
    }

    /** Lets a question stand on a stream. */
    void stand(int stream) {
        ask(stream, AskedQuestion.Kind.STANDING, Long.MAX_VALUE);
    }

    /** Where the standing questions went. */
    List<RecordMetadata> standing() {
        return List.copyOf(standing);
    }

    /** Asks which questions stand on a stream, and gives this question's id. */
    String list(int stream) {
        return ask(stream, AskedQuestion.Kind.LIST, Long.MAX_VALUE);
    }

    private String ask(int stream, AskedQuestion.Kind kind, long last) {
        int number = questions.getAndIncrement();
        AskedQuestion question =
                new AskedQuestion(
                        "soak-" + number,
                        stream,
                        kind,
                        safe.of(stream),
                        last,
                        timekeeper.nanoTime());
        watch.get().ifPresent(fault -> fault.asked(question.id()));
        Query.Builder query =
                Query.newBuilder()
                        .setQueryId(question.id())
                        .setStream(plan.stream(stream))
                        .setText(QUESTIONS.get(number % QUESTIONS.size()))
                        .setMaxTokens(MOST_TOKENS);
        switch (kind) {
            case SETTLED ->
                    query.setScope(Scope.newBuilder().setTo(capturedAt(question.frames())).build());
            case STANDING ->
                    query.setMode(QueryMode.STANDING)
                            .setStanding(
                                    Standing.newBuilder()
                                            .setEveryFrames((long) SoakPlan.STANDING_EVERY)
                                            .setReport(Report.EVERY)
                                            .build());
            case LIST -> query.setMode(QueryMode.LIST).setText("");
            case OPEN -> {
                if (last < Long.MAX_VALUE) {
                    query.setScope(Scope.newBuilder().setLastFrames(last).build());
                }
            }
        }
        ledger.asking(question);
        Query built = query.build();
        producer.send(
                new ProducerRecord<>(topics.queries(), built.getStream(), QUERIES.encode(built)),
                (where, failure) -> {
                    if (failure != null) {
                        refusal.compareAndSet(null, failure);
                    } else if (kind == AskedQuestion.Kind.STANDING) {
                        standing.add(where);
                    }
                });
        return question.id();
    }

    /**
     * Fails if a record was not taken: then nothing can be said about it.
     *
     * @throws IllegalStateException if so
     */
    void requireTaken() {
        if (refusal.get() != null) {
            throw new IllegalStateException(
                    "The broker did not take a record: " + refusal.get().getMessage(),
                    refusal.get());
        }
    }

    /** Returns when the broker has all that was sent. */
    void flush() {
        producer.flush();
        requireTaken();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
