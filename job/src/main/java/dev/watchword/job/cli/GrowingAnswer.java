package dev.watchword.job.cli;

import dev.watchword.schemas.Answer;
import java.io.PrintWriter;

/**
 * Shows a person an answer while it is written: on a terminal the end of it, in one line that is
 * written anew in its place and goes when the answer is there; elsewhere a line for each part.
 */
final class GrowingAnswer implements AutoCloseable {
    /** A line that is longer than the terminal is wide could not be taken back. */
    private static final int WIDTH = 72;

    private static final String CLEAR = "\r\u001b[K";
    private static final String LEFT_OUT = "...";

    private final PrintWriter out;
    private final PrintWriter notes;
    private final boolean terminal;
    private final boolean json;
    private int shownPart;

    /**
     * @param out takes the parts where they are lines
     * @param notes takes the growing line
     * @param terminal whether a person sees the notes as they are written
     * @param json whether parts are lines of JSON, on a terminal too
     */
    GrowingAnswer(PrintWriter out, PrintWriter notes, boolean terminal, boolean json) {
        this.out = out;
        this.notes = notes;
        this.terminal = terminal;
        this.json = json;
    }

    /** Shows a part; one that came before, as after a restart of the job, is passed over. */
    void show(Answer answer) {
        int part = answer.getPart().orElse(0);
        if (part <= shownPart) {
            return;
        }
        shownPart = part;
        if (json) {
            out.println(Codecs.json(answer));
            out.flush();
        } else if (terminal) {
            notes.print(CLEAR + end(Printable.line(answer.getText())));
            notes.flush();
        } else {
            out.println(Printable.line(answer.getText()));
            out.flush();
        }
    }

    private static String end(String line) {
        int characters = line.codePointCount(0, line.length());
        if (characters <= WIDTH) {
            return line;
        }
        int begin = line.offsetByCodePoints(0, characters - WIDTH + LEFT_OUT.length());
        return LEFT_OUT + line.substring(begin);
    }

    /** Takes the growing line away. */
    @Override
    public void close() {
        if (terminal && !json && shownPart > 0) {
            notes.print(CLEAR);
            notes.flush();
        }
    }
}
