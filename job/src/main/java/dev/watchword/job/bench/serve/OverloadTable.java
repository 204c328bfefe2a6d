package dev.watchword.job.bench.serve;

import dev.watchword.job.bench.Spread;
import dev.watchword.job.bench.Table;
import dev.watchword.job.bench.TablePlot;
import dev.watchword.schemas.Status;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Lays out how an overload went. */
public final class OverloadTable {
    private OverloadTable() {}

    /**
     * What is measured, for the reader of the table.
     *
     * @param framesPerSecond what the job can do of frames alone
     * @param questionsPerSecond and of questions alone
     * @param drainSeconds how long after the overload the last of its questions was answered
     */
    public static List<String> description(
            OverloadPlan plan,
            String model,
            double framesPerSecond,
            double questionsPerSecond,
            double drainSeconds) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s; %d streams. The job does %.4g frames a second, or %.4g questions. Offered: a tenth of both, then twice both for %.4g s, then a tenth again once all questions are answered, which took %.4g s.",
                        model,
                        plan.streams(),
                        framesPerSecond,
                        questionsPerSecond,
                        plan.time().toNanos() / 1e9,
                        drainSeconds),
                String.format(
                        Locale.ROOT,
                        "Every second question has a deadline %.4g s after it is asked; each is about the newest 64 frames. engine.overload=thin, engine.frame-queue=32, memory.pending-questions=200. Latency: of answers with text, from asking to reading. Most: the most at any look; open questions are those that were asked and have no answer.",
                        plan.deadline().toNanos() / 1e9));
    }

    /** What is drawn of the table. */
    public static TablePlot plot() {
        return new TablePlot.Bars(
                "An answer's latency before, during and after an overload",
                "ms",
                "phase",
                List.of("ms p50", "ms p99"));
    }

    /** The table. */
    public static Table of(List<OverloadPhase> phases) {
        Table table =
                new Table(
                        "phase",
                        "s",
                        "frames",
                        "questions",
                        "answered",
                        "rejected",
                        "expired",
                        "failed",
                        "other",
                        "unanswered",
                        "ms p50",
                        "ms p99",
                        "most pictures",
                        "most with engine",
                        "most open",
                        "resident MiB");
        phases.forEach(phase -> add(table, phase));
        return table;
    }

    private static void add(Table table, OverloadPhase phase) {
        double[] millis = phase.latencies();
        long rejected = phase.with(Status.REJECTED);
        long expired = phase.with(Status.EXPIRED);
        long failed = phase.with(Status.FAILED);
        long told = phase.answered() + rejected + expired + failed;
        table.add(
                phase.name(),
                phase.seconds(),
                phase.frames(),
                phase.questions(),
                phase.answered(),
                rejected,
                expired,
                failed,
                phase.questions() - phase.unanswered() - told,
                phase.unanswered(),
                quantile(0.5, millis),
                quantile(0.99, millis),
                phase.mostPictures(),
                phase.mostQuestions(),
                phase.mostOpen(),
                optional(phase.residentMebibytes()));
    }

    private static Optional<Double> quantile(double share, double[] values) {
        return values.length == 0 ? Optional.empty() : Optional.of(Spread.quantile(share, values));
    }

    private static Optional<Double> optional(OptionalDouble number) {
        return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
    }
}
