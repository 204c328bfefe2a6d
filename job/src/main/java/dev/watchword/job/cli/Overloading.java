package dev.watchword.job.cli;

import dev.watchword.engine.EngineLoad;
import dev.watchword.job.bench.ProcessMemory;
import dev.watchword.job.bench.Progress;
import dev.watchword.job.bench.serve.OverloadPhase;
import dev.watchword.job.bench.serve.OverloadPlan;
import dev.watchword.job.bench.serve.ServePlan;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.job.yard.YardPainter;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.Scope;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Offers a running job more than it can do, and reads what comes of it. For one thread. */
final class Overloading implements AutoCloseable {
    private static final int PICTURES = 60;
    private static final int CALIBRATION_FRAMES = 200;
    private static final int CALIBRATION_QUESTIONS = 60;
    private static final int MOST_TOKENS = 12;
    private static final long LAST_FRAMES = 64;
    private static final Duration POLL = Duration.ofMillis(5);

    /** After so long without an answer, those that are missing are lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final BrokerAccess broker;
    private final Timekeeper timekeeper;
    private final OverloadPlan plan;
    private final Supplier<EngineLoad> engine;
    private final Progress progress;
    private final List<byte[]> pictures;
    private final KafkaProducer<String, byte[]> producer;
    private final AnswersReader answers;
    private final RecordCodec<Frame> frameCodec = RecordCodecs.of(Frame.class, RecordFormat.AVRO);
    private final RecordCodec<Query> queryCodec;
    private final Map<String, Asked> open = new HashMap<>();
    private long framesSent;
    private long questionsAsked;
    private double framesPerSecond;
    private double questionsPerSecond;
    private double drainSeconds;

    private record Asked(OverloadPhase phase, long since) {}

    /**
     * @param engine what waits for the engine behind the job
     */
    Overloading(
            BrokerAccess broker, OverloadPlan plan, Supplier<EngineLoad> engine, Progress progress)
            throws InterruptedException {
        this.broker = broker;
        this.timekeeper = broker.timekeeper();
        this.plan = plan;
        this.engine = engine;
        this.progress = progress;
        this.pictures = pictures(plan.seed());
        this.queryCodec = Codecs.queries(broker.settings());
        Map<String, Object> properties =
                broker.connection().producer(broker.settings().maxRecordSize().toIntBytes());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        this.producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        this.answers = AnswersReader.fromEnd(broker);
    }

    private static List<byte[]> pictures(long seed) {
        Yard yard = ScriptedYard.of(seed, PICTURES, YardOptions.of(seed));
        YardPainter painter = new YardPainter(YardPainter.SIDE, seed);
        return IntStream.range(0, PICTURES).mapToObj(i -> painter.jpeg(yard, i)).toList();
    }

    /**
     * Returns what came of each phase.
     *
     * @throws CommandFailedException if the job does not begin to answer
     */
    List<OverloadPhase> run() throws InterruptedException {
        calibrate();
        List<OverloadPhase> phases =
                List.of(
                        new OverloadPhase("before", OverloadPlan.LITTLE),
                        new OverloadPhase("overload, first half", OverloadPlan.TOO_MUCH),
                        new OverloadPhase("overload, second half", OverloadPlan.TOO_MUCH),
                        new OverloadPhase("after", OverloadPlan.LITTLE));
        offer(phases.get(0), plan.light());
        drain(phases.get(0));
        offer(phases.get(1), plan.time().dividedBy(2));
        offer(phases.get(2), plan.time().dividedBy(2));
        long begin = timekeeper.nanoTime();
        drain(phases.get(2));
        drainSeconds = seconds(begin);
        offer(phases.get(3), plan.light());
        drain(phases.get(3));
        return phases;
    }

    /** What the job can do of frames a second, with no questions. */
    double framesPerSecond() {
        return framesPerSecond;
    }

    /** What the job can do of questions a second, with no frames. */
    double questionsPerSecond() {
        return questionsPerSecond;
    }

    /** How long after the overload its last question was answered. */
    double drainSeconds() {
        return drainSeconds;
    }

    private void calibrate() throws InterruptedException {
        OverloadPhase phase = new OverloadPhase("calibration", 1);
        progress.show(() -> "Waiting for the job to answer");
        frames(phase, plan.streams());
        while (phase.answered() < plan.streams()) {
            questions(phase, plan.streams());
            awaitAll(phase);
        }
        progress.show(() -> "Measuring how much the job can do");
        frames(phase, CALIBRATION_FRAMES);
        questions(phase, plan.streams());
        awaitAll(phase);
        long begin = timekeeper.nanoTime();
        frames(phase, CALIBRATION_FRAMES);
        questions(phase, plan.streams());
        awaitAll(phase);
        framesPerSecond = CALIBRATION_FRAMES / seconds(begin);
        begin = timekeeper.nanoTime();
        questions(phase, CALIBRATION_QUESTIONS);
        awaitAll(phase);
        questionsPerSecond = CALIBRATION_QUESTIONS / seconds(begin);
    }

