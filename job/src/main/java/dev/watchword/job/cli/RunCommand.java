package dev.watchword.job.cli;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Runs the job until it is interrupted. */
@Command(
        name = "run",
        description = {
            "Runs the job: reads frames and questions from Kafka, and writes answers.",
            "Without --bootstrap it starts a broker of its own on 127.0.0.1:9092. Ends with Ctrl-C."
        },
        footer = {
            "",
            "Examples:",
            "  watchword run",
            "  watchword run --bootstrap kafka:9092 --model /models/llava-mini-llama-3.1-8b"
        })
final class RunCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @ArgGroup(validate = false, heading = SettingsOptions.HEADING)
    private SettingsOptions settings = new SettingsOptions();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The model directory; the bundled model if not given.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--resume",
            description =
                    "Go on from the newest checkpoint in job.checkpoint-directory, if there is one.")
    private boolean resume;

    @Override
    public Integer call() throws Exception {
        return new Running(spec.commandLine().getErr())
                .run(settings.read(ModelFlag.of(model)), resume);
    }
}
