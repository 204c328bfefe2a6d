package dev.watchword.job.cli;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a question stand and prints its answers as they come. That ends with the time, with an
 * interrupt, or when the question is refused or cancelled; but for the last two, the question stands
 * on. For one query, on one thread.
 */
final class Watching {
    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CONFIRMATION = Duration.ofSeconds(10);

    private final BrokerAccess broker;
    private final Query query;
    private final AnswerPrinter printer;
    private final boolean json;
    private final long begin;

    private boolean confirmed;
    private boolean doubted;
    private long printedSequence = Long.MIN_VALUE;

    /**
     * @param query a standing one, with one stream
     * @param json whether answers are printed as lines of JSON, or as their texts alone
     */
    Watching(BrokerAccess broker, Query query, AnswerPrinter printer, boolean json) {
        this.broker = broker;
        this.query = query;
        this.printer = printer;
        this.json = json;
        this.begin = broker.timekeeper().nanoTime();
    }

    /**
     * Asks and prints.
     *
     * @param patience how long to wait for the broker
     * @param limit from now; without one it ends only otherwise
     * @return the exit code: 0 if the question stands on
     * @throws dev.watchword.job.kafka.BrokerException when the broker is away or refuses
     * @throws InterruptedException if that happens before the question is sent
     * @throws CommandFailedException if the time is over before the job says that the question stands
     */
    int watch(Duration patience, Optional<Duration> limit) throws InterruptedException {
        broker.await(patience);
        broker.requireTopics();
        CtrlC ctrlC = CtrlC.interruptsThisThread();
        try (AnswersReader answers = AnswersReader.fromEnd(broker)) {
            QuestionSender.send(broker, query, patience);
            OptionalInt ended = print(answers, limit);
            if (ended.isPresent()) {
                return ended.getAsInt();
            }
            if (!confirmed) {
                throw new CommandFailedException(unconfirmed() + " " + howToCancel());
            }
            note("The question stands on. " + howToCancel());
            return ExitCode.OK;
        } finally {
            ctrlC.release();
        }
    }

    /** Returns the exit code if the question does not stand any more. */
    private OptionalInt print(AnswersReader answers, Optional<Duration> limit) {
        try {
            while (limit.isEmpty() || elapsed().compareTo(limit.get()) < 0) {
                for (Answer answer : answers.poll(POLL)) {
                    if (isOurs(answer) && !show(answer)) {
                        return OptionalInt.of(ExitCode.FAILED);
                    }
                }
                doubt();
            }
        } catch (InterruptedException e) {
            LOG.debug("Watching ends");
        }
        return OptionalInt.empty();
    }

    private boolean isOurs(Answer answer) {
        return answer.getQueryId().equals(query.getQueryId())
                && answer.getStream().equals(query.getStream());
    }

    /** Prints an answer, if it is no repeat; returns whether more may come. */
    private boolean show(Answer answer) {
        Optional<Long> sequence = answer.getFrames().getLastSequence();
        if (sequence.isPresent()) {
            confirmed = true;
            if (sequence.get() > printedSequence) {
                printedSequence = sequence.get();
                printer.print(answer, json);
            }
            return true;
        }
        if (answer.getStatus() != Status.OK) {
            printer.print(answer, json);
            return false;
        }
        if (!confirmed) {
            confirmed = true;
            note(answer.getReason() + " Its query_id is " + query.getQueryId() + ".");
        }
        return true;
    }

    private void doubt() {
        if (!confirmed && !doubted && elapsed().compareTo(CONFIRMATION) > 0) {
            doubted = true;
            note(unconfirmed() + " Waiting on.");
        }
    }

    private String unconfirmed() {
        return "no job has said that the question stands. Is one running ('watchword run') at this broker, %s?"
                .formatted(broker.settings().clientBootstrap());
    }

    private String howToCancel() {
        return "To cancel it: " + Cancelling.command(query, broker);
    }

    private Duration elapsed() {
        return Duration.ofNanos(broker.timekeeper().nanoTime() - begin);
    }

    private void note(String text) {
        printer.notes().println(Printable.line(text));
        printer.notes().flush();
    }
}
