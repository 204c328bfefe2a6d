package dev.watchword.job.cli;

import dev.watchword.job.service.BundledWeights;
import dev.watchword.job.settings.Flag;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flag {@code --model}. */
final class ModelFlag {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The model directory; the bundled model if not given.")
    private Optional<Path> directory = Optional.empty();

    /** The directory that is named; that of the bundled model, unpacked, if none is. */
    Path directory() {
        return directory.orElseGet(() -> BundledWeights.ofThisProgram().directory());
    }

    /** The flag as a setting; none if it is not given. */
    List<Flag> asSetting() {
        return of(directory);
    }

    static List<Flag> of(Optional<Path> directory) {
        return directory
                .map(path -> new Flag("--model", "model.directory", path.toString()))
                .stream()
                .toList();
    }
}
