package dev.watchword.job.cli;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryStreams;
import dev.watchword.schemas.StreamPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Asks several streams a question, each of which answers for itself. It ends when all have answered:
 * those that are named with one answer each; those that a pattern means, whose number nobody here
 * knows, with a quiet time after an answer, or with the pattern's refusal. For one query, on one
 * thread.
 */
final class AskingSeveral {
    private static final Duration LONGEST_POLL = Duration.ofMillis(500);

    private final BrokerAccess broker;
    private final RemainingTime time;
    private final Duration quiet;

    /** Names and patterns of which no answer has come. */
    private final Set<String> silent = new LinkedHashSet<>();

    /** Patterns of which more answers may come. */
    private final Set<String> open = new HashSet<>();

    private final Set<String> answerIds = new HashSet<>();
    private long lastAnswer;

    /**
     * @param timeout for everything together, from now
     * @param quiet after so long without an answer no other is awaited from a pattern
     */
    AskingSeveral(BrokerAccess broker, Duration timeout, Duration quiet) {
        this.broker = broker;
        this.time = new RemainingTime(broker.timekeeper(), timeout);
        this.quiet = quiet;
    }

    /**
     * Asks.
     *
     * @param query with names or patterns
     * @param onAnswer told of every answer as it comes
     * @return the answers
     * @throws CommandFailedException when a name or pattern has given no answer in time
     * @throws dev.watchword.job.kafka.BrokerException when the broker is away or refuses
     */
    List<Answer> ask(Query query, Consumer<Answer> onAnswer) throws InterruptedException {
        silent.addAll(QueryStreams.of(query));
        silent.stream().filter(StreamPattern::isPattern).forEach(open::add);
        broker.await(time.left());
        broker.requireTopics();
        List<Answer> answers = new ArrayList<>();
        try (AnswersReader reader = AnswersReader.fromEnd(broker)) {
            QuestionSender.send(broker, query, time.left());
            while (!time.isOver() && !isDone()) {
                for (Answer answer : reader.poll(time.atMost(LONGEST_POLL))) {
                    if (answer.getQueryId().equals(query.getQueryId())
                            && answerIds.add(answer.getAnswerId())) {
                        take(answer);
                        answers.add(answer);
                        onAnswer.accept(answer);
                    }
                }
            }
        }
        if (!silent.isEmpty()) {
            throw new CommandFailedException(
                    "no answer of %s came in time (--timeout). Is the job running ('watchword run') at this broker, %s? If it is not wanted any more: %s"
                            .formatted(
                                    String.join(", ", silent),
                                    broker.settings().clientBootstrap(),
                                    Cancelling.command(query, broker)));
        }
        return answers;
    }

    private void take(Answer answer) {
        String stream = answer.getStream();
        lastAnswer = broker.timekeeper().nanoTime();
        open.remove(stream);
        silent.removeIf(name -> name.equals(stream) || matches(name, stream));
    }

    private static boolean matches(String name, String stream) {
        return StreamPattern.isPattern(name) && new StreamPattern(name).matches(stream);
    }

    private boolean isDone() {
        return silent.isEmpty()
                && (open.isEmpty()
                        || broker.timekeeper().nanoTime() - lastAnswer >= quiet.toNanos());
    }
}
