package dev.watchword.job.soak;

import dev.watchword.engine.EngineConfig;
import dev.watchword.job.kafka.TopicLayout;
import dev.watchword.job.kafka.Topics;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.settings.Delivery;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.job.yard.YardPainter;
import dev.watchword.operators.EngineLeaser;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.DeadLetter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Starts a cluster and the job on it, sends frames and questions while faults befall it, waits for
 * what is missing, and says what became of everything. For one thread.
 */
public final class Soak {
    private static final int PICTURES = 120;
    private static final int LEAST_PARTITIONS = 4;

    private final SoakPlan plan;
    private final Settings settings;
    private final Path home;
    private final Timekeeper timekeeper;
    private final Consumer<String> notes;
    private final Ledger ledger;
    private final List<FaultWatch> watches = new CopyOnWriteArrayList<>();
    private final SoakClock clock;

    private SoakCluster cluster;
    private CommittedOffsets committed;
    private SoakSender sender;
    private SoakObserver observer;

    /**
     * @param settings of the job, with {@link #ownSettings} over all others
     * @param home a directory for all files and logs
     * @param notes told what happens, in sentences; on any thread
     */
    public Soak(
            SoakPlan plan,
            Settings settings,
            Path home,
            Timekeeper timekeeper,
            Consumer<String> notes) {
        this.plan = plan;
        this.settings = settings;
        this.home = home;
        this.timekeeper = timekeeper;
        this.notes = notes;
        this.clock = new SoakClock(timekeeper);
        this.ledger = new Ledger(plan, settings.kafka().delivery() == Delivery.EXACTLY_ONCE);
    }

    /** The settings without which there is no soak, by their keys. */
    public static Map<String, String> ownSettings(SoakPlan plan) {
        return Map.of(
                // Never asked: the cluster's broker takes its place.
                "kafka.bootstrap",
                "127.0.0.1:9092",
                "kafka.partitions",
                String.valueOf(Math.max(LEAST_PARTITIONS, plan.parallelism())),
                "model.device",
                "cpu",
                "model.threads",
                "1",
                "job.checkpoint-interval",
                "2 s",
                "job.parallelism",
                String.valueOf(plan.parallelism()),
                "job.restart-attempts",
                String.valueOf(Integer.MAX_VALUE),
                "job.restart-delay",
                "500 ms");
    }

    /**
     * Does it all.
     *
     * @param model its directory
     * @throws IllegalStateException if the cluster does not come up, or does not take a record
     */
    public SoakReport run(Path model) throws IOException, InterruptedException {
        int largest = Topics.deadLetterBytes(settings.kafka().maxRecordSize().toIntBytes());
        notes.accept("Starting a broker, ZooKeeper, a job manager and task managers.");
        try (SoakCluster started =
                new SoakCluster(home, plan.taskManagers(), largest, timekeeper)) {
            cluster = started;
            createTopics();
            EngineConfig engine = EngineConfigs.of(settings, model);
            cluster.submit(settings, EngineLeaser.shared(engine));
            try (CommittedOffsets reading =
                            new CommittedOffsets(cluster.connection(), settings.kafka().group());
                    SoakSender sending =
                            new SoakSender(
                                    cluster.connection(),
                                    plan,
                                    ledger,
                                    new SafeFrames(reading, plan.streams()),
                                    pictures(),
                                    timekeeper);
                    SoakReader<Answer> readingAnswers =
                            reader(Topics.defaults().answers(), Answer.class);
                    SoakReader<DeadLetter> readingLetters =
                            reader(Topics.defaults().deadLetters(), DeadLetter.class)) {
                committed = reading;
                sender = sending;
                observer =
                        new SoakObserver(
                                readingAnswers,
                                readingLetters,
                                reading,
                                cluster,
                                ledger,
                                watches,
                                clock,
                                timekeeper,
                                notes);
                start();
                load();
                settle();
                return report();
            }
        }
    }

    private <T extends SpecificRecord> SoakReader<T> reader(String topic, Class<T> type) {
        return new SoakReader<>(cluster.connection(), topic, type);
    }

    private void createTopics() throws InterruptedException {
        TopicLayout layout =
                new TopicLayout(
                        settings.kafka().partitions(),
                        (short) 1,
                        settings.kafka().maxRecordSize().toIntBytes());
        try (Admin admin = Admin.create(cluster.connection().admin())) {
            Topics.defaults().createMissing(admin, layout, timekeeper);
        }
    }

