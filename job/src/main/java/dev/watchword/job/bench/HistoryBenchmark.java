package dev.watchword.job.bench;

import dev.watchword.job.bench.HistoryQuestion.Mode;
import dev.watchword.model.LlavaMini;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The time to the first token of an answer, by the length of the history: with what the decoder has
 * read and pre-fusion has made kept (hot), made anew from state (cold), and as the paper's own code does
 * it, with the question fused with every frame. And what a frame costs that comes to a history that is kept.
 */
public final class HistoryBenchmark implements Benchmark {
    private final Setup setup;
    private final AnswerPlan plan;
    private final List<BenchHistory> histories = new ArrayList<>();
    private final List<HistoryQuestion> questions = new ArrayList<>();
    private final List<HistoryAppend> appends = new ArrayList<>();

    /**
     * @param setup belongs to the benchmark from now on
     * @param lengths how many frames the histories have
     * @param longestCold longer histories are not read anew
     * @param longestAsThePaper longer histories are not measured as the paper does it
     */
    public HistoryBenchmark(
            Setup setup,
            List<Integer> lengths,
            AnswerPlan plan,
            int longestCold,
            int longestAsThePaper) {
        this.setup = setup;
        this.plan = plan;
        Map<Mode, Integer> longest =
                Map.of(
                        Mode.HOT, Integer.MAX_VALUE,
                        Mode.COLD, longestCold,
                        Mode.PAPER, longestAsThePaper);
        for (LlavaMini network : setup.networks()) {
            for (int frames : lengths) {
                BenchHistory history = new BenchHistory(network, setup.random(), frames, plan);
                histories.add(history);
                for (Mode mode : Mode.values()) {
                    if (frames <= longest.get(mode)) {
                        questions.add(new HistoryQuestion(network, mode, history));
                    }
                }
                appends.add(new HistoryAppend(network, history));
            }
        }
    }

    @Override
    public List<String> description() {
        return List.of(
                setup.description(),
                "First token of an answer to a question of %d text tokens with its surroundings; at most %d keyframes."
                        .formatted(plan.textTokens(), plan.mostKeyframes()),
                "Hot: what was read of the history is kept, and what pre-fusion made of its keyframes. Cold: all is made anew from state. Paper: the question is fused with every frame.",
                "Append: a frame is read behind a history that is kept, %d together."
                        .formatted(HistoryAppend.TOGETHER));
    }

    @Override
    public List<Rival> rivals() {
        List<Rival> rivals = new ArrayList<>(questions);
        rivals.addAll(appends);
        return rivals;
    }

    @Override
    public Table table(Samples samples) {
        Table table =
                new Table(
                        "frames",
                        "mode",
                        "precision",
                        "first token ms",
                        "ms lower quartile",
                        "ms upper quartile",
                        "rounds",
                        "times of the shortest history",
                        "times of hot",
                        "append ms",
                        "MB kept");
        questions.forEach(question -> add(table, samples, question));
        appends.forEach(append -> add(table, samples, append));
        return table;
    }

    @Override
    public TablePlot plot() {
        return new TablePlot.Lines(
                "Time to the first token, by length of history",
                "frames",
                List.of("first token ms", "append ms"),
                true,
                List.of("mode", "precision"));
    }

    private void add(Table table, Samples samples, HistoryQuestion question) {
        Optional<Spread> seconds = samples.seconds(question);
        seconds.map(each -> each.times(1e3))
                .ifPresent(
                        ms ->
                                table.add(
                                        question.frames(),
                                        name(question.mode()),
                                        Setup.name(question.network().precision()),
                                        ms.median(),
                                        ms.lowerQuartile(),
                                        ms.upperQuartile(),
                                        ms.count(),
                                        ratio(samples, ms, shortest(question)),
                                        ratio(samples, ms, hot(question)),
                                        Optional.<Double>empty(),
                                        question.keptBytes().map(bytes -> bytes / 1e6)));
    }

    private static String name(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    /** The question of the same mode about the first history. */
    private HistoryQuestion shortest(HistoryQuestion question) {
        return questions.stream()
                .filter(
                        other ->
                                other.mode() == question.mode()
                                        && other.network() == question.network())
                .findFirst()
                .orElseThrow();
    }

    private HistoryQuestion hot(HistoryQuestion question) {
        return questions.stream()
                .filter(
                        other ->
                                other.mode() == Mode.HOT
                                        && other.network() == question.network()
                                        && other.frames() == question.frames())
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Double> ratio(Samples samples, Spread ms, HistoryQuestion other) {
        return samples.seconds(other).map(seconds -> ms.median() / 1e3 / seconds.median());
    }

    private static void add(Table table, Samples samples, HistoryAppend append) {
        samples.seconds(append, 1, 2)
                .map(each -> each.times(1e3 / HistoryAppend.TOGETHER))
                .ifPresent(
                        ms ->
                                table.add(
                                        append.frames(),
                                        "append",
                                        Setup.name(append.network().precision()),
                                        Optional.<Double>empty(),
                                        ms.lowerQuartile(),
                                        ms.upperQuartile(),
                                        ms.count(),
                                        Optional.<Double>empty(),
                                        Optional.<Double>empty(),
                                        ms.median(),
                                        Optional.<Double>empty()));
    }

    @Override
    public void close() {
        histories.forEach(BenchHistory::close);
        setup.close();
    }
}
