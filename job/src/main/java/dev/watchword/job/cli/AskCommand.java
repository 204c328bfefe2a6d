package dev.watchword.job.cli;

import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.settings.KafkaSettings;
import dev.watchword.schemas.Priority;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.StreamName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a question about one stream or several, once or until it is cancelled. */
@Command(
        name = "ask",
        customSynopsis = {
            "watchword ask --stream=S [OPTIONS] QUESTION",
            "watchword ask --streams=S[,S...] [--combine] [OPTIONS] QUESTION"
        },
        description = {
            "Asks a question about a stream, or several, and prints the answer.",
            "The job must be running ('watchword run') and have seen frames of the stream ('watchword publish').",
            "Ctrl-C cancels a question that has no answer yet."
        },
        footer = {
            "",
            "Examples:",
            "  watchword ask --stream door \"What is in front of the door?\"",
            "  watchword ask --stream door --last 100 --json \"How many people came in?\"",
            "  watchword ask --stream door --last 5min \"Who came?\"",
            "  watchword ask --stream door --as-of 2026-03-01T14:30 \"Is the gate open?\"",
            "  watchword ask --stream door --evidence seen \"Was there ever a red van?\"",
            "  watchword ask --streams 'yard-*' \"Is a car here?\"",
            "  watchword ask --streams door,gate --combine \"Where is the dog?\"",
            "  watchword ask --stream door --standing --every 10s --on flip \"Tell me when a parcel is at the door.\""
        })
final class AskCommand implements Callable<Integer> {
    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(1);

    @Spec private CommandSpec spec;

    @ArgGroup(validate = false, heading = StandingOptions.HEADING)
    private StandingOptions standing = new StandingOptions();

    @ArgGroup(validate = false, heading = SeveralStreamsOptions.HEADING)
    private AskedStreamsOptions several = new AskedStreamsOptions();

    @ArgGroup(validate = false, heading = SettingsOptions.HEADING)
    private SettingsOptions settings = new SettingsOptions();

    @Option(
            names = "--stream",
            paramLabel = "S",
            description = "The stream that is asked about: the camera's name.")
    private String stream = "";

    @Parameters(paramLabel = "QUESTION", description = "The question, in quotation marks.")
    private String question;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description =
                    "How long to wait for the answer: 1 min if not given. With --standing: how long to print answers; until Ctrl-C if not given.")
    private Optional<Duration> timeout = Optional.empty();

    @Option(
            names = "--last",
            paramLabel = "N|TIME",
            converter = LastOption.class,
            description =
                    "Ask about the newest N frames only, or those of a TIME such as 5 min before the newest, not the whole history.")
    private Optional<LastOption.Last> last = Optional.empty();

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
            names = "--evidence",
            paramLabel = "DIR",
            description =
                    "Write the frames on which the answer rested into this folder, as far as the topic of frames still has them. Where the model looked in one, 'watchword analyze --image FILE' shows.")
    private Optional<Path> evidence = Optional.empty();

    @Option(
            names = "--json",
            description = "Print the whole answer as one line of JSON, not its text alone.")
    private boolean json;

    @Mixin private ConversationOptions conversation;

    @Mixin private AnswerOptions answer;

    @Override
    public Integer call() throws InterruptedException {
        requireSense();
        KafkaSettings kafka = settings.read().kafka();
        Timekeeper timekeeper = Timekeeper.system();
        PrintWriter notes = spec.commandLine().getErr();
        Optional<Standing> terms = standing.terms();
        Duration patience = timeout.orElse(USUAL_TIMEOUT);
        Instant now = timekeeper.now();
        Query query =
                Query.newBuilder()
                        .setQueryId(UUID.randomUUID().toString())
                        .setStream(stream)
                        .setStreams(several.streams())
                        .setCombine(several.combine())
                        .setText(question)
                        .setAskedAt(now)
                        .setScope(
                                Scope.newBuilder()
                                        .setLastFrames(
                                                last.flatMap(LastOption.Last::frames).orElse(null))
                                        .setLastMs(
                                                last.flatMap(LastOption.Last::time)
                                                        .map(Duration::toMillis)
                                                        .orElse(null))
                                        .setFrom(from.orElse(null))
                                        .setTo(to.orElse(null))
                                        .build())
                        .setMode(terms.isPresent() ? QueryMode.STANDING : QueryMode.ONCE)
                        .setStanding(terms.orElse(null))
                        .setFollowUpTo(conversation.followUp().orElse(null))
                        .setPartial(conversation.isPartial())
                        .setAsOf(conversation.asOf().orElse(null))
                        .setDeadline(
                                conversation.asOf().map(ever -> now.plus(patience)).orElse(null))
                        .setMaxTokens(answer.maxTokens().orElse(null))
                        .setTemperature(answer.temperature())
                        .setPriority(Priority.valueOf(answer.priority()))
                        .build();
        BrokerAccess broker = new BrokerAccess(kafka, notes::println, timekeeper);
        AnswerPrinter printer = new AnswerPrinter(spec.commandLine().getOut(), notes);
        if (terms.isPresent()) {
            return new Watching(broker, query, printer, json).watch(patience, timeout);
        }
        Inquiry inquiry = new Inquiry(broker, query, printer, json, evidence);
        return several.areSeparate()
                ? inquiry.askEach(patience, several.quiet())
                : inquiry.ask(conversation.patience(patience));
    }

    private void requireSense() {
        several.problem(stream, standing.terms().isPresent()).ifPresent(this::refuse);
        if (!stream.isEmpty()) {
            StreamName.problem(stream).ifPresent(this::refuse);
        }
        if (last.isPresent() && (from.isPresent() || to.isPresent())) {
            refuse("--last and --from or --to exclude each other; give one of them");
        }
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            refuse("--from must be before --to");
        }
        standing.problem().ifPresent(this::refuse);
        if (standing.terms().isPresent()) {
            conversation.problemOfStanding().ifPresent(this::refuse);
        }
        if (evidence.isPresent() && standing.terms().isPresent()) {
            refuse("--evidence is of one answer; leave out --standing");
        }
        if (to.isPresent() && standing.terms().isPresent()) {
            refuse("--standing asks about frames to come, and --to excludes them");
        }
        timeout.flatMap(time -> DurationOption.problemOfWait("--timeout", time))
                .ifPresent(this::refuse);
    }

    private void refuse(String problem) {
        throw new ParameterException(spec.commandLine(), problem);
    }
}
