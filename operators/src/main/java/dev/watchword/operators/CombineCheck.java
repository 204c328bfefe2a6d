package dev.watchword.operators;

import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import java.util.Optional;

/** Whether a query can be answered from several streams together; if not, why. */
final class CombineCheck {
    private CombineCheck() {}

    /** The first thing in a query that does not go with combine; empty if nothing does not. */
    static Optional<String> fault(Query query) {
        if (query.getMode() != QueryMode.ONCE) {
            return Optional.of(
                    "combine does not go with mode %s: leave out one of the two."
                            .formatted(query.getMode()));
        }
        return query.getFollowUpTo().isPresent()
                ? Optional.of(
                        "A combined question cannot follow up another: leave out combine or follow_up_to.")
                : Optional.empty();
    }
}
