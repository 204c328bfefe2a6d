package dev.watchword.job.bench;

import java.util.function.Supplier;

/** Where a person sees how far it has come. Thread-safe. */
@FunctionalInterface
public interface Progress {
    /** Shows a line in place of the one before; asked for only when it is time for another. */
    void show(Supplier<String> line);
}
