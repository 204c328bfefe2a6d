package dev.watchword.job.cli;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Status;
import dev.watchword.schemas.StreamFrames;
import java.io.PrintWriter;

/**
 * Shows a person an answer.
 *
 * @param out takes the answer
 * @param notes takes what is wrong with it
 */
record AnswerPrinter(PrintWriter out, PrintWriter notes) {

    /**
     * Prints the answer.
     *
     * @param json whether as a line of JSON, whatever its status, or only its text
     * @return the exit code for it: 0 only for status OK
     */
    int print(Answer answer, boolean json) {
        return print(answer, json, "");
    }

    /** Prints one of several answers: as {@link #print} does, but the text behind its stream's name. */
    int printNamed(Answer answer, boolean json) {
        return print(answer, json, answer.getStream() + ": ");
    }

    private int print(Answer answer, boolean json, String name) {
        if (json) {
            out.println(Codecs.json(answer));
        } else if (answer.getStatus() == Status.OK || !answer.getText().isEmpty()) {
            out.println(Printable.text(name + answer.getText()));
        }
        out.flush();
        if (answer.getStatus() == Status.OK) {
            return ExitCode.OK;
        }
        notes.println("watchword: " + Printable.text(name + problem(answer)));
        notes.flush();
        return ExitCode.FAILED;
    }

    /** Tells of a combined answer which streams it did not see. */
    void noteMissing(Answer answer) {
        for (StreamFrames stream : answer.getStreams()) {
            if (!stream.getMissing().isEmpty()) {
                notes.println(
                        Printable.line(
                                "Without %s: %s"
                                        .formatted(stream.getStream(), stream.getMissing())));
            }
        }
        notes.flush();
    }

    /**
     * Prints what was done, of an answer without text.
     *
     * @return the exit code for it: 0 only for status OK
     */
    int printDone(Answer answer) {
        return printDone(answer, "");
    }

    /** Prints one of several answers: as {@link #printDone} does, but behind its stream's name. */
    int printDoneNamed(Answer answer) {
        return printDone(answer, answer.getStream() + ": ");
    }

    private int printDone(Answer answer, String name) {
        if (answer.getStatus() != Status.OK) {
            return print(answer, false, name);
        }
        out.println(Printable.text(name + answer.getReason()));
        out.flush();
        return ExitCode.OK;
    }

    /** Whether it is an answer with a text, which can be followed up. */
    boolean isText(Answer answer) {
        return answer.getStatus() == Status.OK || answer.getStatus() == Status.TRUNCATED;
    }

    private static String problem(Answer answer) {
        String reason = answer.getReason().isEmpty() ? "" : ": " + answer.getReason();
        return switch (answer.getStatus()) {
            case OK, PARTIAL -> "";
            case TRUNCATED -> "the answer is cut short; --max-tokens allows a longer one";
            case REJECTED -> "the question was rejected" + reason;
            case EXPIRED -> "the question was not answered in time" + reason;
            case NO_FRAMES -> "no frames to answer from" + reason;
            case CANCELLED -> "the question was cancelled" + reason;
            case FAILED -> "the job failed to answer" + reason;
        };
    }
}
