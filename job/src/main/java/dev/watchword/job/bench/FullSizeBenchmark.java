package dev.watchword.job.bench;

import dev.watchword.job.bench.HistoryQuestion.Mode;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.model.LlavaMini;
import dev.watchword.tensor.TensorScope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a network of full size fits into this machine and how long it takes: to load it, to make an
 * image a vision token, to the first token of an answer about one image and about a long history.
 * The weights are mapped from their files: the first run reads them from the disk, if they are not
 * in the system's memory yet.
 */
public final class FullSizeBenchmark implements Benchmark {
    private final Setup setup;
    private final AnswerPlan plan;
    private final int frames;
    private final TensorScope scope;
    private final ImageQuestion image;
    private final BenchHistory history;
    private final HistoryQuestion read;
    private final HistoryQuestion kept;
    private final double[] firstSeconds;
    private final Optional<ProcessMemory> afterFirst;

    /**
     * Runs once what reads all the weights.
     *
     * @param setup belongs to the benchmark from now on; its first network is measured
     * @param frames how many frames the long history has
     */
    public FullSizeBenchmark(
            Setup setup, int frames, AnswerPlan plan, Timekeeper timekeeper, Progress progress) {
        this.setup = setup;
        this.plan = plan;
        this.frames = frames;
        this.scope = TensorScope.open(setup.device());
        LlavaMini network = setup.networks().get(0);
        this.history = new BenchHistory(network, setup.random(), frames, plan);
        this.image = new ImageQuestion(network, scope, setup.random(), history.prompt(), plan);
        this.read = new HistoryQuestion(network, Mode.COLD, history);
        this.kept = new HistoryQuestion(network, Mode.HOT, history);
        progress.show(() -> "The first image, for which the weights are read");
        Stopwatch stopwatch = new Stopwatch(timekeeper, image.parts());
        stopwatch.time(image);
        this.firstSeconds = stopwatch.secondsPerRun(1);
        this.afterFirst = ProcessMemory.now();
    }

    @Override
    public List<String> description() {
        double weights = new NetworkParameters(setup.config()).all();
        return List.of(
                setup.description(),
                String.format(
                        Locale.ROOT,
                        "%.2f GB of weights, mapped from their files. Resident: all memory of the process; mapped: of it, pages of files.",
                        weights * setup.networks().get(0).precision().bytes() / 1e9),
                "First: nothing has touched the weights before in this process. A prompt of %d text tokens, fused with %d keyframes at most; a history of %d frames."
                        .formatted(plan.textTokens(), plan.mostKeyframes(), frames));
    }

    @Override
    public List<Rival> rivals() {
        return List.of(image, kept, read);
    }

    @Override
    public Table table(Samples samples) {
        Table table =
                new Table(
                        "what",
                        "frames",
                        "ms",
                        "ms lower quartile",
                        "ms upper quartile",
                        "rounds",
                        "tokens per s",
                        "MB kept",
                        "MB resident",
                        "MB mapped");
        Setup.Loading loading = setup.loadings().get(0);
        addOnce(table, "load", Optional.empty(), loading.seconds(), loading.memory());
        addOnce(
                table,
                "first image to vision token",
                Optional.of(1),
                firstSeconds[ImageQuestion.IMAGE],
                Optional.empty());
        addOnce(
                table,
                "first question to first token",
                Optional.of(1),
                firstSeconds[ImageQuestion.FIRST_TOKEN],
                afterFirst);
        addImage(table, samples);
        add(table, "history read to first token", read, samples);
        add(table, "history kept to first token", kept, samples);
        return table;
    }

    private static void addOnce(
            Table table,
            String what,
            Optional<Integer> frames,
            double seconds,
            Optional<ProcessMemory> memory) {
        table.add(
                what,
                frames,
                seconds * 1e3,
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                memory.map(each -> each.residentBytes() / 1e6),
                memory.map(each -> each.mappedBytes() / 1e6));
    }

    private void addImage(Table table, Samples samples) {
        int first = ImageQuestion.FIRST_TOKEN;
        int decode = ImageQuestion.DECODE;
        samples.seconds(image, ImageQuestion.IMAGE, first)
                .ifPresent(
                        seconds ->
                                add(table, "image to vision token", 1, seconds, Optional.empty()));
        samples.seconds(image, first, decode)
                .ifPresent(
                        seconds ->
                                add(
                                        table,
                                        "question to first token",
                                        1,
                                        seconds,
                                        Optional.empty()));
        samples.seconds(image, decode, image.parts())
                .map(seconds -> seconds.times(1.0 / image.furtherTokens()))
                .ifPresent(
                        seconds ->
                                add(
                                        table,
                                        "further token",
                                        1,
                                        seconds,
                                        Optional.of(1 / seconds.median())));
    }

    private void add(Table table, String what, HistoryQuestion question, Samples samples) {
        samples.seconds(question)
                .map(seconds -> seconds.times(1e3))
                .ifPresent(
                        ms -> {
                            Optional<ProcessMemory> memory =
                                    question.keptBytes().flatMap(bytes -> ProcessMemory.now());
                            table.add(
                                    what,
                                    frames,
                                    ms.median(),
                                    ms.lowerQuartile(),
                                    ms.upperQuartile(),
                                    ms.count(),
                                    Optional.empty(),
                                    question.keptBytes().map(bytes -> bytes / 1e6),
                                    memory.map(each -> each.residentBytes() / 1e6),
                                    memory.map(each -> each.mappedBytes() / 1e6));
                        });
    }

    private static void add(
            Table table, String what, int frames, Spread seconds, Optional<Double> tokens) {
        Spread ms = seconds.times(1e3);
        table.add(
                what,
                frames,
                ms.median(),
                ms.lowerQuartile(),
                ms.upperQuartile(),
                ms.count(),
                tokens,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public TablePlot plot() {
        return new TablePlot.Bars("A network of full size", "ms", "what", List.of("ms"));
    }

    @Override
    public void close() {
        history.close();
        scope.close();
        setup.close();
    }
}
