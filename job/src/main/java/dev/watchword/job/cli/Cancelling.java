package dev.watchword.job.cli;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.util.List;
import java.util.UUID;

/** Ends a question on several streams, and tells a person where it ended. */
record Cancelling(AnswerPrinter printer) {
    /** How a person ends a question from the shell. */
    static String command(Query query, BrokerAccess broker) {
        String several = String.join(",", query.getStreams());
        return "watchword queries cancel %s%s%s%s"
                .formatted(
                        query.getQueryId(),
                        several.isEmpty()
                                ? " --stream " + query.getStream()
                                : " --streams '" + several + "'",
                        query.getCombine() ? " --combine" : "",
                        broker.settings().embedded()
                                ? ""
                                : " --bootstrap " + broker.settings().clientBootstrap());
    }

    /** A query that ends another. */
    static Query of(Query query) {
        return of(query.getQueryId(), query.getStream(), query.getStreams(), query.getCombine());
    }

    /** A query that ends another, which named these streams. */
    static Query of(String queryId, String stream, List<String> streams, boolean combine) {
        return Query.newBuilder()
                .setQueryId(UUID.randomUUID().toString())
                .setStream(stream)
                .setStreams(streams)
                .setCombine(combine)
                .setCancel(queryId)
                .build();
    }

    /**
     * Prints where the question ended. Streams that do not know it are passed over, unless none does:
     * then all that they say is printed.
     *
     * @return the exit code: 0 if it ended on one stream at least
     */
    int printEach(AskingSeveral asking, Query query) throws InterruptedException {
        List<Answer> answers =
                asking.ask(
                        query,
                        answer -> {
                            if (answer.getStatus() == Status.OK) {
                                printer.printDoneNamed(answer);
                            }
                        });
        if (answers.stream().anyMatch(answer -> answer.getStatus() == Status.OK)) {
            return ExitCode.OK;
        }
        answers.forEach(printer::printDoneNamed);
        return ExitCode.FAILED;
    }
}
