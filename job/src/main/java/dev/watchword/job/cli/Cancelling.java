package dev.watchword.job.cli;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.util.List;

/** Ends a question on several streams, and tells a person where it ended. */
record Cancelling(AnswerPrinter printer) {
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
