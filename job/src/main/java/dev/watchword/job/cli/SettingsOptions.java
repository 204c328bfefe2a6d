package dev.watchword.job.cli;

import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags from which a command has its settings. */
final class SettingsOptions {
    static final String HEADING = "%nThe broker and further settings:%n";

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description =
                    "The Kafka brokers, divided by commas. If not given: the setting kafka.bootstrap, else 127.0.0.1:9092, where 'watchword run' starts one.")
    private Optional<String> bootstrap = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A YAML file of settings; 'watchword settings' lists them.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting, over the file's; may be given again.")
    private List<String> assignments = new ArrayList<>();

    /**
     * The settings.
     *
     * @throws dev.watchword.job.settings.SettingsException when they cannot be used
     */
    Settings read() {
        return read(List.of());
    }

    /**
     * The settings, with the command's own flags over all others.
     *
     * @throws dev.watchword.job.settings.SettingsException when they cannot be used
     */
    Settings read(List<Flag> own) {
        List<Flag> flags = new ArrayList<>(assignments.stream().map(Flag::set).toList());
        bootstrap.ifPresent(
                address -> flags.add(new Flag("--bootstrap", "kafka.bootstrap", address)));
        flags.addAll(own);
        return SettingsReader.read(file, flags, Environment.ofProcess());
    }
}
