package dev.watchword.job.bench;

/** One of the things that a benchmark measures in turn. */
public interface Rival {
    /** What is measured, for the person who watches. */
    String name();

    /** In how many parts it is timed. */
    default int parts() {
        return 1;
    }

    /**
     * Runs once, and returns when the device is done. Calls {@code lap} at the end of each of its
     * parts; what comes after the last is not timed.
     */
    void run(Lap lap);
}