    private List<byte[]> pictures() {
        Yard yard = ScriptedYard.of(plan.seed(), PICTURES, YardOptions.of(plan.seed()));
        YardPainter painter = new YardPainter(YardPainter.SIDE, plan.seed());
        return IntStream.range(0, PICTURES).mapToObj(i -> painter.jpeg(yard, i)).toList();
    }

    /** Lets a question stand on every stream, and returns when all of them are safe. */
    private void start() throws IOException, InterruptedException {
        clock.begin();
        IntStream.range(0, plan.streams()).forEach(sender::stand);
        sender.flush();
        require("answer", () -> ledger.unanswered() == 0);
        require(
                "finish a checkpoint",
                () ->
                        sender.standing().stream()
                                .allMatch(
                                        where ->
                                                where.offset()
                                                        < committed.of(
                                                                new TopicPartition(
                                                                        where.topic(),
                                                                        where.partition()))));
    }

    private void require(String what, BooleanSupplier condition)
            throws IOException, InterruptedException {
        if (!observer.await(condition)) {
            throw new IllegalStateException(
                    "The job did not %s within %d seconds: see the logs in %s."
                            .formatted(what, SoakObserver.PATIENCE.toSeconds(), home));
        }
    }

    /** Sends and lets faults happen, all at their time, and reads what comes of it. */
    private void load() throws IOException, InterruptedException {
        notes.accept("The job answers. Frames and questions begin.");
        clock.begin();
        SoakTraffic traffic = new SoakTraffic(plan, sender, cluster, watches, clock, notes);
        long minutes = 0;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> sending = threads.submit(doing(traffic::send));
            Future<?> faults = threads.submit(doing(traffic::befall));
            while (!(sending.isDone() && faults.isDone())) {
                observer.read();
                long now = clock.since().toMinutes();
                if (now > minutes) {
                    minutes = now;
                    notes.accept(progress());
                }
            }
            requireDone(sending);
            requireDone(faults);
        } finally {
            threads.shutdownNow();
        }
        sender.flush();
        notes.accept("Nothing more is sent. Waiting for what is missing.");
    }

    /** A piece of work that may fail. */
    private interface Work {
        void run() throws Exception;
    }

    private static Callable<Void> doing(Work work) {
        return () -> {
            work.run();
            return null;
        };
    }

    private static void requireDone(Future<?> work) throws InterruptedException {
        try {
            work.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The soak broke off: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private String progress() {
        LedgerSums sums = ledger.sums();
        return "%s  %d frames, %d questions, %d of them unanswered, %d repeats, %d wrong"
                .formatted(
                        clock,
                        sums.frames(),
                        sums.questions(),
                        sums.lostQuestions(),
                        sums.repeats(),
                        sums.wrong());
    }

    /** Waits for every answer, then for every frame, then for every evaluation. */
    private void settle() throws IOException, InterruptedException {
        observer.await(() -> ledger.unanswered() == 0);
        for (int i = 0; i < plan.streams(); i++) {
            int stream = i;
            askUntil(
                    () -> sender.askAll(stream),
                    () -> ledger.remembered(stream) == ledger.sent(stream));
            askUntil(
                    () -> sender.list(stream),
                    () -> isAllDealtWith(stream) && ledger.unanswered() == 0);
            ledger.standing(stream, observer.dealtWith(stream), observer.sent(stream));
        }
    }

    private boolean isAllDealtWith(int stream) {
        return observer.dealtWith(stream) == ledger.due(stream);
    }

    /** Asks again and again, until what is wanted is so, or patience ends. */
    private void askUntil(Supplier<String> question, BooleanSupplier enough)
            throws IOException, InterruptedException {
        long since = timekeeper.nanoTime();
        do {
            String id = question.get();
            observer.await(() -> ledger.isAnswered(id));
        } while (!enough.getAsBoolean()
                && timekeeper.nanoTime() - since < SoakObserver.PATIENCE.toNanos());
    }

    private SoakReport report() {
        return new SoakReport(
                ledger.sums(),
                watches.stream().map(FaultWatch::recovery).toList(),
                cluster.peakMemory());
    }
}
