package dev.watchword.operators;

import dev.watchword.memory.StreamPart;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryStreams;
import java.util.List;

/** What {@link CombineStreams} gets of a question about several streams together. */
public sealed interface CombineEvent {
    /**
     * Which question it is of: the names and patterns in its query and its query's id. The names have
     * no spaces, so that no two questions have one key.
     */
    String key();

    /**
     * The question.
     *
     * @param query as it was asked
     * @param streams that it means, at least one, in the order in which the model sees them
     * @param unmatched its patterns that no stream matched
     */
    record Asked(Query query, List<String> streams, List<String> unmatched)
            implements CombineEvent {
        public Asked {
            streams = List.copyOf(streams);
            unmatched = List.copyOf(unmatched);
        }

        @Override
        public String key() {
            return CombineEvent.key(query, query.getQueryId());
        }
    }

    /** The question is not wanted any more; {@code query} says which. */
    record Withdrawn(Query query) implements CombineEvent {
        @Override
        public String key() {
            return CombineEvent.key(query, query.getCancel().orElseThrow());
        }
    }

    /** What one of the streams has for the question. */
    record Part(String key, StreamPart part) implements CombineEvent {
        /** For a query as it was asked. */
        static Part of(Query query, StreamPart part) {
            return new Part(CombineEvent.key(query, query.getQueryId()), part);
        }
    }

    /** The key of a question with this id about the streams that a query names. */
    static String key(Query query, String queryId) {
        return QueryStreams.together(query) + " " + queryId;
    }
}
