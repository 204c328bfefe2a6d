package dev.watchword.job.cli;

import dev.watchword.job.bench.AnswerBenchmark;
import dev.watchword.job.bench.AnswerPlan;
import dev.watchword.job.bench.EncodeBenchmark;
import dev.watchword.job.bench.GenerateBenchmark;
import dev.watchword.job.bench.HistoryBenchmark;
import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import dev.watchword.model.ModelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the network and the state on this machine. */
@Command(
        name = "bench",
        description = {
            "Measures how fast the network is here and what state costs, beside what the machine can reach; counts what networks take.",
            "docs/benchmarks.md tells what is measured and how."
        },
        footer = {
            "",
            "Examples:",
            "  watchword bench encode",
            "  watchword bench answer --size 1b --precision bfloat16 --frames 1,1000",
            "  watchword bench flops",
            "  watchword bench state --streams 10 --frames 10000"
        },
        subcommands = {
            BenchCommand.Encode.class,
            BenchCommand.Answer.class,
            BenchCommand.History.class,
            BenchCommand.Generate.class,
            BenchServeCommand.class,
            BenchOverloadCommand.class,
            BenchKeyframesCommand.class,
            BenchFullSizeCommand.class,
            BenchFlopsCommand.class,
            BenchStateCommand.class
        })
