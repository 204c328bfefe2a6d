package dev.watchword.operators;

import dev.watchword.schemas.Query;
import java.util.List;

/**
 * A query, for one of the streams that it names.
 *
 * @param stream the stream
 */
public record QueryEvent(String stream, Query query) implements StreamEvent, EncodedEvent {
    /**
     * A query for one of its streams, which answers for itself. Each stream keeps its query: with all
     * the names, many streams would keep each other's.
     */
    public static QueryEvent toOne(String stream, Query query) {
        return new QueryEvent(
                stream, Query.newBuilder(query).setStream(stream).setStreams(List.of()).build());
    }
}
