package dev.watchword.job.topology;

import dev.watchword.operators.EventTypes;
import dev.watchword.operators.NamingEvent;
import dev.watchword.operators.QueryEvent;
import dev.watchword.operators.StreamEvent;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryStreams;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.Status;
import dev.watchword.schemas.StreamPattern;
import dev.watchword.schemas.UndecodableRecordException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Makes events of the records of the topic of queries: one for each stream that a query names. One
 * whose streams must be looked up, or are asked together, goes to a side output as it is. A
 * query that names none goes on all the same, so that it gets its answer, a refusal. One that cannot
 * be decoded is refused here, where it can be read far enough to tell which query it is.
 */
final class DecodeQueries extends DecodeRecords<Query> {
    /** The side output of refusals. */
    static final OutputTag<Answer> REFUSALS = new OutputTag<>("refusals", EventTypes.ANSWER);

    /** The side output of queries for {@link dev.watchword.operators.NameStreams}. */
    static final OutputTag<NamingEvent> OPEN = new OutputTag<>("open", EventTypes.NAMING_EVENT);

    private static final int LONGEST_ID = 200;

    /** A query goes to each stream as a copy of its own. */
    private static final int MOST_NAMES = 1_000;

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
    void emit(Query query, RawRecord raw, Context context, Collector<StreamEvent> out) {
        List<String> names = QueryStreams.of(query);
        if (names.size() > MOST_NAMES) {
            String reason =
                    "The query names %d streams, and at most %d are asked at once: name fewer, or use a pattern such as yard-*."
                            .formatted(names.size(), MOST_NAMES);
            context.output(
                    REFUSALS, refusal(query.getQueryId(), query.getStream(), reason, context));
            return;
        }
        if (query.getCombine() || names.stream().anyMatch(StreamPattern::isPattern)) {
            context.output(OPEN, new NamingEvent.OpenQuery(query));
            return;
        }
        names.forEach(stream -> out.collect(QueryEvent.toOne(stream, query)));
    }

    @Override
    void refused(UndecodableRecordException fault, Context context) {
        String queryId = fault.legibleFields().getOrDefault("query_id", "");
        String stream = fault.legibleFields().getOrDefault("stream", "");
        if (!queryId.isEmpty() && queryId.length() <= LONGEST_ID) {
            context.output(REFUSALS, refusal(queryId, stream, fault.getMessage(), context));
        }
    }

    private static Answer refusal(String queryId, String stream, String reason, Context context) {
        return Answer.newBuilder()
                .setQueryId(queryId)
                .setAnswerId(AnswerId.of(queryId, stream))
                .setStream(stream)
                .setStatus(Status.REJECTED)
                .setReason(reason)
                .setAnsweredAt(now(context))
                .build();
    }

    @Override
    Optional<String> stream(Query query) {
        return Optional.of(query.getStream()).filter(stream -> !stream.isEmpty());
    }
}
