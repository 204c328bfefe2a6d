package dev.watchword.integration.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The checkpoints that jobs leave in a directory. */
public final class Checkpoints {
    private static final String PREFIX = "chk-";
    private static final String LAST_FILE = "_metadata";

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
        NewestNumber newest = new NewestNumber();
        try {
            Files.walkFileTree(directory, newest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return newest.number;
    }

    /** Looks at {@code JOB/chk-N/_metadata}, which a job deletes as it writes new ones. */
    private static final class NewestNumber extends SimpleFileVisitor<Path> {
        private long number;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String parent = file.getParent().getFileName().toString();
            if (file.endsWith(LAST_FILE) && parent.startsWith(PREFIX)) {
                number = Math.max(number, Long.parseLong(parent.substring(PREFIX.length())));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            return goOnWhereDeleted(e);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
            return goOnWhereDeleted(e);
        }

        private static FileVisitResult goOnWhereDeleted(IOException e) throws IOException {
            if (e != null && !(e instanceof NoSuchFileException)) {
                throw e;
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
