package dev.watchword.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes of bytes, whatever they mean. */
final class ByteMutations {
    static final List<Mutation> ALL =
            List.of(
                    ByteMutations::flipBit,
                    ByteMutations::setByte,
                    ByteMutations::setInteger,
                    ByteMutations::cut,
                    ByteMutations::remove,
                    ByteMutations::repeat);

    private static final long[] INTERESTING = {
        0,
        1,
        -1,
        Byte.MAX_VALUE,
        Byte.MIN_VALUE,
        255,
        256,
        Short.MAX_VALUE,
        Short.MIN_VALUE,
        65_535,
        65_536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE - 8L,
        1L << 32,
        (1L << 32) - 1,
        (1L << 53) + 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE / 2,
    };

    private static final int LONGEST_REPEAT = 4_000;

    private ByteMutations() {}

    /** A number at which programs go wrong. */
    static long interesting(Random random) {
        return INTERESTING[random.nextInt(INTERESTING.length)];
    }

    /** With {@code replacement} in place of the bytes from {@code from} to {@code to}. */
    static byte[] replace(byte[] input, int from, int to, byte[] replacement) {
        byte[] changed = Arrays.copyOf(input, input.length - (to - from) + replacement.length);
        System.arraycopy(replacement, 0, changed, from, replacement.length);
        System.arraycopy(input, to, changed, from + replacement.length, input.length - to);
        return changed;
    }

    /** The beginning of one input and the end of another. */
    static byte[] splice(byte[] first, byte[] second, Random random) {
        int end = random.nextInt(first.length + 1);
        int start = random.nextInt(second.length + 1);
        return replace(
                Arrays.copyOf(first, end),
                end,
                end,
                Arrays.copyOfRange(second, start, second.length));
    }

    private static byte[] flipBit(byte[] input, Random random) {
        byte[] changed = input.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static byte[] setByte(byte[] input, Random random) {
        byte[] changed = input.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        return changed;
    }

    private static byte[] setInteger(byte[] input, Random random) {
        byte[] changed = input.clone();
        int width = 1 << random.nextInt(4);
        if (changed.length >= width) {
            ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            byte[] number =
                    ByteBuffer.allocate(8).order(order).putLong(interesting(random)).array();
            System.arraycopy(
                    number,
                    order == ByteOrder.BIG_ENDIAN ? 8 - width : 0,
                    changed,
                    random.nextInt(changed.length - width + 1),
                    width);
        }
        return changed;
    }

    private static byte[] cut(byte[] input, Random random) {
        return Arrays.copyOf(input, random.nextInt(input.length + 1));
    }

    private static byte[] remove(byte[] input, Random random) {
        int from = random.nextInt(input.length + 1);
        int count = random.nextInt(1 + Math.min(16, input.length - from));
        return replace(input, from, from + count, new byte[0]);
    }

    private static byte[] repeat(byte[] input, Random random) {
        int from = random.nextInt(input.length + 1);
        int count = random.nextInt(1 + Math.min(64, input.length - from));
        int times = count == 0 ? 0 : random.nextInt(1 + LONGEST_REPEAT / count);
        byte[] part = Arrays.copyOfRange(input, from, from + count);
        ByteBuffer repeated = ByteBuffer.allocate(times * count);
        for (int time = 0; time < times; time++) {
            repeated.put(part);
        }
        return replace(input, from, from, repeated.array());
    }
}
