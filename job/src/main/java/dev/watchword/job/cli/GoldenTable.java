package dev.watchword.job.cli;

import dev.watchword.model.check.GoldenCheck;
import dev.watchword.model.check.StageDifference;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Runs goldens and prints how far each stage is from them. */
final class GoldenTable {
    private static final String ROW = "%-20s %-28s %-22s %11s %11s %9s  %s%n";

    private final CommandLine commandLine;

    GoldenTable(CommandLine commandLine) {
        this.commandLine = commandLine;
    }

    /** Prints the table; gives the exit status: 1 if a tolerance is passed. */
    int print(Path goldens, String precisionName, String deviceName) {
        Precision precision = precision(precisionName);
        List<GoldenCheck.CaseResult> results =
                new GoldenCheck(device(deviceName), precision).run(goldens);
        PrintWriter out = commandLine.getOut();
        out.printf(
                ROW, "model", "case", "stage", "largest", "relative", "tolerance", "");
        int failed = 0;
        for (GoldenCheck.CaseResult result : results) {
            result.stages().forEach(stage -> print(out, stage));
            printIds(out, result);
            failed += result.passes() ? 0 : 1;
        }
        out.printf(
                "%d cases in %s: %s.%n",
                results.size(),
                precisionName,
                failed == 0 ? "all within tolerance" : failed + " NOT within tolerance");
        out.flush();
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void print(PrintWriter out, StageDifference stage) {
        out.printf(
                ROW,
                stage.model(),
                stage.goldenCase(),
                stage.stage(),
                number(stage.largest()),
                number(stage.relative()),
                number(stage.tolerance()),
                stage.passes() ? "ok" : "TOO FAR");
    }

    private static void printIds(PrintWriter out, GoldenCheck.CaseResult result) {
        StageDifference first = result.stages().get(0);
        GoldenCheck.IdsResult ids = result.ids();
        out.printf(
                ROW,
                first.model(),
                first.goldenCase(),
                "greedy_ids",
                ids.equal() + " of " + ids.golden(),
                "",
                ids.required() ? "all" : "none",
                ids.passes() ? "ok" : "DIFFERENT");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1e", value);
    }

    private Precision precision(String name) {
        return switch (name) {
            case "float32" -> Precision.FLOAT32;
            case "bfloat16" -> Precision.BFLOAT16;
            default ->
                    throw new ParameterException(
                            commandLine, "--precision must be float32 or bfloat16, not " + name);
        };
    }

    private ComputeDevice device(String name) {
        try {
            return ComputeDevice.parse(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine, e.getMessage(), e);
        }
    }
}
