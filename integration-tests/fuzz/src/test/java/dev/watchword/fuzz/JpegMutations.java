package dev.watchword.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes of a JPEG's segments; what is no JPEG stays as it is. */
final class JpegMutations {
    static final List<Mutation> ALL =
            List.of(
                    JpegMutations::changeLength,
                    JpegMutations::changeSize,
                    JpegMutations::changeMarker,
                    JpegMutations::repeatSegment,
                    JpegMutations::removeSegment);

    private static final int START_OF_SCAN = 0xDA;

    private JpegMutations() {}

    /**
     * @param start where its marker is
     * @param end behind its last byte; of a scan, behind its header
     */
    private record Segment(int marker, int start, int end) {}

    private static List<Segment> segments(byte[] jpeg) {
        List<Segment> segments = new ArrayList<>();
        int at = 2;
        while (at + 4 <= jpeg.length && jpeg[0] == (byte) 0xFF && jpeg[1] == (byte) 0xD8) {
            int marker = jpeg[at + 1] & 0xFF;
            int length = ByteBuffer.wrap(jpeg).getShort(at + 2) & 0xFFFF;
            int end = at + 2 + length;
            if (jpeg[at] != (byte) 0xFF || length < 2 || end > jpeg.length) {
                break;
            }
            segments.add(new Segment(marker, at, end));
            at = marker == START_OF_SCAN ? nextMarker(jpeg, end) : end;
        }
        return segments;
    }

    private static int nextMarker(byte[] jpeg, int from) {
        int at = from;
        while (at + 1 < jpeg.length
                && !(jpeg[at] == (byte) 0xFF
                        && jpeg[at + 1] != 0
                        && (jpeg[at + 1] & 0xF8) != 0xD0)) {
            at++;
        }
        return at;
    }

    private static byte[] changeLength(byte[] input, Random random) {
        List<Segment> segments = segments(input);
        if (segments.isEmpty()) {
            return input;
        }
        int at = segments.get(random.nextInt(segments.size())).start + 2;
        return withShort(input, at, (short) ByteMutations.interesting(random));
    }

    private static byte[] changeSize(byte[] input, Random random) {
        byte[] changed = input;
        for (Segment segment : segments(input)) {
            if (segment.marker >= 0xC0
                    && segment.marker <= 0xC2
                    && segment.end > segment.start + 8) {
                int side = segment.start + 5 + 2 * random.nextInt(2);
                short value =
                        random.nextBoolean()
                                ? (short) ByteMutations.interesting(random)
                                : (short) random.nextInt(300);
                changed = withShort(changed, side, value);
            }
        }
        return changed;
    }

    private static byte[] changeMarker(byte[] input, Random random) {
        List<Segment> segments = segments(input);
        if (segments.isEmpty()) {
            return input;
        }
        byte[] changed = input.clone();
        changed[segments.get(random.nextInt(segments.size())).start + 1] =
                (byte) (0xC0 + random.nextInt(64));
        return changed;
    }

    private static byte[] repeatSegment(byte[] input, Random random) {
        List<Segment> segments = segments(input);
        if (segments.isEmpty()) {
            return input;
        }
        Segment one = segments.get(random.nextInt(segments.size()));
        int end = one.marker == START_OF_SCAN ? nextMarker(input, one.end) : one.end;
        byte[] segment = Arrays.copyOfRange(input, one.start, end);
        int at = segments.get(random.nextInt(segments.size())).start;
        byte[] changed = input;
        for (int times = 1 + random.nextInt(120); times > 0 && changed.length < 60_000; times--) {
            changed = ByteMutations.replace(changed, at, at, segment);
        }
        return changed;
    }

    private static byte[] removeSegment(byte[] input, Random random) {
        List<Segment> segments = segments(input);
        if (segments.isEmpty()) {
            return input;
        }
        Segment one = segments.get(random.nextInt(segments.size()));
        return ByteMutations.replace(input, one.start, one.end, new byte[0]);
    }

    private static byte[] withShort(byte[] input, int at, short value) {
        byte[] changed = input.clone();
        ByteBuffer.wrap(changed).putShort(at, value);
        return changed;
    }
}
