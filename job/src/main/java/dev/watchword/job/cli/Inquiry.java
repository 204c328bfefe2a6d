package dev.watchword.job.cli;

import dev.watchword.job.kafka.BrokerException;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks a question once and prints what comes of it: the answer, or one from each stream, and, where
 * that is wanted, the frames on which they rested. For one query, on one thread.
 */
final class Inquiry {
    /** Whether a person sees standard error; the launcher knows. */
    private static final boolean TERMINAL = Boolean.getBoolean("watchword.terminal");

    private static final Duration CANCELLING = Duration.ofSeconds(5);

    private final BrokerAccess broker;
    private final Query query;
    private final AnswerPrinter printer;
    private final boolean json;
    private final Optional<Path> evidence;

    /**
     * @param json whether answers are printed as lines of JSON, or as their texts alone
     * @param evidence the folder into which frames are written
     */
    Inquiry(
            BrokerAccess broker,
            Query query,
            AnswerPrinter printer,
            boolean json,
            Optional<Path> evidence) {
        this.broker = broker;
        this.query = query;
        this.printer = printer;
        this.json = json;
        this.evidence = evidence;
    }

    /**
     * Prints the answer of a stream, or of several together, while it is written if the query asks
     * for that.
     *
     * @return the exit code
     */
    int ask(Duration patience) throws InterruptedException {
        Optional<Answer> came = untilCtrlC(() -> answer(new Asking(broker, patience)));
        if (came.isEmpty()) {
            return ExitCode.FAILED;
        }
        Answer answer = came.get();
        int code = printer.print(answer, json);
        if (!json) {
            printer.noteMissing(answer);
        }
        if (TERMINAL && !json && !query.getCombine() && printer.isText(answer)) {
            note(dimmed(howToFollowUp()));
        }
        writeEvidence(answer);
        return code;
    }

    private Answer answer(Asking asking) throws InterruptedException {
        try (GrowingAnswer growing =
                new GrowingAnswer(printer.out(), printer.notes(), TERMINAL, json)) {
            return asking.askOrFail(query, growing::show);
        }
    }

    /**
     * Prints the answer of each stream as it comes.
     *
     * @param quiet how long to wait for a further answer
     * @return the exit code: 0 if all are OK
     */
    int askEach(Duration patience, Duration quiet) throws InterruptedException {
        Optional<List<Answer>> answers =
                untilCtrlC(
                        () ->
                                new AskingSeveral(broker, patience, quiet)
                                        .ask(query, answer -> printer.printNamed(answer, json)));
        if (answers.isEmpty()) {
            return ExitCode.FAILED;
        }
        for (Answer answer : answers.get()) {
            writeEvidence(answer);
        }
        return answers.get().stream().allMatch(answer -> answer.getStatus() == Status.OK)
                ? ExitCode.OK
                : ExitCode.FAILED;
    }

    /** What comes of a question. */
    private interface Awaiting<T> {
        T get() throws InterruptedException;
    }

    /**
     * Waits; Ctrl-C ends that, and the question with it.
     *
     * @return empty if it was ended
     */
    private <T> Optional<T> untilCtrlC(Awaiting<T> waiting) {
        CtrlC ctrlC = CtrlC.interruptsThisThread();
        try {
            return Optional.of(waiting.get());
        } catch (InterruptedException e) {
            note(cancel());
            return Optional.empty();
        } finally {
            ctrlC.release();
        }
    }

    /** Ends the question, and says whether that could be told to the job. */
    private String cancel() {
        try {
            QuestionSender.send(broker, Cancelling.of(query), CANCELLING);
            return "Stopped, and the question is cancelled.";
        } catch (BrokerException | InterruptedException e) {
            return "Stopped.";
        }
    }

    private void note(String text) {
        printer.notes().println(text);
        printer.notes().flush();
    }

    private void writeEvidence(Answer answer) throws InterruptedException {
        if (evidence.isPresent() && answer.getStatus() == Status.OK) {
            new EvidenceFiles(broker, evidence.get(), printer.notes()::println).write(answer);
            printer.notes().flush();
        }
    }

    private String howToFollowUp() {
        return "To ask on: watchword ask --stream %s --follow-up %s \"...\""
                .formatted(query.getStream(), query.getQueryId());
    }

    private static String dimmed(String text) {
        return "\u001b[2m" + text + "\u001b[0m";
    }
}
