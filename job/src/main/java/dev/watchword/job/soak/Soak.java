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
import dev.watchword.schemas.ListedQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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
    private static final Duration LONGEST_POLL = Duration.ofMillis(100);
    private static final Duration MEMORY_LOOKS = Duration.ofSeconds(1);

    /** After so long without anything new, what is missing is lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SoakPlan plan;
    private final Settings settings;
    private final Path home;
    private final Timekeeper timekeeper;
    private final Consumer<String> notes;
    private final Ledger ledger;
    private final List<FaultWatch> watches = new CopyOnWriteArrayList<>();
    private final Map<Integer, ListedQuery> standing = new HashMap<>();

    private SoakCluster cluster;
    private CommittedOffsets committed;
    private SoakSender sender;
    private SoakReader<Answer> answers;
    private SoakReader<DeadLetter> deadLetters;
    private long begin;
    private long lastNews;
    private long memoryLooked;

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
                answers = readingAnswers;
                deadLetters = readingLetters;
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
        begin = timekeeper.nanoTime();
        lastNews = timekeeper.nanoTime();
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
        if (!await(condition)) {
            throw new IllegalStateException(
                    "The job did not %s within %d seconds: see the logs in %s."
                            .formatted(what, PATIENCE.toSeconds(), home));
        }
    }

    /** Reads until something is so, or nothing new has come for long. */
    private boolean await(BooleanSupplier condition) throws IOException, InterruptedException {
        lastNews = timekeeper.nanoTime();
        while (!condition.getAsBoolean()) {
            if (timekeeper.nanoTime() - lastNews > PATIENCE.toNanos()) {
                return false;
            }
            read();
        }
        return true;
    }

    /** Reads what has come, and looks after what time brings. */
    private void read() throws IOException, InterruptedException {
        for (Answer answer : answers.poll(LONGEST_POLL)) {
            lastNews = timekeeper.nanoTime();
            ledger.answer(answer).ifPresent(question -> note(question, answer));
        }
        for (DeadLetter letter : deadLetters.poll(Duration.ZERO)) {
            ledger.deadLetter(letter.getReason());
        }
        committed.look();
        long now = timekeeper.nanoTime();
        if (now - memoryLooked > MEMORY_LOOKS.toNanos()) {
            memoryLooked = now;
            cluster.lookAtMemory();
            for (String dead : cluster.reviveDead()) {
                notes.accept("%s  a %s ended by itself".formatted(clock(now), dead));
            }
        }
    }

    private void note(AskedQuestion question, Answer answer) {
        if (question.kind() == AskedQuestion.Kind.LIST) {
            answer.getStanding().forEach(listed -> standing.put(question.stream(), listed));
        }
        long waited = timekeeper.nanoTime() - question.askedAt();
        watches.forEach(watch -> watch.answered(question.id(), waited));
    }

    /** Sends and lets faults happen, all at their time, and reads what comes of it. */
    private void load() throws IOException, InterruptedException {
        notes.accept("The job answers. Frames and questions begin.");
        begin = timekeeper.nanoTime();
        long minutes = 0;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> sending = threads.submit(doing(this::send));
            Future<?> faults = threads.submit(doing(this::befall));
            while (!(sending.isDone() && faults.isDone())) {
                read();
                long now = (timekeeper.nanoTime() - begin) / Duration.ofMinutes(1).toNanos();
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
                        clock(timekeeper.nanoTime()),
                        sums.frames(),
                        sums.questions(),
                        sums.lostQuestions(),
                        sums.repeats(),
                        sums.wrong());
    }

    private String clock(long nanos) {
        Duration since = Duration.ofNanos(nanos - begin);
        return "%3d:%02d".formatted(since.toMinutes(), since.toSecondsPart());
    }

    /** Sends what is due when it is due, however the job fares. */
    private void send() throws InterruptedException {
        SplittableRandom random = new SplittableRandom(plan.seed());
        double betweenFrames = 1e9 / (plan.streams() * plan.framesPerSecond());
        double betweenQuestions = 1e9 / plan.questionsPerSecond();
        long frames = 0;
        double question = random.nextDouble() * betweenQuestions;
        double due = 0;
        while (due < plan.time().toNanos()) {
            timekeeper.sleep(Duration.ofNanos(begin + Math.round(due) - timekeeper.nanoTime()));
            if (due < question) {
                sender.frame((int) (frames % plan.streams()));
                frames++;
            } else {
                ask(random);
                question += 2 * random.nextDouble() * betweenQuestions;
            }
            sender.requireTaken();
            due = Math.min(frames * betweenFrames, question);
        }
    }

    private void ask(SplittableRandom random) {
        int stream = random.nextInt(plan.streams());
        switch (random.nextInt(4)) {
            case 0 -> sender.askLast(stream, 1 + random.nextInt(20));
            case 1 -> sender.askSettled(stream);
            default -> sender.askAll(stream);
        }
    }

    private void befall() throws IOException, InterruptedException {
        for (Fault fault : plan.faults()) {
            timekeeper.sleep(
                    Duration.ofNanos(begin + fault.at().toNanos() - timekeeper.nanoTime()));
            notes.accept("%s  %s".formatted(clock(timekeeper.nanoTime()), fault.kind().words()));
            FaultWatch watch = new FaultWatch(fault);
            watches.add(watch);
            cluster.befall(fault);
            sender.tell(watch);
            IntStream.range(0, plan.streams()).forEach(sender::askAll);
        }
    }

    /** Waits for every answer, then for every frame, then for every evaluation. */
    private void settle() throws IOException, InterruptedException {
        await(() -> ledger.unanswered() == 0);
        for (int i = 0; i < plan.streams(); i++) {
            int stream = i;
            askUntil(
                    () -> sender.askAll(stream),
                    () -> ledger.remembered(stream) == ledger.sent(stream));
            askUntil(
                    () -> sender.list(stream),
                    () -> isAllDealtWith(stream) && ledger.unanswered() == 0);
            ledger.standing(
                    stream,
                    dealtWith(stream),
                    standing.containsKey(stream) ? standing.get(stream).getSent() : 0);
        }
    }

    private boolean isAllDealtWith(int stream) {
        return dealtWith(stream) == ledger.due(stream);
    }

    private long dealtWith(int stream) {
        ListedQuery listed = standing.get(stream);
        return listed == null ? 0 : listed.getEvaluations() + listed.getSkipped();
    }

    /** Asks again and again, until what is wanted is so, or patience ends. */
    private void askUntil(Supplier<String> question, BooleanSupplier enough)
            throws IOException, InterruptedException {
        long since = timekeeper.nanoTime();
        do {
            String id = question.get();
            await(() -> ledger.isAnswered(id));
        } while (!enough.getAsBoolean() && timekeeper.nanoTime() - since < PATIENCE.toNanos());
    }

    private SoakReport report() {
        return new SoakReport(
                ledger.sums(),
                watches.stream().map(FaultWatch::recovery).toList(),
                cluster.peakMemory());
    }
}
