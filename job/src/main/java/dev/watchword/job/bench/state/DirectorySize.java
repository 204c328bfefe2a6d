package dev.watchword.job.bench.state;

import dev.watchword.job.retry.Timekeeper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files below a directory at some moment.
 *
 * @param bytes of each file
 */
record DirectorySize(Map<Path, Long> bytes) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /**
     * Waits until two looks see the same: when a checkpoint is complete, Flink goes on for a while
     * with deleting what only the one before needed.
     */
    static DirectorySize settled(Path directory, Timekeeper timekeeper)
            throws IOException, InterruptedException {
        DirectorySize before = now(directory);
        while (true) {
            timekeeper.sleep(BETWEEN_LOOKS);
            DirectorySize now = now(directory);
            if (now.equals(before)) {
                return now;
            }
            before = now;
        }
    }

    private static DirectorySize now(Path directory) throws IOException {
        Map<Path, Long> bytes = new TreeMap<>();
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        bytes.put(file, attributes.size());
                        return FileVisitResult.CONTINUE;
                    }

                    /** It has been deleted since its directory was looked at. */
                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException cause) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException cause) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return new DirectorySize(bytes);
    }

    /** All of them together. */
    long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Those together that were not there at an earlier moment. */
    long addedSince(DirectorySize earlier) {
        return bytes.entrySet().stream()
                .filter(file -> !earlier.bytes.containsKey(file.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
