package dev.watchword.model;

import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Linear;
import dev.watchword.tensor.Precision;
import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;

/**
 * Whether the weights of linear layers are packed ({@link Linear}). That makes products on a
 * processor faster, and a copy of the weights: those that are not packed are, where their precision
 * is the file's, only mapped, and shared with other processes.
 */
public enum WeightPacking {
    /** If it is not slower, and the copy takes at most half of the machine's memory. */
    AUTO,
    ALWAYS,
    NEVER;

    private static final int SHARE_OF_MEMORY = 2;

    /**
     * Whether weights are to be packed.
     *
     * @param bytes how many the copy takes
     * @throws IllegalArgumentException if they must be, and cannot
     */
    boolean packs(ComputeDevice device, Precision precision, long bytes) {
        return switch (this) {
            case NEVER -> false;
            case AUTO -> packsByItself(bytes, () -> Linear.packsWell(device, precision));
            case ALWAYS -> {
                if (!Linear.packs(device, precision)) {
                    throw new IllegalArgumentException(
                            "Weights in %s cannot be packed on %s: take auto or never."
                                    .formatted(precision, device));
                }
                yield true;
            }
        };
    }

    /** Whether there is room for a copy, and packed weights are not slower. */
    static boolean packsByItself(long bytes, BooleanSupplier packsWell) {
        return bytes <= memory() / SHARE_OF_MEMORY && packsWell.getAsBoolean();
    }

    /** The machine's memory, or of it what this process may use. */
    private static long memory() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }
}
