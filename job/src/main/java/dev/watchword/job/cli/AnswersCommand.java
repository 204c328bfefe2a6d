package dev.watchword.job.cli;

import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.settings.KafkaSettings;
import dev.watchword.schemas.StreamName;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the answers there are, and with {@code --follow} those that come. */
@Command(
        name = "answers",
        description =
                "Prints every answer as one line of JSON: those there are, and with --follow those that come.",
        footer = {
            "",
            "Examples:",
            "  watchword answers --stream door",
            "  watchword answers --follow | jq -r .text"
        })
final class AnswersCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @ArgGroup(validate = false, heading = SettingsOptions.HEADING)
    private SettingsOptions settings = new SettingsOptions();

    @Option(
            names = "--follow",
            description = "Go on with the answers that come, until interrupted.")
    private boolean follow;

    @Option(
            names = "--partial",
            description =
                    "Print parts of answers that are being written too, where a question asked for them.")
    private boolean partial;

    @Option(
            names = "--stream",
            paramLabel = "S",
            description = "Only answers about this stream; may be given again.")
    private List<String> streams = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description =
                    "How long to wait for a broker that does not answer; the setting kafka.broker-wait if not given.")
    private Optional<Duration> timeout = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        for (String stream : streams) {
            StreamName.problem(stream)
                    .ifPresent(
                            problem -> {
                                throw new ParameterException(spec.commandLine(), problem);
                            });
        }
        KafkaSettings kafka = settings.read().kafka();
        PrintWriter notes = spec.commandLine().getErr();
        BrokerAccess broker = new BrokerAccess(kafka, notes::println, Timekeeper.system());
        broker.await(timeout.orElse(kafka.brokerWait()));
        AnswersListing listing =
                new AnswersListing(
                        broker, List.copyOf(streams), partial, spec.commandLine().getOut());
        if (follow) {
            listing.follow();
        } else {
            listing.printWhatIsThere();
        }
        return ExitCode.OK;
    }
}
