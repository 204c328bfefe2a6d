package dev.watchword.job.cli;

import dev.watchword.job.bench.Benchmark;
import dev.watchword.job.bench.BenchmarkRun;
import dev.watchword.job.bench.ModelSize;
import dev.watchword.job.bench.Progress;
import dev.watchword.job.bench.RandomWeights;
import dev.watchword.job.bench.Rounds;
import dev.watchword.job.bench.Setup;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.service.BundledWeights;
import dev.watchword.job.service.UserCache;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.WeightPacking;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.LibTorch;
import dev.watchword.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The flags that all benchmarks of the network have. Without a model or a size they measure the bundled model. */
final class BenchOptions {
    @Option(names = "--model", paramLabel = "DIR", description = "Measure this model directory.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--size",
            paramLabel = "small|clip-l|1b|8b",
            converter = SizeOption.class,
            description =
                    "Measure random weights of a shape: small (12 million), clip-l (the public models' vision tower, a small decoder; 0.7 GB on disk), 1b (the same tower, a decoder of 1.2 thousand million; 3.7 GB), 8b (the public LLaVA-Mini's; 18 GB).")
    private Optional<ModelSize> size = Optional.empty();

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description =
                    "Where random weights are written, once. If not given: watchword in $XDG_CACHE_HOME or ~/.cache.")
    private Optional<Path> cache = Optional.empty();

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            split = ",",
            description = "float32, bfloat16, or both, which is the default.")
    private List<Precision> precisions = List.of();

    @Option(
            names = "--pack-weights",
            paramLabel = "auto|always|never",
            defaultValue = "auto",
            description =
                    "Whether weights are laid out anew for the processor's library of products, as with model.pack-weights: ${DEFAULT-VALUE}.")
    private WeightPacking packing;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description =
                    "Where to compute: auto (the first GPU, else the processor), cpu, cuda or cuda:N.")
    private String device;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads one operator may use; one a core if not given.")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each rival is measured, in turn: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--at-least",
            paramLabel = "TIME",
            defaultValue = "200 ms",
            converter = DurationOption.class,
            description =
                    "How long one measurement lasts at least; what is shorter is repeated: ${DEFAULT-VALUE}.")
    private Duration atLeast;

    @Option(
            names = "--square",
            paramLabel = "N",
            defaultValue = "4096",
            description =
                    "The side of the square matrices whose product is one of the machine's ceilings: ${DEFAULT-VALUE}.")
    private int square;

    @Mixin private BenchOutput output;

    /** Reads a name as a size. */
    static final class SizeOption implements ITypeConverter<ModelSize> {
        @Override
        public ModelSize convert(String text) {
            try {
                return ModelSize.named(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    int square() {
        return square;
    }

    /** Whether the benchmark can be run at all; what cannot be is refused before work begins. */
    void requireSense(CommandLine command) {
        requireOneOf(command, model, size);
        output.requireSense(command);
        requireAtLeast(1, command, "--rounds", List.of(rounds));
        requireAtLeast(1, command, "--square", List.of(square));
        requireAtLeast(1, command, "--threads", threads.stream().toList());
    }

    /** Refuses a model and a size together. */
    static void requireOneOf(CommandLine command, Optional<Path> model, Optional<ModelSize> size) {
        if (model.isPresent() && size.isPresent()) {
            throw new ParameterException(
                    command, "--model and --size exclude each other; give one of them");
        }
    }

    /** Refuses a flag's values of which one is too small. */
    static void requireAtLeast(int least, CommandLine command, String flag, List<Integer> values) {
        for (int value : values) {
            if (value < least) {
                throw new ParameterException(
                        command, "%s must be at least %d, not %d".formatted(flag, least, value));
            }
        }
    }

    /** Refuses a number that is not above 0. */
    static void requireAboveZero(CommandLine command, String flag, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new ParameterException(command, flag + " must be above 0");
        }
    }

    /** Where neither model nor size is given, takes a size; and where no precision is, bfloat16. */
    void measureInBfloat16ByDefault(ModelSize usual) {
        if (model.isEmpty() && size.isEmpty()) {
            size = Optional.of(usual);
        }
        if (precisions.isEmpty()) {
            precisions = List.of(Precision.BFLOAT16);
        }
    }

    /** Loads the model, runs what is made of it, and prints the table. */
    int run(CommandLine command, Function<Setup, Benchmark> benchmark) throws IOException {
        return run(command, (setup, progress) -> benchmark.apply(setup));
    }

    /** As the other, for a benchmark that shows what it does while it is made. */
    int run(CommandLine command, BiFunction<Setup, Progress, Benchmark> benchmark)
            throws IOException {
        Timekeeper timekeeper = Timekeeper.system();
        ProgressLine line = ProgressLine.onStandardError(command.getErr(), timekeeper);
        try {
            ComputeDevice place = device(command);
            threads.ifPresent(LibTorch::setThreads);
            List<Precision> measured =
                    precisions.isEmpty()
                            ? List.of(Precision.FLOAT32, Precision.BFLOAT16)
                            : precisions;
            Setup setup = new Setup(directory(line::show), place, measured, packing, line::show);
            Benchmark made = benchmark.apply(setup, line::show);
            BenchmarkRun run =
                    new BenchmarkRun(
                            made,
                            new Rounds(rounds, atLeast),
                            table -> {
                                line.close();
                                output.write(made.description(), table, made.plot(), command);
                            });
            run.run(timekeeper, line::show);
        } finally {
            line.close();
        }
        return ExitCode.OK;
    }

    private ModelDirectory directory(Progress progress) throws IOException {
        if (model.isPresent()) {
            return ModelDirectory.open(model.get());
        }
        if (size.isPresent()) {
            return new RandomWeights(cache.orElseGet(UserCache::directory))
                    .of(size.get(), progress);
        }
        return ModelDirectory.open(BundledWeights.ofThisProgram().directory());
    }

    private ComputeDevice device(CommandLine command) {
        try {
            return ComputeDevice.parse(device);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, e.getMessage(), e);
        }
    }
}
