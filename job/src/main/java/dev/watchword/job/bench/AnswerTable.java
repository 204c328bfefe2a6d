package dev.watchword.job.bench;

import dev.watchword.tensor.Precision;
import java.util.List;
import java.util.Optional;

/** Lays out what {@link AnswerBenchmark} measured. */
final class AnswerTable {
    private final Samples samples;
    private final AnswerPlan plan;
    private final ProductCeiling products;
    private final MemoryCeiling memory;
    private final Table table =
            new Table(
                    "what",
                    "precision",
                    "frames",
                    "ms",
                    "ms lower quartile",
                    "ms upper quartile",
                    "rounds",
                    "tokens per s",
                    "GFLOP",
                    "GFLOP per s",
                    "percent of products",
                    "MB read",
                    "GB per s",
                    "percent of memory");

    AnswerTable(Samples samples, AnswerPlan plan, ProductCeiling products, MemoryCeiling memory) {
        this.samples = samples;
        this.plan = plan;
        this.products = products;
        this.memory = memory;
    }

    Table of(List<Answering> answers) {
        answers.forEach(this::add);
        products.products().forEach(this::addProduct);
        memory.copies().forEach(this::addCopy);
        memory.vectors().forEach(this::addVectors);
        return table;
    }

    private void add(Answering answer) {
        NetworkFlops flops = NetworkFlops.of(answer.network().config());
        long fuse = flops.fuse(answer.keyframes(), plan.textTokens());
        long prefill = flops.prefill(answer.promptLength());
        add(answer, "fuse", Answering.FUSE, Answering.PREFILL, fuse);
        add(answer, "prefill", Answering.PREFILL, Answering.DECODE, prefill);
        add(answer, "first token", Answering.FUSE, Answering.DECODE, fuse + prefill);
        samples.seconds(answer, Answering.DECODE, answer.parts())
                .map(seconds -> seconds.times(1.0 / (plan.answerTokens() - 1)))
                .ifPresent(seconds -> addDecode(answer, seconds));
    }

    private void add(Answering answer, String part, int from, int to, long flops) {
        Precision precision = answer.network().precision();
        samples.seconds(answer, from, to)
                .ifPresent(
                        seconds ->
                                row(
                                        part,
                                        precision,
                                        Optional.of(answer.frames()),
                                        seconds,
                                        Optional.empty(),
                                        Optional.of((double) flops),
                                        Optional.empty()));
    }

    /** One further token in the middle of the answer. */
    private void addDecode(Answering answer, Spread seconds) {
        NetworkParameters parameters = new NetworkParameters(answer.network().config());
        Precision precision = answer.network().precision();
        double before = answer.promptLength() + plan.answerTokens() / 2.0 - 1;
        double numbers = parameters.readPerToken() + parameters.keysAndValuesPerToken() * before;
        long flops = NetworkFlops.of(answer.network().config()).decode((long) before);
        row(
                "decode",
                precision,
                Optional.of(answer.frames()),
                seconds,
                Optional.of(1 / seconds.median()),
                Optional.of((double) flops),
                Optional.of(numbers * precision.bytes()));
    }

    private void addProduct(MatrixProduct product) {
        samples.seconds(product)
                .ifPresent(
                        seconds ->
                                row(
                                        product.operation(),
                                        product.precision(),
                                        Optional.empty(),
                                        seconds,
                                        Optional.empty(),
                                        Optional.of((double) product.flops()),
                                        Optional.empty()));
    }

    private void addCopy(MemoryCopy copy) {
        samples.seconds(copy)
                .ifPresent(
                        seconds ->
                                row(
                                        copy.operation(),
                                        copy.precision(),
                                        Optional.empty(),
                                        seconds,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of((double) copy.bytes())));
    }

    private void addVectors(MatrixProduct product) {
        samples.seconds(product)
                .ifPresent(
                        seconds ->
                                row(
                                        product.operation(),
                                        product.precision(),
                                        Optional.empty(),
                                        seconds,
                                        Optional.empty(),
                                        Optional.of((double) product.flops()),
                                        Optional.of((double) product.weightBytes())));
    }

    private void row(
            String what,
            Precision precision,
            Optional<Integer> frames,
            Spread seconds,
            Optional<Double> tokensPerSecond,
            Optional<Double> flops,
            Optional<Double> bytes) {
        Spread milliseconds = seconds.times(1e3);
        Optional<Double> flopsRate = flops.map(count -> count / seconds.median());
        Optional<Double> bytesRate = bytes.map(count -> count / seconds.median());
        table.add(
                what,
                Setup.name(precision),
                frames,
                milliseconds.median(),
                milliseconds.lowerQuartile(),
                milliseconds.upperQuartile(),
                milliseconds.count(),
                tokensPerSecond,
                flops.map(count -> count / 1e9),
                flopsRate.map(rate -> rate / 1e9),
                products.percent(samples, precision, flopsRate),
                bytes.map(count -> count / 1e6),
                bytesRate.map(rate -> rate / 1e9),
                memory.percent(samples, precision, bytesRate));
    }
}
