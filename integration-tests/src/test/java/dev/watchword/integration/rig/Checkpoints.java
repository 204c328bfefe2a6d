package dev.watchword.integration.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The checkpoints that jobs leave in a directory. */
public final class Checkpoints {
    private static final String PREFIX = "chk-";

    private final Path directory;

    /** Those of a directory that a job was given. */
    public Checkpoints(Path directory) {
        this.directory = directory;
    }

    /** Waits for a checkpoint that was begun after this was called. */
    public void awaitAnother() {
        long before = newest();
        // The next may have been begun already; there is one at a time.
        Eventually.until("there is a newer checkpoint", () -> newest() >= before + 2);
    }

    private long newest() {
        try (Stream<Path> files = Files.find(directory, 3, (file, is) -> isLastFile(file))) {
            return files.map(file -> file.getParent().getFileName().toString())
                    .mapToLong(name -> Long.parseLong(name.substring(PREFIX.length())))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLastFile(Path file) {
        return file.endsWith("_metadata")
                && file.getParent().getFileName().toString().startsWith(PREFIX);
    }
}
