package dev.watchword.integration.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory that nobody can read or write while it is broken: a file stands in its place, so that
 * not even root can. What it held comes back with it. For one thread.
 */
public final class BreakableDirectory {
    private final Path directory;
    private final Path aside;

    /** Makes one of a directory. */
    public BreakableDirectory(Path directory) {
        this.directory = directory;
        this.aside = directory.resolveSibling(directory.getFileName() + "-aside");
    }

    /** From now on it can be neither read nor written. */
    public void breakDown() throws IOException {
        Files.move(directory, aside);
        Files.createFile(directory);
    }

    /** It is as it was before. */
    public void mend() throws IOException {
        Files.delete(directory);
        Files.move(aside, directory);
    }
}
