package dev.watchword.job.cli;

import dev.watchword.job.bench.FlopsTable;
import dev.watchword.job.bench.ModelSize;
import dev.watchword.job.bench.Output;
import dev.watchword.job.bench.Table;
import dev.watchword.model.ModelDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Operations by part of the network. */
@Command(
        name = "flops",
        description = {
            "Counts how many floating-point operations each part of a network takes for a question about one picture.",
            "Without --model and --size: of the networks that the paper compares, beside its own figures."
        },
        footer = {"", "Example:", "  watchword bench flops --model DIR --text 100"})
final class BenchFlopsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "Count this model, beside LLaVA-v1.5 made of its vision tower and decoder. No weights are read.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--size",
            paramLabel = "small|clip-l|1b|8b",
            converter = BenchOptions.SizeOption.class,
            description = "Count this shape in the same way.")
    private Optional<ModelSize> size = Optional.empty();

    @Option(
            names = "--text",
            paramLabel = "N",
            defaultValue = "" + FlopsTable.TEXT_TOKENS,
            description =
                    "How many tokens of text the prompt has: ${DEFAULT-VALUE}, with which the paper's figures come out.")
    private int text;

    @Option(names = "--json", description = "Print one JSON object a line, named as the columns.")
    private boolean json;

    @Override
    public Integer call() {
        BenchOptions.requireAtLeast(1, spec.commandLine(), "--text", List.of(text));
        BenchOptions.requireOneOf(spec.commandLine(), model, size);
        Table table =
                model.map(ModelDirectory::open)
                        .map(directory -> FlopsTable.ofModel(directory, text))
                        .or(() -> size.map(shape -> FlopsTable.ofSize(shape, text)))
                        .orElseGet(() -> FlopsTable.ofPaper(text));
        Output output = json ? Output.JSON : Output.TEXT;
        output.write(FlopsTable.description(text), table, spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
