package dev.watchword.job.cli;

import dev.watchword.job.retry.Timekeeper;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.StreamPattern;
import java.io.PrintWriter;
import java.time.Duration;
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

/** Looks after the questions that stand. */
@Command(
        name = "queries",
        description = "Lists and cancels the questions that stand on streams.",
        subcommands = {QueriesCommand.ListStanding.class, QueriesCommand.Cancel.class})
final class QueriesCommand implements Runnable {
    private static final String STREAM =
            "The stream: the camera's name; or a pattern, in which * stands for any characters.";

    /** This is no work for a stream, so that those that a pattern means answer together. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: list or cancel");
    }

    private static void refuse(CommandSpec command, Optional<String> problem) {
        if (problem.isPresent()) {
            throw new ParameterException(command.commandLine(), problem.get());
        }
    }

    /** Tells which questions stand. */
    @Command(
            name = "list",
            description = {
                "Tells which questions stand on a stream, and what came of them.",
                "The stream may be a pattern, such as 'yard-*': then of each stream that it means."
            },
            footer = {
                "",
                "Examples:",
                "  watchword queries list --stream door",
                "  watchword queries list --stream '*'"
            })
    static final class ListStanding implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @Option(names = "--stream", required = true, paramLabel = "S", description = STREAM)
        private String stream;

        @Mixin private RequestTimeout timeout;

        @ArgGroup(validate = false, heading = SettingsOptions.HEADING)
        private SettingsOptions settings = new SettingsOptions();

        @Option(names = "--json", description = "Print the job's answer as one line of JSON.")
        private boolean json;

        @Override
        public Integer call() throws InterruptedException {
            refuse(spec, StreamPattern.problem(stream));
            PrintWriter notes = spec.commandLine().getErr();
            Query query =
                    Query.newBuilder()
                            .setQueryId(UUID.randomUUID().toString())
                            .setStream(stream)
                            .setMode(QueryMode.LIST)
                            .build();
            BrokerAccess broker =
                    new BrokerAccess(settings.read().kafka(), notes::println, Timekeeper.system());
            StandingListing listing =
                    new StandingListing(new AnswerPrinter(spec.commandLine().getOut(), notes));
            if (Asking.isOfOneAnswer(query)) {
                return listing.print(new Asking(broker, timeout.get()).askOrFail(query), json);
            }
            return listing.printEach(new AskingSeveral(broker, timeout.get(), QUIET), query, json);
        }
    }

    /** Ends a question. */
    @Command(
            name = "cancel",
            description = {
                "Ends a question that stands on a stream, or one that still waits for its answer.",
                "The stream may be a pattern, such as 'yard-*', or there may be several: then on each stream that is meant, of which one at least must know the question.",
                "A question that was asked about several streams together ('ask --combine') is ended with --combine and the same streams in the same order."
            },
            footer = {
                "",
                "Examples:",
                "  watchword queries cancel parcel --stream door",
                "  watchword queries cancel parcel --stream 'yard-*'",
                "  watchword queries cancel ID --streams door,'yard-*' --combine"
            })
    static final class Cancel implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @Parameters(
                paramLabel = "ID",
                description = "The question's query_id, as 'watchword queries list' tells it.")
        private String cancelled;

        @Option(names = "--stream", paramLabel = "S", description = STREAM)
        private String stream = "";

        @Mixin private RequestTimeout timeout;

        @ArgGroup(validate = false, heading = SeveralStreamsOptions.HEADING)
        private SeveralStreamsOptions several = new SeveralStreamsOptions();

        @ArgGroup(validate = false, heading = SettingsOptions.HEADING)
        private SettingsOptions settings = new SettingsOptions();

        @Override
        public Integer call() throws InterruptedException {
            refuse(spec, several.problem(stream));
            if (!stream.isEmpty()) {
                refuse(spec, StreamPattern.problem(stream));
            }
            PrintWriter notes = spec.commandLine().getErr();
            Query query = Cancelling.of(cancelled, stream, several.streams(), several.combine());
            BrokerAccess broker =
                    new BrokerAccess(settings.read().kafka(), notes::println, Timekeeper.system());
            AnswerPrinter printer = new AnswerPrinter(spec.commandLine().getOut(), notes);
            if (Asking.isOfOneAnswer(query)) {
                return printer.printDone(new Asking(broker, timeout.get()).askOrFail(query));
            }
            return new Cancelling(printer)
                    .printEach(new AskingSeveral(broker, timeout.get(), QUIET), query);
        }
    }
}
