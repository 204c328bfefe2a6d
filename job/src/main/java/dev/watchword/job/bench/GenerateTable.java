package dev.watchword.job.bench;

import dev.watchword.tensor.Precision;
import java.util.List;
import java.util.Optional;

/** Lays out what {@link GenerateBenchmark} measured. */
final class GenerateTable {
    private final Samples samples;
    private final ProductCeiling products;
    private final MemoryCeiling memory;
    private final Table table =
            new Table(
                    "what",
                    "precision",
                    "answers",
                    "ms",
                    "ms lower quartile",
                    "ms upper quartile",
                    "rounds",
                    "tokens per s",
                    "times of one",
                    "MB read",
                    "GB per s",
                    "limit tokens per s",
                    "percent of limit",
                    "percent of products");

    GenerateTable(Samples samples, ProductCeiling products, MemoryCeiling memory) {
        this.samples = samples;
        this.products = products;
        this.memory = memory;
    }

    Table of(List<Generating> rivals) {
        rivals.forEach(each -> step(each).ifPresent(seconds -> add(each, rivals, seconds)));
        for (MatrixProduct product : products.products()) {
            samples.seconds(product)
                    .ifPresent(
                            seconds ->
                                    addCeiling(
                                            product.operation(),
                                            product.precision(),
                                            seconds,
                                            Optional.empty(),
                                            ProductCeiling.rate(samples, product)));
        }
        for (MemoryCopy copy : memory.copies()) {
            samples.seconds(copy)
                    .ifPresent(
                            seconds ->
                                    addCeiling(
                                            copy.operation(),
                                            copy.precision(),
                                            seconds,
                                            Optional.of(copy.bytes()),
                                            Optional.empty()));
        }
        for (MatrixProduct vectors : memory.vectors()) {
            samples.seconds(vectors)
                    .ifPresent(
                            seconds ->
                                    addCeiling(
                                            vectors.operation(),
                                            vectors.precision(),
                                            seconds,
                                            Optional.of(vectors.weightBytes()),
                                            Optional.empty()));
        }
        return table;
    }

    /** How long one pass takes. */
    private Optional<Spread> step(Generating rival) {
        return samples.seconds(rival, Generating.DECODE, rival.parts())
                .map(seconds -> seconds.times(1.0 / rival.steps()));
    }

    private void add(Generating rival, List<Generating> rivals, Spread seconds) {
        Precision precision = rival.network().precision();
        double perSecond = rival.answers() / seconds.median();
        double weights =
                new NetworkParameters(rival.network().config()).readPerToken()
                        * (double) precision.bytes();
        Optional<Double> limit =
                memory.bytesPerSecond(samples, precision)
                        .map(rate -> rival.answers() * rate / weights);
        double flops = NetworkFlops.of(rival.network().config()).decode(rival.tokensBefore());
        Spread milliseconds = seconds.times(1e3);
        table.add(
                "answers at once",
                Setup.name(precision),
                rival.answers(),
                milliseconds.median(),
                milliseconds.lowerQuartile(),
                milliseconds.upperQuartile(),
                milliseconds.count(),
                perSecond,
                alone(rival, rivals).map(one -> perSecond * one.median()),
                weights / 1e6,
                weights / seconds.median() / 1e9,
                limit,
                limit.map(most -> 100 * perSecond / most),
                products.percent(samples, precision, Optional.of(flops * perSecond)));
    }

    /** How long a pass takes where one answer alone is written by the same network. */
    private Optional<Spread> alone(Generating rival, List<Generating> rivals) {
        return rivals.stream()
                .filter(other -> other.answers() == 1 && other.network() == rival.network())
                .findFirst()
                .flatMap(this::step);
    }

    private void addCeiling(
            String what,
            Precision precision,
            Spread seconds,
            Optional<Long> bytes,
            Optional<Double> flopsPerSecond) {
        Spread milliseconds = seconds.times(1e3);
        table.add(
                what,
                Setup.name(precision),
                Optional.empty(),
                milliseconds.median(),
                milliseconds.lowerQuartile(),
                milliseconds.upperQuartile(),
                milliseconds.count(),
                Optional.empty(),
                Optional.empty(),
                bytes.map(count -> count / 1e6),
                bytes.map(count -> count / seconds.median() / 1e9),
                Optional.empty(),
                Optional.empty(),
                products.percent(samples, precision, flopsPerSecond));
    }
}
