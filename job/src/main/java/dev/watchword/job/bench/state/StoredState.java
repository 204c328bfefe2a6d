package dev.watchword.job.bench.state;

/**
 * What one of the states takes in a checkpoint's files.
 *
 * @param bytes of its files
 * @param entries written, those that remove another one counted too
 * @param removals entries that remove another one
 */
record StoredState(long bytes, long entries, long removals) {
    static final StoredState NOTHING = new StoredState(0, 0, 0);

    StoredState plus(StoredState other) {
        return new StoredState(
                bytes + other.bytes, entries + other.entries, removals + other.removals);
    }
}
