package dev.watchword.job.cli;

import dev.watchword.engine.EngineConfig.PrecisionChoice;
import dev.watchword.model.ModelDirectory;
import dev.watchword.tensor.ComputeDevice;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The flags of commands that load a model themselves: how it is read, and where it computes. */
final class ModelOptions {
    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|auto",
            defaultValue = "auto",
            description = "In which numbers to compute: ${DEFAULT-VALUE} if not given.")
    private String precision;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "Where to compute: auto, cpu, cuda or cuda:N.")
    private String device;

    @Option(
            names = "--vision-tower",
            paramLabel = "DIR",
            description = "The vision tower's own directory, where it is not found by its name.")
    private Optional<Path> visionTower = Optional.empty();

    @Option(
            names = "--chat-template",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, llama-3.1, llama-3, vicuna or plain.")
    private String chatTemplate;

    /**
     * Opens a model directory; nothing is loaded yet.
     *
     * @throws dev.watchword.model.ModelFileException if it is none that can be used
     * @throws ParameterException if a flag says nothing that is known
     */
    OpenedModel open(CommandLine command, Path directory) {
        ModelDirectory opened = ModelDirectory.open(directory, visionTower);
        try {
            return new OpenedModel(
                    opened,
                    chatTemplate,
                    ComputeDevice.parse(device),
                    PrecisionChoice.parse(precision));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, e.getMessage(), e);
        }
    }
}
