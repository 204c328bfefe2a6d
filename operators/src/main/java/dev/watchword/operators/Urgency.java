package dev.watchword.operators;

import dev.watchword.schemas.Priority;
import dev.watchword.schemas.Query;
import java.time.Instant;
import java.util.Optional;

/**
 * What decides when a question has its turn.
 *
 * @param priority a higher one goes first
 * @param deadline within a priority the earliest goes first; empty behind all others
 */
record Urgency(Priority priority, Optional<Instant> deadline) {
    static Urgency of(Query query) {
        return new Urgency(query.getPriority(), query.getDeadline());
    }
}
