package dev.watchword.job.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the newest finished checkpoint in a directory of this machine. */
final class LatestCheckpoint {
    /** Flink writes it last: a checkpoint that has it is whole. */
    private static final String LAST_FILE = "_metadata";

    /** {@code DIRECTORY/JOB/chk-N/_metadata}. */
    private static final int DEPTH = 3;

    private LatestCheckpoint() {}

    /**
     * The newest one.
     *
     * @param directory as the setting job.checkpoint-directory names it
     * @return its own directory; empty if there is none, or the directory is not on this machine
     */
    static Optional<Path> in(String directory) {
        URI uri = URI.create(directory);
        if (!"file".equals(uri.getScheme())) {
            return Optional.empty();
        }
        Path path = Path.of(uri.getPath());
        if (!Files.isDirectory(path)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(path, DEPTH, (file, is) -> isLastFile(file))) {
            return files.max(Comparator.comparing(LatestCheckpoint::written)).map(Path::getParent);
        } catch (IOException e) {
            throw new UncheckedIOException("Looking for checkpoints in " + directory, e);
        }
    }

    private static boolean isLastFile(Path file) {
        return file.getFileName().toString().equals(LAST_FILE)
                && file.getParent().getFileName().toString().startsWith("chk-");
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException e) {
            return FileTime.fromMillis(0);
        } catch (IOException e) {
            throw new UncheckedIOException("Looking at " + file, e);
        }
    }
}
