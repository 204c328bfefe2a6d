package dev.watchword.job.cli;

import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.service.TemporaryDirectory;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.soak.LedgerSums;
import dev.watchword.job.soak.Recovery;
import dev.watchword.job.soak.Soak;
import dev.watchword.job.soak.SoakPlan;
import dev.watchword.job.soak.SoakReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/** Soaks, and prints the ledger. */
final class Soaking {
    private final CommandLine command;
    private final SoakPlan plan;
    private final Settings settings;
    private final Optional<Path> directory;

    /**
     * @param directory for all files; a temporary one if empty
     */
    Soaking(CommandLine command, SoakPlan plan, Settings settings, Optional<Path> directory) {
        this.command = command;
        this.plan = plan;
        this.settings = settings;
        this.directory = directory;
    }

    /** Returns the command's exit status. */
    int run(Path model) throws IOException, InterruptedException {
        if (directory.isPresent()) {
            return soak(model, Files.createDirectories(directory.get()).toAbsolutePath())
                    ? ExitCode.OK
                    : ExitCode.FAILED;
        }
        TemporaryDirectory temporary = TemporaryDirectory.create("watchword-soak-");
        if (soak(model, temporary.path())) {
            temporary.close();
            return ExitCode.OK;
        }
        command.getErr().println("The logs are kept in " + temporary.path() + ".");
        return ExitCode.FAILED;
    }

    private boolean soak(Path model, Path home) throws IOException, InterruptedException {
        PrintWriter progress = command.getErr();
        SoakReport report =
                new Soak(plan, settings, home, Timekeeper.system(), progress::println).run(model);
        print(report);
        return report.isClean();
    }

    private void print(SoakReport report) {
        LedgerSums sums = report.sums();
        row("frames sent", sums.frames());
        row("questions asked", sums.questions());
        sums.answers()
                .forEach(
                        (status, count) ->
                                row("answers " + status.name().toLowerCase(Locale.ROOT), count));
        row("repeats dropped", sums.repeats());
        row("  about other frames", sums.repeatsOfOtherFrames());
        row("dead letters", sums.deadLetters());
        row("lost frames", sums.lostFrames());
        row("lost answers", sums.lostQuestions());
        row("lost evaluations", sums.lostEvaluations());
        row("wrong streams", sums.wrongStreams());
        row("wrong histories", sums.wrongHistories());
        row("refused", sums.refused());
        PrintWriter out = command.getOut();
        if (!report.recoveries().isEmpty()) {
            out.println();
            report.recoveries().forEach(this::recovery);
        }
        out.println();
        report.peakMemory()
                .forEach(
                        (kind, bytes) ->
                                out.printf(
                                        Locale.ROOT,
                                        "peak memory of %-14s %5d MiB%n",
                                        kind,
                                        bytes >> 20));
        out.println();
        sums.told().forEach(out::println);
        out.println(
                report.isClean()
                        ? "Nothing is lost, and nothing is wrong."
                        : "Lost: %d. Wrong: %d.".formatted(sums.lost(), sums.wrong()));
        out.flush();
    }

    private void row(String what, long count) {
        command.getOut().printf(Locale.ROOT, "%-22s %8d%n", what, count);
    }

    private void recovery(Recovery recovery) {
        command.getOut()
                .printf(
                        Locale.ROOT,
                        "%4d:%02d  %-42s %s%n",
                        recovery.at().toMinutes(),
                        recovery.at().toSecondsPart(),
                        recovery.fault(),
                        recovery.took()
                                .map(
                                        took ->
                                                "the longest wait for an answer: %.1f s"
                                                        .formatted(took.toMillis() / 1e3))
                                .orElse("a question was never answered"));
    }
}
