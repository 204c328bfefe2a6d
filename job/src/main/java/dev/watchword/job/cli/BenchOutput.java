package dev.watchword.job.cli;

import dev.watchword.job.bench.Output;
import dev.watchword.job.bench.Table;
import dev.watchword.job.bench.TablePlot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a benchmark's table goes: printed for people or for programs, and drawn if wanted. */
final class BenchOutput {
    @Option(names = "--json", description = "Print one JSON object a line, named as the columns.")
    private boolean json;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Also draw the table into this PNG file, over one that is there.")
    private Optional<Path> plot = Optional.empty();

    /** Refuses, before anything is measured, a file that could not be written then. */
    void requireSense(CommandLine command) {
        plot.map(Path::toAbsolutePath)
                .filter(file -> Files.isDirectory(file) || !Files.isDirectory(file.getParent()))
                .ifPresent(
                        file -> {
                            throw new ParameterException(
                                    command,
                                    "--plot %s: that is no file in a directory that is there"
                                            .formatted(file));
                        });
    }

    /**
     * Prints the table, and draws it.
     *
     * @throws UncheckedIOException if the picture cannot be written
     */
    void write(List<String> description, Table table, TablePlot drawn, CommandLine command) {
        Output output = json ? Output.JSON : Output.TEXT;
        output.write(description, table, command.getOut());
        plot.ifPresent(
                file -> {
                    try {
                        drawn.of(table).write(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException("Writing " + file, e);
                    }
                });
    }
}
