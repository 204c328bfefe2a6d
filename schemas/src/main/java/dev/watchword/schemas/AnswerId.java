package dev.watchword.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The id of an answer: made only from what is answered, so that an answer that is delivered twice,
 * by whichever run of the job, has the same id both times and a consumer can drop the repeat.
 */
public final class AnswerId {
    private static final int BYTES = 16;

    private AnswerId() {}

    /** The id of the only answer, or the first, that a query gets from a stream. */
    public static String of(String queryId, String stream) {
        return of(queryId, stream, 0);
    }

    /**
     * The id of one of the answers that a query gets from a stream: the first 128 bits of the
     * SHA-256 of the query's id and the stream, each in UTF-8 behind its length in bytes (4 bytes,
     * big-endian), and the part (8 bytes, big-endian).
     *
     * @param part which of the answers, from 0
     * @return 32 lower-case hexadecimal digits
     */
    public static String of(String queryId, String stream, long part) {
        return digest(queryId, stream, part, new byte[0]);
    }

    /**
     * The id of the answer that a standing question gives at a frame: made as {@link #of(String,
     * String, long)} makes one with the frame's sequence for the part, with the byte {@code F} behind
     * it.
     *
     * @param sequence of the frame at which the question was evaluated
     * @return 32 lower-case hexadecimal digits
     */
    public static String ofFrame(String queryId, String stream, long sequence) {
        return digest(queryId, stream, sequence, new byte[] {'F'});
    }

    /**
     * The id of a part of an answer, which is sent while the answer is written: made as {@link
     * #of(String, String, long)} makes one with the byte {@code P} behind it.
     *
     * @param part as in the answer, from 1
     * @return 32 lower-case hexadecimal digits
     */
    public static String ofPart(String queryId, String stream, int part) {
        return digest(queryId, stream, part, new byte[] {'P'});
    }

    private static String digest(String queryId, String stream, long number, byte[] kind) {
        byte[] query = queryId.getBytes(StandardCharsets.UTF_8);
        byte[] streamName = stream.getBytes(StandardCharsets.UTF_8);
        ByteBuffer parts =
                ByteBuffer.allocate(
                        2 * Integer.BYTES
                                + query.length
                                + streamName.length
                                + Long.BYTES
                                + kind.length);
        parts.putInt(query.length).put(query);
        parts.putInt(streamName.length).put(streamName);
        parts.putLong(number).put(kind);
        return HexFormat.of().formatHex(sha256(parts.array()), 0, BYTES);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
