package dev.watchword.job.kafka;

import java.util.stream.Stream;

/** What lies under an exception. */
final class Causes {

    private Causes() {}

    static Throwable rootOf(Throwable failure) {
        return chain(failure).reduce(failure, (outer, inner) -> inner);
    }

    static boolean contain(Throwable failure, Class<? extends Throwable> type) {
        return chain(failure).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
