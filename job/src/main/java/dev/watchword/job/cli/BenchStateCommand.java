package dev.watchword.job.cli;

import dev.watchword.job.bench.Table;
import dev.watchword.job.bench.state.StateBenchmark;
import dev.watchword.job.bench.state.StatePlan;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.service.TemporaryDirectory;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What histories cost in keyed state. */
@Command(
        name = "state",
        description = {
            "Measures what streams' histories cost in Flink's state: bytes a frame, and the time to save and to restore them.",
            "Frames are made up; no model is needed."
        },
        footer = {
            "",
            "Examples:",
            "  watchword bench state",
            "  watchword bench state --streams 100 --frames 10000",
            "  watchword bench state --streams 2 --token-bytes 8192 --feature-bytes 1179648"
        })
final class BenchStateCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--streams",
            paramLabel = "S",
            defaultValue = "10",
            description = "How many streams: ${DEFAULT-VALUE}.")
    private int streams;

    @Option(
            names = "--frames",
            paramLabel = "F",
            defaultValue = "1000",
            description =
                    "How many frames each stream has when it is saved first: ${DEFAULT-VALUE}.")
    private int frames;

    @Option(
            names = "--appended",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "How many further frames each stream has each time it is saved again: ${DEFAULT-VALUE}.")
    private int appended;

    @Option(
            names = "--checkpoints",
            paramLabel = "N",
            defaultValue = "8",
            description =
                    "How often it is saved again: ${DEFAULT-VALUE}. Most checkpoints add little, some hold what RocksDB has rewritten.")
    private int checkpoints;

    @Option(
            names = "--token-bytes",
            paramLabel = "N",
            defaultValue = "384",
            description =
                    "Bytes of a frame's vision tokens: ${DEFAULT-VALUE}, as of the bundled model in bfloat16; 8192 of one of 8 thousand million weights.")
    private int tokenBytes;

    @Option(
            names = "--feature-bytes",
            paramLabel = "N",
            defaultValue = "16384",
            description =
                    "Bytes of a keyframe's features: ${DEFAULT-VALUE}, as of the bundled model in bfloat16; 1179648 of CLIP-L/14 at 336 pixels.")
    private int featureBytes;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "On which disk; a directory is made in it and deleted at the end. The directory for temporary files if not given.")
    private Optional<Path> directory = Optional.empty();

    @Mixin private BenchOutput output;

    @Override
    public Integer call() throws Exception {
        requireSense();
        Settings usual = SettingsReader.read(Optional.empty(), List.of(), Environment.ofProcess());
        return CtrlC.during(
                spec.commandLine().getErr(),
                "Stopped before everything was measured.",
                () -> {
                    Table table = measure(usual);
                    output.write(
                            StateBenchmark.description(plan(), usual),
                            table,
                            StateBenchmark.plot(),
                            spec.commandLine());
                    return ExitCode.OK;
                });
    }

    private Table measure(Settings usual) throws Exception {
        Timekeeper timekeeper = Timekeeper.system();
        try (ProgressLine line =
                        ProgressLine.onStandardError(spec.commandLine().getErr(), timekeeper);
                TemporaryDirectory place = place()) {
            return new StateBenchmark(plan(), usual, place.path(), timekeeper, line::show).run();
        }
    }

    private StatePlan plan() {
        return new StatePlan(streams, frames, appended, checkpoints, tokenBytes, featureBytes);
    }

    private void requireSense() {
        require("--streams", streams);
        require("--frames", frames);
        require("--appended", appended);
        require("--checkpoints", checkpoints);
        require("--token-bytes", tokenBytes);
        require("--feature-bytes", featureBytes);
        output.requireSense(spec.commandLine());
        directory
                .filter(path -> !Files.isDirectory(path))
                .ifPresent(
                        path -> {
                            throw new ParameterException(
                                    spec.commandLine(), "--directory " + path + " is no directory");
                        });
    }

    private void require(String flag, int value) {
        BenchOptions.requireAtLeast(1, spec.commandLine(), flag, List.of(value));
    }

    private TemporaryDirectory place() throws IOException {
        Path parent = directory.orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        return TemporaryDirectory.createIn(parent.toAbsolutePath(), "watchword-bench-state");
    }
}
