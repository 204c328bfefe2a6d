package dev.watchword.job.cli;

import dev.watchword.tensor.LibTorch;
import picocli.CommandLine.Option;

/** The flag {@code --threads} of commands that train. */
final class ThreadsOption {
    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many threads compute; as many as there are cores if not given.")
    private int threads;

    /** From now on so many threads compute in this process. */
    void apply() {
        LibTorch.setThreads(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
    }
}
