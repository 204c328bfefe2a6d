package dev.watchword.job.soak;

import dev.watchword.job.retry.Timekeeper;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.DeadLetter;
import dev.watchword.schemas.ListedQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads what the job writes and tells the ledger; looks after the cluster meanwhile. For one thread. */
final class SoakObserver {
    private static final Duration LONGEST_POLL = Duration.ofMillis(100);
    private static final Duration MEMORY_LOOKS = Duration.ofSeconds(1);

    /** After so long without anything new, what is missing is lost. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SoakReader<Answer> answers;
    private final SoakReader<DeadLetter> deadLetters;
    private final CommittedOffsets committed;
    private final SoakCluster cluster;
    private final Ledger ledger;
    private final List<FaultWatch> watches;
    private final SoakClock clock;
    private final Timekeeper timekeeper;
    private final Consumer<String> notes;
    private final Map<Integer, ListedQuery> standing = new HashMap<>();
    private long lastNews;
    private long memoryLooked;

    SoakObserver(
            SoakReader<Answer> answers,
            SoakReader<DeadLetter> deadLetters,
            CommittedOffsets committed,
            SoakCluster cluster,
            Ledger ledger,
            List<FaultWatch> watches,
            SoakClock clock,
            Timekeeper timekeeper,
            Consumer<String> notes) {
        this.answers = answers;
        this.deadLetters = deadLetters;
        this.committed = committed;
        this.cluster = cluster;
        this.ledger = ledger;
        this.watches = watches;
        this.clock = clock;
        this.timekeeper = timekeeper;
        this.notes = notes;
        this.lastNews = timekeeper.nanoTime();
    }

    /** Reads until something is so, or nothing new has come for long. */
    boolean await(BooleanSupplier condition) throws IOException, InterruptedException {
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
    void read() throws IOException, InterruptedException {
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
                notes.accept("%s  a %s ended by itself".formatted(clock, dead));
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

    /** How many evaluations a stream's standing question had or left out, as it told last. */
    long dealtWith(int stream) {
        ListedQuery listed = standing.get(stream);
        return listed == null ? 0 : listed.getEvaluations() + listed.getSkipped();
    }

    /** How many answers a stream's standing question has sent, as it told last. */
    long sent(int stream) {
        ListedQuery listed = standing.get(stream);
        return listed == null ? 0 : listed.getSent();
    }
}
