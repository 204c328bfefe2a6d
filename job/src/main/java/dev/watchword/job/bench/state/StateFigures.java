package dev.watchword.job.bench.state;

import java.util.Comparator;
import java.util.List;

/**
 * What was measured.
 *
 * @param checkpoint the first checkpoint
 * @param next what each further one added, in their order; not empty
 * @param storedBytes the last checkpoint as a whole, which is restored
 * @param restoreSeconds from submitting the job until its state is there
 * @param readSeconds from then until every stream's history has been read
 * @param tokenBytesRead bytes of vision tokens that were read
 * @param plainFile as many bytes as {@code storedBytes} without Flink
 */
record StateFigures(
        Saved checkpoint,
        List<Saved> next,
        long storedBytes,
        double restoreSeconds,
        double readSeconds,
        long tokenBytesRead,
        PlainFile plainFile) {

    StateFigures {
        next = List.copyOf(next);
    }

    /** All further checkpoints together. */
    Saved allNext() {
        return next.stream().reduce(Saved::plus).orElseThrow();
    }

    /** That further checkpoint which added the fewest bytes. */
    Saved smallestNext() {
        return next.stream().min(Comparator.comparing(Saved::bytes)).orElseThrow();
    }

    /** That further checkpoint which added the most bytes. */
    Saved largestNext() {
        return next.stream().max(Comparator.comparing(Saved::bytes)).orElseThrow();
    }

    /**
     * A checkpoint, or what it added to the one before.
     *
     * @param frames that it holds, or that it added
     * @param bytes of its files
     * @param files RocksDB's among them
     * @param seconds from asking for it until it is complete
     */
    record Saved(long frames, long bytes, StoredFiles files, double seconds) {
        private Saved plus(Saved other) {
            return new Saved(
                    frames + other.frames,
                    bytes + other.bytes,
                    files.and(other.files),
                    seconds + other.seconds);
        }
    }
}
