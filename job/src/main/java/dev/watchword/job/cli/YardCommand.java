package dev.watchword.job.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells what happens in a drawn yard, and draws it. */
@Command(
        name = "yard",
        description = {
            "Tells what happens in a drawn yard, second by second: the truth about the pictures that 'publish --source yard:SEED' publishes.",
            "The same seed is the same yard."
        },
        footer = {
            "",
            "Examples:",
            "  watchword yard --seed 7",
            "  watchword yard --seed 7 --minutes 1440 --sheet day.png"
        })
final class YardCommand implements Callable<Integer> {
    private static final int MINUTES_OF_A_DAY = 1440;

    @Spec private CommandSpec spec;

    @Option(
            names = "--seed",
            required = true,
            paramLabel = "N",
            description = "Which yard: any whole number.")
    private long seed;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "10",
            description =
                    "How much of its day, from the beginning: 1 to 1440, ${DEFAULT-VALUE} if not given.")
    private int minutes;

    @Option(
            names = "--sheet",
            paramLabel = "FILE.png",
            description = "Also draw a dozen moments side by side, into this file.")
    private Optional<Path> sheet = Optional.empty();

    @Option(
            names = "--pictures",
            paramLabel = "DIR",
            description = "Also write the picture of every second into this folder.")
    private Optional<Path> pictures = Optional.empty();

    @Override
    public Integer call() {
        if (minutes < 1 || minutes > MINUTES_OF_A_DAY) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--minutes is a whole number from 1 to %d, not %d"
                            .formatted(MINUTES_OF_A_DAY, minutes));
        }
        YardReport report = new YardReport(spec.commandLine(), seed, minutes * 60);
        report.print();
        sheet.ifPresent(report::drawSheet);
        pictures.ifPresent(report::writePictures);
        return ExitCode.OK;
    }
}
