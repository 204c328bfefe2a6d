package dev.watchword.job.cli;

import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.settings.KafkaSettings;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.StreamName;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks one question about one stream. */
@Command(
        name = "ask",
        customSynopsis = "watchword ask --stream=S [OPTIONS] QUESTION",
        description = {
            "Asks a question about a stream and prints the answer.",
            "The job must be running ('watchword run') and have seen frames of the stream ('watchword publish')."
        },
        footer = {
            "",
            "Examples:",
            "  watchword ask --stream door \"What is in front of the door?\"",
            "  watchword ask --stream door --last 100 --json \"How many people came in?\""
        })
final class AskCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @ArgGroup(validate = false, heading = SettingsOptions.HEADING)
    private SettingsOptions settings = new SettingsOptions();

    @Option(
            names = "--stream",
            required = true,
            paramLabel = "S",
            description = "The stream that is asked about: the camera's name.")
    private String stream;

    @Parameters(paramLabel = "QUESTION", description = "The question, in quotation marks.")
    private String question;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1 min",
            converter = DurationOption.class,
            description = "How long to wait for the answer: ${DEFAULT-VALUE} if not given.")
    private Duration timeout;

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "Ask about the newest N frames only, not the whole history.")
    private Optional<Long> last = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = MomentOption.class,
            description =
                    "Ask about frames captured at this moment or later: a date and time, such as 2026-03-01T14:30, or 2026-03-01T13:30Z.")
    private Optional<Instant> from = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = MomentOption.class,
            description = "Ask about frames captured before this moment.")
    private Optional<Instant> to = Optional.empty();

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "The most tokens of the answer; the job's setting if not given.")
    private Optional<Integer> maxTokens = Optional.empty();

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description =
                    "Above 0: how freely to choose among likely words. 0, the default: always the likeliest.")
    private double temperature;

    @Option(
            names = "--json",
            description = "Print the whole answer as one line of JSON, not its text alone.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        requireSense();
        KafkaSettings kafka = settings.read().kafka();
        Timekeeper timekeeper = Timekeeper.system();
        PrintWriter notes = spec.commandLine().getErr();
        Query query =
                Query.newBuilder()
                        .setQueryId(UUID.randomUUID().toString())
                        .setStream(stream)
                        .setText(question)
                        .setAskedAt(timekeeper.now())
                        .setScope(
                                Scope.newBuilder()
                                        .setLastFrames(last.orElse(null))
                                        .setFrom(from.orElse(null))
                                        .setTo(to.orElse(null))
                                        .build())
                        .setMaxTokens(maxTokens.orElse(null))
                        .setTemperature(temperature)
                        .build();
        Optional<Answer> answer =
                new Asking(new BrokerAccess(kafka, notes::println, timekeeper), timeout).ask(query);
        if (answer.isEmpty()) {
            throw new CommandFailedException(
                    "no answer came in time (--timeout). Is the job running ('watchword run') at this broker, %s? If it answers later, 'watchword answers --stream %s' shows it, with query_id %s."
                            .formatted(kafka.clientBootstrap(), stream, query.getQueryId()));
        }
        return new AnswerPrinter(spec.commandLine().getOut(), notes).print(answer.get(), json);
    }

    private void requireSense() {
        StreamName.problem(stream).ifPresent(this::refuse);
        if (last.isPresent() && (from.isPresent() || to.isPresent())) {
            refuse("--last and --from or --to exclude each other; give one of them");
        }
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            refuse("--from must be before --to");
        }
        if (timeout.isZero() || timeout.compareTo(Duration.ofDays(1)) > 0) {
            refuse("--timeout must be longer than 0 and at most 1 d");
        }
    }

    private void refuse(String problem) {
        throw new ParameterException(spec.commandLine(), problem);
    }
}
