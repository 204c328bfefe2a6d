package dev.watchword.job.cli;

import dev.watchword.job.retry.Timekeeper;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Tells a person how far something has come: on a terminal by one line that is written anew in its
 * place, elsewhere by a line every few seconds. Thread-safe.
 */
final class ProgressLine implements AutoCloseable {
    private static final Duration BETWEEN_ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration BETWEEN_ELSEWHERE = Duration.ofSeconds(5);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final Timekeeper timekeeper;
    private final long between;
    private long shownAt;
    private boolean shown;

    /**
     * @param terminal whether a person sees the writer's text as it is written
     */
    ProgressLine(PrintWriter out, boolean terminal, Timekeeper timekeeper) {
        this.out = out;
        this.terminal = terminal;
        this.timekeeper = timekeeper;
        between = (terminal ? BETWEEN_ON_TERMINAL : BETWEEN_ELSEWHERE).toNanos();
        shownAt = timekeeper.nanoTime();
    }

    /** A line on standard error, which the launcher knows to be a terminal or not. */
    static ProgressLine onStandardError(PrintWriter standardError, Timekeeper timekeeper) {
        return new ProgressLine(
                standardError, Boolean.getBoolean("watchword.terminal"), timekeeper);
    }

    /** Shows the line if the last one is old enough; asks for it only then. */
    synchronized void show(Supplier<String> line) {
        if (timekeeper.nanoTime() - shownAt >= between) {
            write(line.get());
        }
    }

    /** Shows the line in any case. */
    synchronized void showNow(String line) {
        write(line);
    }

    /** Writes a sentence that stays, above the line. */
    synchronized void note(String sentence) {
        clear();
        out.println(sentence);
        out.flush();
    }

    private void write(String line) {
        if (terminal) {
            out.print(CLEAR + line);
            shown = true;
        } else {
            out.println(line);
        }
        out.flush();
        shownAt = timekeeper.nanoTime();
    }

    private void clear() {
        if (shown) {
            out.print(CLEAR);
            shown = false;
        }
    }

    /** Leaves the last line standing; what is written next begins below it. */
    @Override
    public synchronized void close() {
        if (shown) {
            out.println();
            out.flush();
            shown = false;
        }
    }
}
