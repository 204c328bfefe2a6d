package dev.watchword.operators;

import dev.watchword.engine.EncodedPicture;
import dev.watchword.schemas.Query;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Frames and queries as they reach {@link FuseAndGenerate}, for a {@link FakeEngine}. */
final class Events {
    private Events() {}

    /** A frame that is captured at the second of its sequence. */
    static EncodedFrame frame(String stream, long sequence) {
        return frame(stream, sequence, sequence * 1_000);
    }

    /** A frame whose token is its stream and sequence. */
    static EncodedFrame frame(String stream, long sequence, long capturedAt) {
        byte[] token = (stream + sequence).getBytes(StandardCharsets.UTF_8);
        return new EncodedFrame(
                stream,
                sequence,
                Instant.ofEpochMilli(capturedAt),
                new EncodedPicture(token, token));
    }

    static QueryEvent ask(String stream, String id, UnaryOperator<Query.Builder> more) {
        Query.Builder query = Query.newBuilder().setQueryId(id).setStream(stream).setText("what?");
        return new QueryEvent(stream, more.apply(query).build());
    }

    /** Cancels a query. */
    static QueryEvent cancel(String stream, String id, String cancelled) {
        return ask(stream, id, query -> query.setText("").setCancel(cancelled));
    }
}