final class BenchCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "name a benchmark: encode, answer, history, generate, serve, overload, keyframes, full-size, flops or state");
    }

    /** Frames to vision tokens. */
    @Command(
            name = "encode",
            description = "Measures how many frames a second become vision tokens, by batch size.",
            footer = {
                "",
                "Example:",
                "  watchword bench encode --size clip-l --precision bfloat16 --batches 1,8"
            })
    static final class Encode implements Callable<Integer> {
        @Spec private CommandSpec spec;
        @Mixin private BenchOptions options;

        @Option(
                names = "--batches",
                paramLabel = "N",
                split = ",",
                defaultValue = "1,2,4,8,16",
                description = "How many frames are encoded at once: ${DEFAULT-VALUE}.")
        private List<Integer> batches;

        @Override
        public Integer call() throws IOException {
            options.requireSense(spec.commandLine());
            BenchOptions.requireAtLeast(1, spec.commandLine(), "--batches", batches);
            return options.run(
                    spec.commandLine(),
                    setup -> new EncodeBenchmark(setup, batches, options.square()));
        }
    }

    /** A question about a history. */
    @Command(
            name = "answer",
            description = {
                "Measures how long one answer takes, by the number of frames it is about:",
                "the time to its first token, and its tokens a second."
            },
            footer = {"", "Example:", "  watchword bench answer --size small --frames 1,10000"})
    static final class Answer implements Callable<Integer> {
        @Spec private CommandSpec spec;
        @Mixin private BenchOptions options;

        @Option(
                names = "--frames",
                paramLabel = "N",
                split = ",",
                defaultValue = "1,100,1000",
                description = "How many frames a history has: ${DEFAULT-VALUE}.")
        private List<Integer> frames;

        @Option(
                names = "--tokens",
                paramLabel = "N",
                defaultValue = "32",
                description = "How many tokens an answer has, at least 2: ${DEFAULT-VALUE}.")
        private int tokens;

        @Option(
                names = "--text",
                paramLabel = "N",
                defaultValue = "64",
                description = "How many tokens of text a prompt has: ${DEFAULT-VALUE}.")
        private int text;

        @Option(
                names = "--keyframes",
                paramLabel = "N",
                description =
                        "With how many of the frames, at most, a question is fused; as many as the job keeps by its default settings if not given.")
        private Optional<Integer> keyframes = Optional.empty();

        @Override
        public Integer call() throws IOException {
            options.requireSense(spec.commandLine());
            BenchOptions.requireAtLeast(1, spec.commandLine(), "--frames", frames);
            BenchOptions.requireAtLeast(1, spec.commandLine(), "--text", List.of(text));
            BenchOptions.requireAtLeast(
                    1, spec.commandLine(), "--keyframes", keyframes.stream().toList());
            BenchOptions.requireAtLeast(2, spec.commandLine(), "--tokens", List.of(tokens));
            return options.run(
                    spec.commandLine(),
                    setup -> {
                        requireRoom(spec, setup.config(), frames, text + tokens);
                        return new AnswerBenchmark(
                                setup, frames, plan(text, tokens, keyframes), options.square());
                    });
        }
    }

    /** A question about a long history. */
    @Command(
            name = "history",
            description = {
                "Measures the time to the first token of an answer by the length of the history: with what was read of it kept,",
                "read anew, and with the question fused with every frame, as the paper does it."
            },
            footer = {
                "",
                "Without --model and --size it measures the bundled model.",
                "",
                "Example:",
                "  watchword bench history --frames 1,10000 --json"
            })
    static final class History implements Callable<Integer> {
        private static final int ANSWER_TOKENS = 32;

        @Spec private CommandSpec spec;
        @Mixin private BenchOptions options;

        @Option(
                names = "--frames",
                paramLabel = "N",
                split = ",",
                defaultValue = "1,100,1000,10000",
                description = "How many frames a history has: ${DEFAULT-VALUE}.")
        private List<Integer> frames;

        @Option(
                names = "--text",
                paramLabel = "N",
                defaultValue = "16",
                description = "How many tokens of text a prompt has: ${DEFAULT-VALUE}.")
        private int text;

        @Option(
                names = "--paper",
                paramLabel = "N",
                defaultValue = "1000",
                description =
                        "The longest history that is measured as the paper does it: ${DEFAULT-VALUE}.")
        private int longestAsThePaper;

        @Option(
                names = "--cold",
                paramLabel = "N",
                defaultValue = "10000",
                description = "The longest history that is read anew: ${DEFAULT-VALUE}.")
        private int longestCold;

        @Override
        public Integer call() throws IOException {
            options.requireSense(spec.commandLine());
            BenchOptions.requireAtLeast(1, spec.commandLine(), "--frames", frames);
            BenchOptions.requireAtLeast(1, spec.commandLine(), "--text", List.of(text));
            options.measureBundledModelByDefault();
            return options.run(
                    spec.commandLine(),
                    setup -> {
                        requireRoom(spec, setup.config(), frames, text + ANSWER_TOKENS);
                        return new HistoryBenchmark(
                                setup,
                                frames,
                                plan(text, ANSWER_TOKENS, Optional.empty()),
                                longestCold,
                                longestAsThePaper);
                    });
        }
    }

    /** Many answers at once. */
    @Command(
            name = "generate",
            description = {
                "Measures how many tokens a second are written, by how many answers are written at once,",
                "beside the limit that reading the weights sets."
            },
            footer = {
                "",
                "Without --model and --size it measures the bundled model.",
                "",
                "Example:",
                "  watchword bench generate --size 1b --answers 1,8 --plot tokens.png"
            })
    static final class Generate implements Callable<Integer> {
        @Spec private CommandSpec spec;
        @Mixin private BenchOptions options;

        @Option(
                names = "--answers",
                paramLabel = "N",
                split = ",",
                defaultValue = "1,2,4,8,16,32",
                description = "How many answers are written at once: ${DEFAULT-VALUE}.")
        private List<Integer> answers;

        @Option(
                names = "--frames",
                paramLabel = "N",
                defaultValue = "100",
                description = "How many frames each answer is about: ${DEFAULT-VALUE}.")
        private int frames;

        @Option(
                names = "--tokens",
                paramLabel = "N",
                defaultValue = "32",
                description = "How many tokens an answer has, at least 2: ${DEFAULT-VALUE}.")
        private int tokens;

        @Option(
                names = "--text",
                paramLabel = "N",
                defaultValue = "16",
                description = "How many tokens of text a prompt has, at least 2: ${DEFAULT-VALUE}.")
        private int text;

        @Override
        public Integer call() throws IOException {
            options.requireSense(spec.commandLine());
            BenchOptions.requireAtLeast(1, spec.commandLine(), "--answers", answers);
            BenchOptions.requireAtLeast(1, spec.commandLine(), "--frames", List.of(frames));
            BenchOptions.requireAtLeast(2, spec.commandLine(), "--tokens", List.of(tokens));
            BenchOptions.requireAtLeast(2, spec.commandLine(), "--text", List.of(text));
            options.measureBundledModelByDefault();
            return options.run(
                    spec.commandLine(),
                    setup -> {
                        requireRoom(spec, setup.config(), List.of(frames), text + tokens);
                        return new GenerateBenchmark(
                                setup,
                                answers,
                                frames,
                                plan(text, tokens, Optional.empty()),
                                options.square());
                    });
        }
    }

    /** Refuses histories that do not go into the model with so many other tokens. */
    static void requireRoom(
            CommandSpec spec, ModelConfig config, List<Integer> frames, int others) {
        long vision = (long) Collections.max(frames) * config.visionTokens();
        long needed = others + vision;
        int most = config.language().maxPositions();
        if (needed > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    "an answer with %d frames takes %d tokens, and the model holds %d; give less to --frames"
                            .formatted(Collections.max(frames), needed, most));
        }
    }

    private static AnswerPlan plan(int text, int tokens, Optional<Integer> keyframes) {
        Settings usual = SettingsReader.read(Optional.empty(), List.of(), Environment.ofProcess());
        int kept = usual.memory().keyframesRecent() + usual.memory().keyframesSample();
        return new AnswerPlan(
                text,
                tokens,
                keyframes.orElse(kept),
                EngineConfigs.of(usual, Path.of("")).prefillSlice());
    }
}
