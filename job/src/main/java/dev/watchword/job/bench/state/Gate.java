package dev.watchword.job.bench.state;

import dev.watchword.job.retry.Timekeeper;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Between the benchmark and one run of its job in the same process: lets events into the job, and
 * tells what became of them. Flink makes the job's parts from their serialized form, so these find
 * their gate by its name. Thread-safe.
 */
final class Gate implements AutoCloseable {
    private static final Map<String, Gate> OPEN = new ConcurrentHashMap<>();

    private final String name;
    private final Timekeeper timekeeper;
    private long limit;
    private long done;
    private long bytesRead;
    private OptionalLong stateThereAt = OptionalLong.empty();
    private long lastDoneAt;
    private CompletableFuture<Void> widened = new CompletableFuture<>();

    private Gate(String name, Timekeeper timekeeper) {
        this.name = name;
        this.timekeeper = timekeeper;
    }

    /** Opens a gate that lets nothing through yet. */
    static Gate open(String name, Timekeeper timekeeper) {
        Gate gate = new Gate(name, timekeeper);
        if (OPEN.putIfAbsent(name, gate) != null) {
            throw new IllegalStateException("There is a gate called " + name + " already.");
        }
        return gate;
    }

    /** The open gate of a name. */
    static Gate named(String name) {
        Gate gate = OPEN.get(name);
        if (gate == null) {
            throw new IllegalStateException("There is no gate called " + name + ".");
        }
        return gate;
    }

    String name() {
        return name;
    }

    /** Lets events with numbers below this through. */
    void letThrough(long below) {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            limit = below;
            waiting = widened;
            widened = new CompletableFuture<>();
        }
        waiting.complete(null);
    }

    synchronized boolean letsThrough(long event) {
        return event < limit;
    }

    /** Ends when more events are let through than now. */
    synchronized CompletableFuture<Void> widened() {
        return widened;
    }

    /** The state is there, new or restored. */
    synchronized void stateIsThere() {
        stateThereAt = OptionalLong.of(timekeeper.nanoTime());
    }

    /** One more frame is remembered. */
    synchronized void remembered() {
        countOne();
    }

    /** One more stream has been read. */
    synchronized void read(long bytes) {
        countOne();
        bytesRead += bytes;
    }

    private void countOne() {
        done++;
        lastDoneAt = timekeeper.nanoTime();
    }

    /** How many events the job is done with in this run. */
    synchronized long done() {
        return done;
    }

    /** Bytes of vision tokens that were read. */
    synchronized long bytesRead() {
        return bytesRead;
    }

    /** When the state was there, by the timekeeper's {@code nanoTime}. */
    synchronized long stateThereAt() {
        return stateThereAt.orElseThrow();
    }

    /** When the job was done with the last event until now; 0 if there was none. */
    synchronized long lastDoneAt() {
        return lastDoneAt;
    }

    @Override
    public void close() {
        OPEN.remove(name);
    }
}
