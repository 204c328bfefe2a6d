package dev.watchword.job.cli;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryStreams;
import dev.watchword.schemas.Status;
import dev.watchword.schemas.StreamPattern;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks a question over the topics and waits for its answer. The answers are read from a position
 * that is taken before the question is sent, so an answer cannot be missed however fast it comes.
 */
final class Asking {
    private static final Duration LONGEST_POLL = Duration.ofMillis(500);

    private final BrokerAccess broker;
    private final RemainingTime time;

    /**
     * @param timeout for everything together, from now
     */
    Asking(BrokerAccess broker, Duration timeout) {
        this.broker = broker;
        this.time = new RemainingTime(broker.timekeeper(), timeout);
    }

    /** Whether a query gets one answer: from one stream, or from several together. */
    static boolean isOfOneAnswer(Query query) {
        return query.getCombine()
                || QueryStreams.of(query).size() == 1
                        && !StreamPattern.isPattern(QueryStreams.together(query));
    }

    /**
     * The answer to the query; empty when none came in time.
     *
     * @param query with one stream, or of several together
     * @throws dev.watchword.job.kafka.BrokerException when the broker is away or refuses
     */
    Optional<Answer> ask(Query query) throws InterruptedException {
        return ask(query, part -> {});
    }

    private Optional<Answer> ask(Query query, Consumer<Answer> parts) throws InterruptedException {
        broker.await(time.left());
        broker.requireTopics();
        try (AnswersReader answers = AnswersReader.fromEnd(broker)) {
            QuestionSender.send(broker, query, time.left());
            return await(query, answers, parts);
        }
    }

    /**
     * The answer to the query.
     *
     * @param query with one stream, or of several together
     * @throws CommandFailedException when none came in time
     * @throws dev.watchword.job.kafka.BrokerException when the broker is away or refuses
     */
    Answer askOrFail(Query query) throws InterruptedException {
        return askOrFail(query, part -> {});
    }

    /**
     * The answer to the query.
     *
     * @param query with one stream
     * @param parts told of the answer while it is written, if the query asks for that
     * @throws CommandFailedException when none came in time
     * @throws dev.watchword.job.kafka.BrokerException when the broker is away or refuses
     */
    Answer askOrFail(Query query, Consumer<Answer> parts) throws InterruptedException {
        return ask(query, parts)
                .orElseThrow(
                        () ->
                                new CommandFailedException(
                                        "no answer came in time (--timeout). Is the job running ('watchword run') at this broker, %s? If it answers later, 'watchword answers --stream %s' shows it, with query_id %s. If it is not wanted any more: %s"
                                                .formatted(
                                                        broker.settings().clientBootstrap(),
                                                        QueryStreams.together(query),
                                                        query.getQueryId(),
                                                        Cancelling.command(query, broker))));
    }

    private Optional<Answer> await(Query query, AnswersReader answers, Consumer<Answer> parts)
            throws InterruptedException {
        while (!time.isOver()) {
            for (Answer answer : answers.pollWithParts(time.atMost(LONGEST_POLL))) {
                if (!isTo(query, answer)) {
                    continue;
                }
                if (answer.getStatus() != Status.PARTIAL) {
                    return Optional.of(answer);
                }
                parts.accept(answer);
            }
        }
        return Optional.empty();
    }

    private static boolean isTo(Query query, Answer answer) {
        return answer.getQueryId().equals(query.getQueryId())
                && answer.getStream().equals(QueryStreams.together(query));
    }
}
