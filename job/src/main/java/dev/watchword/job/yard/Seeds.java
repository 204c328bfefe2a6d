package dev.watchword.job.yard;

/** Numbers that look random and follow from others. */
final class Seeds {
    private Seeds() {}

    /** Returns a well mixed number that depends on all the given ones and on their order. */
    static long mix(long... parts) {
        long state = 0x9E3779B97F4A7C15L;
        for (long part : parts) {
            state = scramble(state + 0x9E3779B97F4A7C15L + part * 0xD1342543DE82EF95L);
        }
        return state;
    }

    /** Returns a number from 0 up to 1 that depends on a seed and on which number is asked for. */
    static double unit(long seed, int which) {
        return (mix(seed, which) >>> 11) * 0x1.0p-53;
    }

    /** Returns a number from {@code low} up to {@code high}; see {@link #unit}. */
    static double between(long seed, int which, double low, double high) {
        return low + (high - low) * unit(seed, which);
    }

    private static long scramble(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
