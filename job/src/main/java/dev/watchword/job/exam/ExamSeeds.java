package dev.watchword.job.exam;

/**
 * Seeds of the exam's yards. Their top bit is set; training takes only seeds whose top bit is not,
 * so no yard of an exam was ever trained on.
 */
final class ExamSeeds {
    private static final long TOP_BIT = Long.MIN_VALUE;
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private ExamSeeds() {}

    /** Returns the seed that follows from an exam's seed and what it is for. */
    static long of(long seed, long... purposes) {
        long mixed = scramble(seed ^ STEP);
        for (long purpose : purposes) {
            mixed = scramble(mixed + STEP * (purpose + 1));
        }
        return mixed | TOP_BIT;
    }

    /** The finalizer of splitmix64. */
    private static long scramble(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
