package dev.watchword.schemas;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names and patterns of streams in a query. */
public final class QueryStreams {
    private QueryStreams() {}

    /**
     * The names and patterns, each once: {@code stream}, if it is given, and then {@code streams} in
     * their order. Of a query that names none, one empty name.
     */
    public static List<String> of(Query query) {
        Set<String> names = new LinkedHashSet<>();
        if (!query.getStream().isEmpty() || query.getStreams().isEmpty()) {
            names.add(query.getStream());
        }
        names.addAll(query.getStreams());
        return List.copyOf(names);
    }

    /** The names and patterns with commas between them: a combined answer's {@code stream}. */
    public static String together(Query query) {
        return String.join(",", of(query));
    }
}