    private void awaitAll(OverloadPhase phase) throws InterruptedException {
        drain(phase);
        if (!open.isEmpty()) {
            throw new CommandFailedException(
                    "the job gave no answer for %d seconds".formatted(PATIENCE.toSeconds()));
        }
    }

    private void frames(OverloadPhase phase, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            sendFrame(phase);
        }
    }

    private void questions(OverloadPhase phase, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            ask(phase, false);
        }
    }

    private void offer(OverloadPhase phase, Duration length) throws InterruptedException {
        long begin = timekeeper.nanoTime();
        double end = length.toNanos() / 1e9;
        long frames = 0;
        long questions = 0;
        for (double now = 0; now < end; now = seconds(begin)) {
            for (; frames < now * framesPerSecond * phase.load(); frames++) {
                sendFrame(phase);
            }
            for (; questions < now * questionsPerSecond * phase.load(); questions++) {
                ask(phase, questions % 2 == 0);
            }
            receive(phase);
            double passed = now;
            progress.show(
                    () ->
                            "%s: %.0f of %.0f s, %d questions open"
                                    .formatted(phase.name(), passed, end, open.size()));
        }
        phase.ended(seconds(begin), resident());
    }

    private static OptionalDouble resident() {
        Optional<ProcessMemory> memory = ProcessMemory.now();
        return memory.isPresent()
                ? OptionalDouble.of(memory.get().residentBytes() / (double) (1 << 20))
                : OptionalDouble.empty();
    }

    /** Waits until no question is open, or nothing comes any more. */
    private void drain(OverloadPhase phase) throws InterruptedException {
        long lastCame = timekeeper.nanoTime();
        while (!open.isEmpty() && timekeeper.nanoTime() - lastCame < PATIENCE.toNanos()) {
            if (receive(phase)) {
                lastCame = timekeeper.nanoTime();
            }
            progress.show(() -> "%d questions open".formatted(open.size()));
        }
    }

    private boolean receive(OverloadPhase phase) throws InterruptedException {
        List<Answer> come = answers.poll(POLL);
        long now = timekeeper.nanoTime();
        for (Answer answer : come) {
            Asked asked = open.remove(answer.getQueryId());
            if (asked != null) {
                asked.phase().answered(answer.getStatus(), (now - asked.since()) / 1e6);
            }
        }
        EngineLoad load = engine.get();
        phase.looked(
                load.picturesWaiting(),
                load.questionsWaiting() + load.answersActive(),
                open.size());
        return !come.isEmpty();
    }

    private void sendFrame(OverloadPhase phase) {
        long sequence = framesSent / plan.streams();
        Frame frame =
                Frame.newBuilder()
                        .setStream(ServePlan.name((int) (framesSent % plan.streams())))
                        .setSequence(sequence)
                        .setCapturedAt(timekeeper.now())
                        .setImage(ByteBuffer.wrap(pictures.get((int) (sequence % PICTURES))))
                        .build();
        framesSent++;
        phase.sent();
        send(broker.settings().topics().frames(), frame.getStream(), frameCodec.encode(frame));
    }

    private void ask(OverloadPhase phase, boolean withDeadline) {
        String id = "overload-" + questionsAsked;
        Query.Builder query =
                Query.newBuilder()
                        .setQueryId(id)
                        .setStream(ServePlan.name((int) (questionsAsked % plan.streams())))
                        .setText("Is the gate closed now?")
                        .setScope(Scope.newBuilder().setLastFrames(LAST_FRAMES).build())
                        .setMaxTokens(MOST_TOKENS);
        if (withDeadline) {
            query.setDeadline(timekeeper.now().plus(plan.deadline()));
        }
        questionsAsked++;
        phase.asked();
        open.put(id, new Asked(phase, timekeeper.nanoTime()));
        Query built = query.build();
        send(broker.settings().topics().queries(), built.getStream(), queryCodec.encode(built));
    }

    private void send(String topic, String stream, byte[] value) {
        producer.send(new ProducerRecord<>(topic, stream, value));
    }

    private double seconds(long since) {
        return (timekeeper.nanoTime() - since) / 1e9;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        answers.close();
    }
}
