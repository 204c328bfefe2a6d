package dev.watchword.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A part that reads a file. */
final class FileTarget implements Target {
    private final Path file;
    private final List<byte[]> seeds;
    private final List<Mutation> mutations;
    private final long mostBytes;
    private final Class<? extends Exception> refusal;
    private final Reader reader;

    /** Reads a file, and throws what its contract names if the file is not as it must be. */
    @FunctionalInterface
    interface Reader {
        void read(Path file) throws Exception;
    }

    /**
     * @param file is written anew for every input
     * @param refusal what the reader may throw; its message begins with the file
     */
    FileTarget(
            Path file,
            List<byte[]> seeds,
            List<Mutation> mutations,
            long mostBytes,
            Class<? extends Exception> refusal,
            Reader reader) {
        this.file = file;
        this.seeds = List.copyOf(seeds);
        this.mutations = new ArrayList<>(mutations);
        this.mostBytes = mostBytes;
        this.refusal = refusal;
        this.reader = reader;
    }

    @Override
    public boolean takes(byte[] input) throws Exception {
        try {
            Files.write(file, input);
        } catch (IOException e) {
            throw new AssertionError("The test cannot write " + file, e);
        }
        try {
            reader.read(file);
            return true;
        } catch (Exception thrown) {
            if (refusal.isInstance(thrown) && thrown.getMessage().startsWith(file.toString())) {
                return false;
            }
            throw thrown;
        }
    }

    @Override
    public List<byte[]> seeds() {
        return seeds;
    }

    @Override
    public List<Mutation> mutations() {
        return mutations;
    }

    @Override
    public long mostBytes() {
        return mostBytes;
    }
}
