package dev.watchword.job.cli;

import dev.watchword.job.service.BundledWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a model looks at. */
@Command(
        name = "analyze",
        description = {
            "Shows what a model looks at while it answers a question about pictures.",
            "Prints, layer by layer, how much of the attention goes to vision tokens, and writes a"
                    + " chart of it and what the compressor took from each picture as PNG.",
            "Without --image it looks at pictures of the simulated yard."
        },
        footer = {
            "",
            "Example:",
            "  watchword analyze --model /models/llava-v1.5-7b --image door.jpg --question \"Who is it?\""
        })
final class AnalyzeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "The model directory, of LLaVA-Mini or LLaVA-v1.5; the bundled model if not given.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "A JPEG or PNG picture; may be given several times.")
    private List<Path> images = new ArrayList<>();

    @Option(
            names = "--question",
            paramLabel = "TEXT",
            description = "What is asked about each picture.")
    private Optional<String> question = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "analysis",
            description = "Where the PNG files go: ${DEFAULT-VALUE} if not given.")
    private Path output;

    @Option(
            names = "--yard-seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Which yard is looked at without --image: ${DEFAULT-VALUE} if not given.")
    private long yardSeed;

    @Mixin private ModelOptions options;

    @Override
    public Integer call() {
        Path directory = model.orElseGet(() -> BundledWeights.ofThisProgram().directory());
        return new Analyzing(spec.commandLine(), options.open(spec.commandLine(), directory))
                .analyze(images, yardSeed, question, output);
    }
}
