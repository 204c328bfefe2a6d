package dev.watchword.job.camera;

import java.util.OptionalDouble;

/**
 * Chooses pictures at a steady rate from a faster source. Time is divided into slots, one wanted
 * picture long, and the first picture in each slot is chosen. A source that is slower than the rate
 * keeps all its pictures.
 */
final class FramePicker {

    /** Sources round their times. */
    private static final long TOLERANCE_NANOSECONDS = 1_000_000;

    private final double slotNanoseconds;
    private double lastSlot = -1;

    /**
     * @param framesPerSecond empty: every picture is chosen
     */
    FramePicker(OptionalDouble framesPerSecond) {
        this.slotNanoseconds = 1e9 / framesPerSecond.orElse(Double.POSITIVE_INFINITY);
    }

    /** Whether to take the picture at this time, counted from the first one. Times only rise. */
    boolean chooses(long nanoseconds) {
        if (slotNanoseconds == 0) {
            return true;
        }
        double slot = Math.floor((nanoseconds + TOLERANCE_NANOSECONDS) / slotNanoseconds);
        boolean isFirstInSlot = slot > lastSlot;
        lastSlot = Math.max(slot, lastSlot);
        return isFirstInSlot;
    }
}
