package dev.watchword.job.cli;

import dev.watchword.job.service.BundledWeights;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at model directories. */
@Command(
        name = "model",
        description = "Looks at model directories.",
        subcommands = {ModelCommand.Info.class, ModelCommand.Check.class})
final class ModelCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: info or check");
    }

    /** Describes a model. */
    @Command(
            name = "info",
            description =
                    "Describes a model: architecture, parameters, vision tokens, state per frame.",
            footer = {
                "",
                "Examples:",
                "  watchword model info",
                "  watchword model info /models/llava-mini-llama-3.1-8b"
            })
    static final class Info implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @Parameters(
                arity = "0..1",
                paramLabel = "DIR",
                description = "The model directory; the bundled model if not given.")
        private Optional<Path> directory = Optional.empty();

        @Override
        public Integer call() {
            new ModelReport(spec.commandLine().getOut())
                    .print(directory.orElseGet(() -> BundledWeights.ofThisProgram().directory()));
            return ExitCode.OK;
        }
    }

    /** Compares the network with goldens. */
    @Command(
            name = "check",
            description = {
                "Compares every stage of the network with tensors of another implementation.",
                "For every DIR/NAME/checkpoint, a model directory, runs its cases DIR/NAME/*.safetensors."
            },
            footer = {
                "",
                "Example:",
                "  watchword model check --goldens goldens --precision bfloat16"
            })
    static final class Check implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @Option(
                names = "--goldens",
                required = true,
                paramLabel = "DIR",
                description = "The folder of goldens.")
        private Path goldens;

        @Option(
                names = "--precision",
                paramLabel = "float32|bfloat16",
                defaultValue = "float32",
                description = "In which numbers to compute: ${DEFAULT-VALUE} if not given.")
        private String precision;

        @Option(
                names = "--device",
                paramLabel = "DEVICE",
                defaultValue = "auto",
                description = "Where to compute: auto, cpu, cuda or cuda:N.")
        private String device;

        @Override
        public Integer call() {
            return new GoldenTable(spec.commandLine()).print(goldens, precision, device);
        }
    }
}
