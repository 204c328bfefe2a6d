package dev.watchword.memory;

/** How the part of a stream in a question about several is written between tasks. */
public final class PartCoding {
    private PartCoding() {}

    /** The part as bytes. */
    public static byte[] encode(StreamPart part) {
        return StateCodecs.PART.encode(part);
    }

    /** The part of bytes that {@link #encode} made. */
    public static StreamPart decode(byte[] encoded) {
        return StateCodecs.decode(StateCodecs.PART, encoded);
    }
}
