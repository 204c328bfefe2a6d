package dev.watchword.memory;

import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.SchemaArchive;
import dev.watchword.schemas.UndecodableRecordException;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;

/** How structured state is coded: in single-object encoding, so that its schema may grow. */
final class StateCodecs {
    private static final SchemaArchive ARCHIVE =
            SchemaArchive.published()
                    .with(
                            StateCodecs.class,
                            List.of(
                                    StreamHead.getClassSchema(),
                                    PendingQuery.getClassSchema(),
                                    StandingQuery.getClassSchema(),
                                    StreamPart.getClassSchema(),
                                    CombinedQuestion.getClassSchema(),
                                    WaitingQuery.getClassSchema(),
                                    AnsweredQuestion.getClassSchema(),
                                    AnsweredOrder.getClassSchema()));

    static final RecordCodec<StreamHead> HEAD =
            RecordCodecs.of(StreamHead.class, RecordFormat.AVRO, ARCHIVE);
    static final RecordCodec<PendingQuery> PENDING =
            RecordCodecs.of(PendingQuery.class, RecordFormat.AVRO, ARCHIVE);
    static final RecordCodec<StandingQuery> STANDING =
            RecordCodecs.of(StandingQuery.class, RecordFormat.AVRO, ARCHIVE);
    static final RecordCodec<StreamPart> PART =
            RecordCodecs.of(StreamPart.class, RecordFormat.AVRO, ARCHIVE);
    static final RecordCodec<CombinedQuestion> COMBINED_QUESTION =
            RecordCodecs.of(CombinedQuestion.class, RecordFormat.AVRO, ARCHIVE);
    static final RecordCodec<WaitingQuery> WAITING =
            RecordCodecs.of(WaitingQuery.class, RecordFormat.AVRO, ARCHIVE);
    static final RecordCodec<AnsweredQuestion> ANSWERED =
            RecordCodecs.of(AnsweredQuestion.class, RecordFormat.AVRO, ARCHIVE);
    static final RecordCodec<AnsweredOrder> ANSWERED_ORDER =
            RecordCodecs.of(AnsweredOrder.class, RecordFormat.AVRO, ARCHIVE);
    static final RecordCodec<Query> QUERY =
            RecordCodecs.of(Query.class, RecordFormat.AVRO, ARCHIVE);

    private StateCodecs() {}

    /** Decodes what was taken from state. */
    static <T extends IndexedRecord> T decode(RecordCodec<T> codec, byte[] state) {
        try {
            return codec.decode(state);
        } catch (UndecodableRecordException e) {
            throw new IllegalStateException(
                    "State cannot be read: it was written by a newer version, or is damaged. "
                            + e.getMessage(),
                    e);
        }
    }
}
