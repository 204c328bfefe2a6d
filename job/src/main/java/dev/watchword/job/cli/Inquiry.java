package dev.watchword.job.cli;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.io.PrintWriter;
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
        Answer answer = answer(new Asking(broker, patience));
        int code = printer.print(answer, json);
        if (!json) {
            printer.noteMissing(answer);
        }
        PrintWriter notes = printer.notes();
        if (TERMINAL && !json && !query.getCombine() && printer.isText(answer)) {
            notes.println(dimmed(howToFollowUp()));
            notes.flush();
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
        List<Answer> answers =
                new AskingSeveral(broker, patience, quiet)
                        .ask(query, answer -> printer.printNamed(answer, json));
        for (Answer answer : answers) {
            writeEvidence(answer);
        }
        return answers.stream().allMatch(answer -> answer.getStatus() == Status.OK)
                ? ExitCode.OK
                : ExitCode.FAILED;
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
