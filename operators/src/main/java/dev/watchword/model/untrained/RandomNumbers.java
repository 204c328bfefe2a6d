package dev.watchword.model.untrained;

/**
 * Random numbers that depend on a seed and a name only: the same on every machine and in every
 * version of Java, and fast, for models have thousands of millions of them.
 */
final class RandomNumbers {
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final int UNIFORMS = 4;
    private static final int LARGEST = 0xFFFF;
    private static final float MEAN = UNIFORMS * LARGEST / 2f;
    private static final float PER_DEVIATION =
            (float) (1 / Math.sqrt(UNIFORMS * ((LARGEST + 1.0) * (LARGEST + 1.0) - 1) / 12));

    private long state;

    RandomNumbers(long seed, String name) {
        state = mixed(seed);
        for (int i = 0; i < name.length(); i++) {
            state = mixed(state + STEP + name.charAt(i));
        }
    }

    /** Returns a number of mean 0 and deviation 1: the sum of four even ones. */
    float nextNormal() {
        state += STEP;
        long bits = mixed(state);
        int sum = 0;
        for (int i = 0; i < UNIFORMS; i++) {
            sum += (int) (bits >>> 16 * i) & LARGEST;
        }
        return (sum - MEAN) * PER_DEVIATION;
    }

    /** SplitMix64's output function. */
    private static long mixed(long value) {
        long bits = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
        return bits ^ bits >>> 31;
    }
}
