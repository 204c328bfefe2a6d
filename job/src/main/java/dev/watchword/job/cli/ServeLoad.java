package dev.watchword.job.cli;

import dev.watchword.job.bench.serve.ServePlan;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends frames and questions when they are due, however the job fares. Everything but {@link
 * #asked} and {@link #refusal} is for one thread.
 */
final class ServeLoad implements AutoCloseable {
    private static final int MOST_TOKENS = 12;
    private static final List<String> QUESTIONS =
            List.of(
                    "Is the gate closed now?",
                    "How many cars came so far?",
                    "Was a dog here?",
                    "What colour is the van?");

    private final BrokerAccess broker;
    private final Timekeeper timekeeper;
    private final ServePlan plan;
    private final List<byte[]> pictures;
    private final KafkaProducer<String, byte[]> producer;
    private final RecordCodec<Frame> frameCodec = RecordCodecs.of(Frame.class, RecordFormat.AVRO);
    private final RecordCodec<Query> queryCodec;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final AtomicReference<Exception> refusal = new AtomicReference<>();
    private final long[] sent;
    private long countedFrames;

    /**
     * A question on its way.
     *
     * @param due when it was, by the timekeeper's nanoseconds
     * @param counts whether that is in the time that counts
     * @param framesSent how many frames of its stream had been sent before
     */
    record Asked(long due, boolean counts, long framesSent) {}

    /**
     * @param pictures of which each stream shows one after the other, again and again
     */
    ServeLoad(BrokerAccess broker, ServePlan plan, List<byte[]> pictures) {
        this.broker = broker;
        this.timekeeper = broker.timekeeper();
        this.plan = plan;
        this.pictures = pictures;
        this.queryCodec = Codecs.queries(broker.settings());
        this.sent = new long[plan.streams()];
        Map<String, Object> properties =
                broker.connection().producer(broker.settings().maxRecordSize().toIntBytes());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        this.producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** Sends all that the plan has, and returns when the last of it has been sent. */
    void run() throws InterruptedException {
        long begin = timekeeper.nanoTime();
        long frames = 0;
        long questions = 0;
        while (frames < plan.frames() || questions < plan.questions()) {
            boolean frameNext =
                    questions == plan.questions()
                            || frames < plan.frames()
                                    && plan.frameDue(frames) <= plan.questionDue(questions);
            long due = frameNext ? plan.frameDue(frames) : plan.questionDue(questions);
            timekeeper.sleep(Duration.ofNanos(begin + due - timekeeper.nanoTime()));
            if (frameNext) {
                sendFrame(plan.stream(frames++));
                countedFrames += plan.counts(due) ? 1 : 0;
            } else {
                ask(plan.stream(questions++), begin + due, plan.counts(due));
            }
        }
        producer.flush();
    }

    /** Sends a stream's next frame. */
    void sendFrame(int stream) {
        long sequence = sent[stream]++;
        byte[] picture = pictures.get((int) ((sequence + 7L * stream) % pictures.size()));
        Frame frame =
                Frame.newBuilder()
                        .setStream(ServePlan.name(stream))
                        .setSequence(sequence)
                        .setCapturedAt(timekeeper.now())
                        .setImage(ByteBuffer.wrap(picture))
                        .build();
        send(broker.settings().topics().frames(), frame.getStream(), frameCodec.encode(frame));
    }

    /** Asks a question about all frames of a stream. */
    void ask(int stream, long due, boolean counts) {
        int number = asked.size();
        String id = "serve-" + number;
        asked.put(id, new Asked(due, counts, sent[stream]));
        Query query =
                Query.newBuilder()
                        .setQueryId(id)
                        .setStream(ServePlan.name(stream))
                        .setText(QUESTIONS.get(number % QUESTIONS.size()))
                        .setMaxTokens(MOST_TOKENS)
                        .build();
        send(broker.settings().topics().queries(), query.getStream(), queryCodec.encode(query));
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

    /** All questions that were asked, by their ids. From any thread. */
    Map<String, Asked> asked() {
        return asked;
    }

    /** Why the broker refused a record; null if it has not. From any thread. */
    Exception refusal() {
        return refusal.get();
    }

    /** How many frames were sent in the time that counts, once {@link #run} has returned. */
    long countedFrames() {
        return countedFrames;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
