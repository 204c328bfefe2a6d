package dev.watchword.job.soak;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a fault does to the questions that are asked after it and before the next. Thread-safe. */
final class FaultWatch {
    private final Fault fault;
    private final Set<String> unanswered = new HashSet<>();
    private long longestNanos;

    FaultWatch(Fault fault) {
        this.fault = fault;
    }

    /** Notes that a question was asked. */
    synchronized void asked(String question) {
        unanswered.add(question);
    }

    /** Notes that a question was answered, if it is one of these. */
    synchronized void answered(String question, long afterNanos) {
        if (unanswered.remove(question)) {
            longestNanos = Math.max(longestNanos, afterNanos);
        }
    }

    synchronized Recovery recovery() {
        return new Recovery(
                fault.at(),
                fault.kind().words(),
                unanswered.isEmpty()
                        ? Optional.of(Duration.ofNanos(longestNanos))
                        : Optional.empty());
    }
}
