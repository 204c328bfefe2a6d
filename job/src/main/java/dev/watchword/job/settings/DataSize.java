package dev.watchword.job.settings;

import java.util.Locale;
import org.apache.flink.configuration.MemorySize;

/**
 * A number of bytes. As text it is a whole number with a unit: {@code b}, {@code kb} or {@code kib}
 * (1,024 bytes), {@code mb} or {@code mib}, {@code gb} or {@code gib}; without one it is bytes.
 *
 * @param bytes not negative
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
    private static final String[] UNITS = {"b", "kib", "mib", "gib", "tib"};

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size of " + bytes + " bytes is negative");
        }
    }

    /** That many times 1,048,576 bytes. */
    public static DataSize ofMebibytes(long mebibytes) {
        return new DataSize(Math.multiplyExact(mebibytes, 1L << 20));
    }

    /**
     * Reads a size from its text.
     *
     * @throws IllegalArgumentException when the text is not a size
     */
    public static DataSize parse(String text) {
        String lowerCase = text.strip().toLowerCase(Locale.ROOT);
        return new DataSize(MemorySize.parseBytes(lowerCase.replaceFirst("([kmgt])ib$", "$1b")));
    }

    /**
     * The size as a number of bytes that an array can have.
     *
     * @throws ArithmeticException when it is 2 GiB or more
     */
    public int toIntBytes() {
        return Math.toIntExact(bytes);
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The text from which the same size is read, in the largest unit that leaves no fraction. */
    @Override
    public String toString() {
        long amount = bytes;
        int unit = 0;
        while (amount != 0 && amount % 1024 == 0 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return amount + " " + UNITS[unit];
    }
}
