package dev.watchword.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes of a safetensors file's header, whose length is then right. */
final class SafetensorsMutations {
    static final List<Mutation> ALL =
            List.of(
                    SafetensorsMutations::changeHeader,
                    SafetensorsMutations::changeHeader,
                    SafetensorsMutations::changeHeader,
                    SafetensorsMutations::changeLength);

    private SafetensorsMutations() {}

    private static byte[] changeHeader(byte[] input, Random random) {
        if (input.length < Long.BYTES) {
            return input;
        }
        ByteBuffer file = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        long length = file.getLong(0);
        if (length < 0 || length > input.length - Long.BYTES) {
            return input;
        }
        int end = Long.BYTES + (int) length;
        byte[] header =
                TextMutations.ALL
                        .get(random.nextInt(TextMutations.ALL.size()))
                        .apply(Arrays.copyOfRange(input, Long.BYTES, end), random);
        byte[] changed = ByteMutations.replace(input, Long.BYTES, end, header);
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length);
        return changed;
    }

    private static byte[] changeLength(byte[] input, Random random) {
        byte[] changed = input.clone();
        if (changed.length >= Long.BYTES) {
            ByteBuffer.wrap(changed)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(0, ByteMutations.interesting(random));
        }
        return changed;
    }
}
