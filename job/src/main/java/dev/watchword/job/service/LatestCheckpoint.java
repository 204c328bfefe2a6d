package dev.watchword.job.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the newest finished checkpoint in a directory of this machine. */
final class LatestCheckpoint {
    /** {@code DIRECTORY/JOB/chk-N/_metadata}: Flink writes it last, so one that has it is whole. */
    private static final String LAST_FILE = "_metadata";

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
        return subdirectories(path).stream()
                .flatMap(job -> subdirectories(job).stream())
                .filter(folder -> folder.getFileName().toString().startsWith("chk-"))
                .map(checkpoint -> checkpoint.resolve(LAST_FILE))
                .filter(Files::isRegularFile)
                .max(Comparator.comparing(LatestCheckpoint::written))
                .map(Path::getParent);
    }

    /** Those that are there now: a job that still runs deletes its older checkpoints. */
    private static List<Path> subdirectories(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isDirectory).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Looking for checkpoints in " + directory, e);
        }
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
