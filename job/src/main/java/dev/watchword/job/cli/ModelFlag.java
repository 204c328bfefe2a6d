package dev.watchword.job.cli;

import dev.watchword.job.settings.Flag;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The flag {@code --model} as a setting. */
final class ModelFlag {
    private ModelFlag() {}

    static List<Flag> of(Optional<Path> directory) {
        return directory
                .map(path -> new Flag("--model", "model.directory", path.toString()))
                .stream()
                .toList();
    }
}
