package dev.watchword.operators;

import dev.watchword.schemas.Query;
import java.time.Instant;

/** What becomes of queries whose deadline has passed. */
final class Deadlines {
    /** What to do about a query that was too late. */
    static final String ADVICE = "Ask with a later deadline, or without one.";

    private Deadlines() {}

    /** Whether it is too late for an answer. */
    static boolean isLate(Query query, Instant now) {
        return query.getDeadline().filter(now::isAfter).isPresent();
    }

    /** Why a query has no answer that is late. */
    static String late(Query query) {
        return "The deadline %s passed before the answer was ready. %s"
                .formatted(query.getDeadline().orElseThrow(), ADVICE);
    }
}
