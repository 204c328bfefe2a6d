package dev.watchword.job.topology;

import dev.watchword.operators.QueryEvent;
import dev.watchword.operators.StreamEvent;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;

import org.apache.flink.util.Collector;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Makes events of the records of the topic of queries: one for each stream that a query names. A
 * query that names none goes on all the same, so that it gets its answer, a refusal.
 */
final class DecodeQueries extends DecodeRecords<Query> {
    private static final int LONGEST_ID = 200;

    private final SchemaSource schemas;

    DecodeQueries(SchemaSource schemas) {
        super("queries");
        this.schemas = schemas;
    }

    @Override
    RecordCodec<Query> newCodec() throws Exception {
        return RecordCodecs.anyFormat(Query.class, RecordFormat.AVRO, schemas.archive());
    }

    @Override
    Optional<String> fault(Query query) {
        int length = query.getQueryId().length();
        return length >= 1 && length <= LONGEST_ID
                ? Optional.empty()
                : Optional.of(
                        "query_id has %d characters; by it the answer is known, and it must have 1 to %d."
                                .formatted(length, LONGEST_ID));
    }

    @Override
    void emit(Query query, RawRecord raw, Collector<StreamEvent> out) {
        Set<String> streams = new LinkedHashSet<>(query.getStreams());
        if (!query.getStream().isEmpty() || streams.isEmpty()) {
            streams.add(query.getStream());
        }
        for (String stream : streams) {
            out.collect(new QueryEvent(stream, query));
        }
    }

    @Override
    Optional<String> stream(Query query) {
        return Optional.of(query.getStream()).filter(stream -> !stream.isEmpty());
    }
}
