package dev.watchword.job.cli;

import dev.watchword.job.settings.Durations;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.ListedQuery;
import dev.watchword.schemas.Priority;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Report;
import dev.watchword.schemas.Status;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Shows a person which questions stand on a stream. */
record StandingListing(AnswerPrinter printer) {

    /**
     * Prints what the job answered.
     *
     * @param json whether as a line of JSON, or as a few lines for each question
     * @return the exit code for it: 0 only for status OK
     */
    int print(Answer answer, boolean json) {
        if (json || answer.getStatus() != Status.OK) {
            return printer.print(answer, json);
        }
        if (answer.getStanding().isEmpty()) {
            return printer.printDone(answer);
        }
        PrintWriter out = printer.out();
        for (ListedQuery query : answer.getStanding()) {
            out.println(Printable.line(query.getQueryId()));
            out.println("  " + Printable.line(query.getText()));
            out.println("  " + terms(query));
            out.println("  " + Printable.line(results(query)));
        }
        out.flush();
        return ExitCode.OK;
    }

    /**
     * Asks several streams and prints what each answered, behind its name.
     *
     * @return the exit code: 0 only if all say OK
     */
    int printEach(AskingSeveral asking, Query query, boolean json) throws InterruptedException {
        List<Answer> answers = asking.ask(query, answer -> printNamed(answer, json));
        return answers.stream().allMatch(answer -> answer.getStatus() == Status.OK)
                ? ExitCode.OK
                : ExitCode.FAILED;
    }

    private int printNamed(Answer answer, boolean json) {
        if (!json && answer.getStatus() == Status.OK && !answer.getStanding().isEmpty()) {
            printer.out().println(Printable.line(answer.getStream()) + ":");
        }
        return print(answer, json);
    }

    private static String terms(ListedQuery query) {
        String every =
                query.getEveryMs()
                        .map(time -> "every " + text(time))
                        .or(() -> query.getEveryFrames().map("every %d frames"::formatted))
                        .orElse("");
        String cooldown =
                query.getCooldownMs() == 0 ? "" : ", cool-down " + text(query.getCooldownMs());
        String priority =
                query.getPriority().equals(Priority.NORMAL.name())
                        ? ""
                        : ", priority " + query.getPriority().toLowerCase(Locale.ROOT);
        return "%s, sent %s%s%s; stands since %s"
                .formatted(every, report(query), cooldown, priority, query.getRegisteredAt());
    }

    private static String text(long milliseconds) {
        return Durations.text(Duration.ofMillis(milliseconds));
    }

    /** Also what a newer job says that this program does not know. */
    private static String report(ListedQuery query) {
        if (query.getReport().equals(Report.ON_CHANGE.name())) {
            return "on change";
        }
        if (query.getReport().equals(Report.ON_FLIP.name())) {
            return "on flip";
        }
        return query.getReport().equals(Report.EVERY.name()) ? "always" : query.getReport();
    }

    private static String results(ListedQuery query) {
        String last =
                query.getLastSent()
                        .map(
                                sent ->
                                        ", the last from %s: %s"
                                                .formatted(sent.getCapturedAt(), sent.getText()))
                        .orElse("");
        return "evaluated %d times, %d left out; %d sent%s"
                .formatted(query.getEvaluations(), query.getSkipped(), query.getSent(), last);
    }
}
