package dev.watchword.operators;

import dev.watchword.schemas.Query;
import java.time.Instant;

/** What becomes of queries whose deadline has passed. */
final class Deadlines {
    private Deadlines() {}

    /** Whether it is too late for an answer. */
    static boolean isLate(Query query, Instant now) {
        return query.getDeadline().filter(now::isAfter).isPresent();
    }

    /** Why a query has no answer that is late. */
    static String late(Query query) {
        return "The deadline %s passed before the answer was ready."
                .formatted(query.getDeadline().orElseThrow());
    }
}
