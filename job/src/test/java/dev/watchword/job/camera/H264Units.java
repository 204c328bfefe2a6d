package dev.watchword.job.camera;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The units of a stream of H.264, which are divided by the bytes 0, 0, 1. */
final class H264Units {

    private H264Units() {}

    static List<byte[]> of(byte[] stream) {
        List<byte[]> units = new ArrayList<>();
        int begin = -1;
        for (int at = 0; at + 2 < stream.length; at++) {
            if (stream[at] == 0 && stream[at + 1] == 0 && stream[at + 2] == 1) {
                if (begin >= 0) {
                    units.add(withoutZeros(stream, begin, at));
                }
                begin = at + 3;
            }
        }
        units.add(withoutZeros(stream, begin, stream.length));
        return units;
    }

    /** Whether it holds picture, and not parameters. */
    static boolean isSlice(byte[] unit) {
        int type = unit[0] & 0x1f;
        return type == 1 || type == 5;
    }

    /** Whether it is the first unit of a picture, or parameters before one. */
    static boolean beginsPicture(byte[] unit) {
        return !isSlice(unit) || (unit[1] & 0x80) != 0;
    }

    private static byte[] withoutZeros(byte[] stream, int begin, int end) {
        int last = end;
        while (last > begin && stream[last - 1] == 0) {
            last--;
        }
        return Arrays.copyOfRange(stream, begin, last);
    }
}
