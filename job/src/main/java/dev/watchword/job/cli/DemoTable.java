package dev.watchword.job.cli;

import dev.watchword.job.demo.DemoQuestion;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Status;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints questions with answers and truths, each as it comes, and how they went in all. */
final class DemoTable {
    /** No line is longer. */
    static final int COLUMNS = 100;

    private static final String ROW = "%-6s  %7s  %-44s  %-16s %-2s %s";
    private static final int LONGEST_QUESTION = 44;
    private static final int LONGEST_ANSWER = 16;
    private static final String FOLLOWS = "then: ";
    private static final String SAME = "=";
    private static final String DIFFERENT = "!=";

    private final PrintWriter out;
    private final List<Double> firstTokens = new ArrayList<>();
    private int asked;
    private int right;

    DemoTable(PrintWriter out) {
        this.out = out;
    }

    void head() {
        say(ROW.formatted("stream", "frames", "question", "answer", "", "truth"));
    }

    /** Prints a question and what came of it. */
    void add(DemoQuestion question, Answer answer) {
        boolean isRight = plain(answer.getText()).equals(plain(question.truth()));
        asked++;
        right += isRight ? 1 : 0;
        answer.getTimings().ifPresent(timings -> firstTokens.add(timings.getFirstToken()));
        row(
                question.stream(),
                "%d-%d".formatted(question.frames().from(), question.frames().to() - 1),
                question.follows() ? FOLLOWS + question.text() : question.text(),
                isAnswered(answer) ? answer.getText() : "(" + answer.getStatus() + ")",
                isRight,
                question.truth());
    }

    /** Prints a question to a stream that nothing is known of. */
    void addToNowhere(String stream, String text, Answer answer) {
        boolean isRight = answer.getStatus() == Status.NO_FRAMES;
        row(
                stream,
                "none",
                text,
                "(" + answer.getStatus() + ")",
                isRight,
                "(" + Status.NO_FRAMES + ")");
    }

    /** Prints how many answers were true, and how fast they came. */
    void summary() {
        say("%d of %d answers are as the script has it.".formatted(right, asked));
        if (!firstTokens.isEmpty()) {
            say(
                    "Half of them began within %.0f ms of the last frame that they rest on."
                            .formatted(median(firstTokens)));
        }
    }

    static boolean isAnswered(Answer answer) {
        return answer.getStatus() == Status.OK || answer.getStatus() == Status.TRUNCATED;
    }

    private void row(
            String stream,
            String frames,
            String question,
            String answer,
            boolean isRight,
            String truth) {
        say(
                ROW.formatted(
                        stream,
                        frames,
                        cut(question, LONGEST_QUESTION),
                        cut(answer, LONGEST_ANSWER),
                        isRight ? SAME : DIFFERENT,
                        cut(truth, LONGEST_ANSWER)));
    }

    /** The answer as the script would write it. */
    private static String plain(String answer) {
        return answer.strip().replaceAll("\\.$", "").toLowerCase(Locale.ROOT);
    }

    private static String cut(String text, int longest) {
        String line = Printable.line(text.strip());
        return line.length() <= longest ? line : line.substring(0, longest - 3) + "...";
    }

    private static double median(List<Double> numbers) {
        List<Double> sorted = numbers.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private void say(String line) {
        out.println(line.stripTrailing());
        out.flush();
    }
}
