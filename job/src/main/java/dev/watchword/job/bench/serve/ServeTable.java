package dev.watchword.job.bench.serve;

import dev.watchword.job.bench.Spread;
import dev.watchword.job.bench.Table;
import dev.watchword.job.bench.TablePlot;
import dev.watchword.job.bench.serve.ServedQuestion.Work;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Lays out how a load went. */
public final class ServeTable {
    private final ServePlan plan;
    private final ServeFigures figures;
    private final Table table =
            new Table(
                    "what",
                    "count",
                    "per s",
                    "ms p50",
                    "ms p99",
                    "ms most",
                    "percent of latency",
                    "frames p50",
                    "frames p99");

    private ServeTable(ServePlan plan, ServeFigures figures) {
        this.plan = plan;
        this.figures = figures;
    }

    /** What is measured, for the reader of the table. */
    public static List<String> description(ServePlan plan, String model) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s; %d streams of %.4g frames a second, %.4g questions a second, for %.4g s after %.4g s that do not count.",
                        model,
                        plan.streams(),
                        plan.framesPerSecond(),
                        plan.questionsPerSecond(),
                        plan.time().toNanos() / 1e9,
                        plan.warmUp().toNanos() / 1e9),
                "Latency: from when a question was due until its answer was read from Kafka. Engine: from when it began with the question until the answer's last token. Waiting: for the engine to begin. Own: the rest, with Kafka, Flink, and waiting for frames of the stream that came before.",
                "Lag: how many frames of the stream had been sent before a question and were not seen by its answer; in ms, how long the camera takes for so many. Broker, cameras and job share this machine.");
    }

    /** What is drawn of the table. */
    public static TablePlot plot() {
        return new TablePlot.Bars(
                "An answer's latency, its parts, and the frames' lag",
                "ms",
                "what",
                List.of("ms p50", "ms p99"));
    }

    /** The table. */
    public static Table of(ServePlan plan, ServeFigures figures) {
        ServeTable rows = new ServeTable(plan, figures);
        rows.addTimes();
        rows.addLag();
        rows.addCounts();
        return rows.table;
    }

    private void addTimes() {
        addTime("latency", ServedQuestion::latencyMillis);
        addTime(
                "own",
                each ->
                        each.latencyMillis()
                                - work(each).waitingMillis()
                                - work(each).workingMillis());
        addTime("waiting for the engine", each -> work(each).waitingMillis());
        addTime("engine", each -> work(each).workingMillis());
    }

    private static Work work(ServedQuestion question) {
        return question.work().orElseThrow();
    }

    private void addTime(String what, ToDoubleFunction<ServedQuestion> part) {
        List<ServedQuestion> worked =
                figures.answered().stream().filter(each -> each.work().isPresent()).toList();
        if (worked.isEmpty()) {
            return;
        }
        double[] millis = worked.stream().mapToDouble(part).toArray();
        double all = worked.stream().mapToDouble(ServedQuestion::latencyMillis).sum();
        table.add(
                what,
                millis.length,
                millis.length / seconds(),
                Spread.quantile(0.5, millis),
                Spread.quantile(0.99, millis),
                Spread.quantile(1, millis),
                100 * Arrays.stream(millis).sum() / all,
                Optional.empty(),
                Optional.empty());
    }

    private void addLag() {
        double[] frames =
                figures.answered().stream().mapToDouble(ServedQuestion::framesBehind).toArray();
        if (frames.length == 0) {
            return;
        }
        double millis = 1e3 / plan.framesPerSecond();
        double middle = Spread.quantile(0.5, frames);
        double high = Spread.quantile(0.99, frames);
        table.add(
                "lag of frames",
                frames.length,
                Optional.empty(),
                middle * millis,
                high * millis,
                Spread.quantile(1, frames) * millis,
                Optional.empty(),
                middle,
                high);
    }

    private void addCounts() {
        addCount("frames sent", figures.frames());
        addCount("questions asked", figures.asked());
        addCount(
                "answers without text",
                figures.answered().stream().filter(each -> each.work().isEmpty()).count());
        addCount("answers lost", figures.lost());
    }

    private void addCount(String what, long count) {
        table.add(
                what,
                count,
                count / seconds(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private double seconds() {
        return plan.time().toNanos() / 1e9;
    }
}
