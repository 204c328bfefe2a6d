package dev.watchword.job.bench;

import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.VisionTowerConfig;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How many frames a second go through the network, by batch size and precision, and through an
 * engine, by the number of streams, beside what the machine reaches in matrix products, and how many
 * pictures one thread makes ready.
 */
public final class EncodeBenchmark implements Benchmark {
    private static final int CAMERA_WIDTH = 1280;
    private static final int CAMERA_HEIGHT = 720;

    private final Setup setup;
    private final TensorScope scope;
    private final CeilingScript script;
    private final byte[] jpeg;
    private final Preprocessing preprocessing;
    private final List<BatchEncoding> batched = new ArrayList<>();
    private final List<StreamsEncoding> streamed = new ArrayList<>();
    private final ProductCeiling ceiling;

    /**
     * @param setup belongs to the benchmark from now on
     * @param batches how many frames go through the network together
     * @param streams how many streams send frames to an engine
     * @param square the side of the large square matrix product
     */
    public EncodeBenchmark(Setup setup, List<Integer> batches, List<Integer> streams, int square) {
        this.setup = setup;
        this.scope = TensorScope.open(setup.device());
        this.script = new CeilingScript(setup.device());
        this.jpeg = TestCard.jpeg(setup.random(), CAMERA_WIDTH, CAMERA_HEIGHT);
        this.preprocessing = new Preprocessing(setup.directory(), jpeg);
        int side = setup.config().vision().imageSize();
        byte[] small = TestCard.jpeg(setup.random(), side, side);
        List<MatrixProduct> products = new ArrayList<>();
        for (LlavaMini network : setup.networks()) {
            for (int batch : batches) {
                batched.add(new BatchEncoding(network, scope, setup.random(), batch));
            }
            for (int count : streams) {
                streamed.add(new StreamsEncoding(setup, network.precision(), count, small));
            }
            products.add(ownShape(network, Collections.max(batches)));
            products.add(product(network.precision(), square, square, square));
        }
        this.ceiling = new ProductCeiling(List.copyOf(products));
    }

    /** The product that takes most of the vision tower's time: its first map of the largest batch. */
    private MatrixProduct ownShape(LlavaMini network, int batch) {
        ModelConfig config = network.config();
        VisionTowerConfig tower = config.vision();
        long rows = (long) batch * config.parts() * (tower.patches() + 1);
        return product(network.precision(), rows, tower.width(), tower.mlpWidth());
    }

    private MatrixProduct product(Precision precision, long rows, long inputs, long outputs) {
        return new MatrixProduct(script, scope, setup.random(), precision, rows, inputs, outputs);
    }

    @Override
    public List<String> description() {
        return List.of(
                setup.description(),
                "Network: vision tower, compressor, projector, vision part of pre-fusion; pixels"
                        + " ready on the device.",
                "Engine: each of some streams sends JPEGs of the network's own size, one when the one"
                        + " before is encoded; batch: the mean.",
                "Preprocessing: one thread decodes and resizes a JPEG of %d x %d pixels, %d kB."
                        .formatted(CAMERA_WIDTH, CAMERA_HEIGHT, jpeg.length / 1000));
    }

    @Override
    public List<Rival> rivals() {
        List<Rival> rivals = new ArrayList<>(encodings());
        rivals.addAll(ceiling.products());
        rivals.add(preprocessing);
        return rivals;
    }

    private List<EncodingRival> encodings() {
        List<EncodingRival> encodings = new ArrayList<>(batched);
        encodings.addAll(streamed);
        return encodings;
    }

    @Override
    public Table table(Samples samples) {
        Table table =
                new Table(
                        "what",
                        "precision",
                        "streams",
                        "batch",
                        "ms",
                        "ms lower quartile",
                        "ms upper quartile",
                        "rounds",
                        "frames per s",
                        "GFLOP per frame",
                        "GFLOP per s",
                        "percent of ceiling",
                        "percent in libtorch");
        for (EncodingRival encoding : encodings()) {
            samples.seconds(encoding).ifPresent(seconds -> add(table, samples, encoding, seconds));
        }
        for (MatrixProduct product : ceiling.products()) {
            samples.seconds(product).ifPresent(seconds -> add(table, samples, product, seconds));
        }
        samples.seconds(preprocessing).ifPresent(seconds -> addPreprocessing(table, seconds));
        return table;
    }

    @Override
    public TablePlot plot() {
        return new TablePlot.Lines(
                "Frames encoded a second, by batch size",
                "batch",
                List.of("frames per s"),
                false,
                List.of("what", "precision"));
    }

    private void add(Table table, Samples samples, EncodingRival encoding, Spread seconds) {
        Spread each = seconds.times(1.0 / encoding.times());
        double framesPerSecond = encoding.framesAtOnce() / each.median();
        double flops = NetworkFlops.of(setup.config()).encode();
        double rate = flops * framesPerSecond;
        Spread milliseconds = each.times(1e3);
        table.add(
                encoding.what(),
                Setup.name(encoding.precision()),
                encoding.streams(),
                encoding.batch(),
                milliseconds.median(),
                milliseconds.lowerQuartile(),
                milliseconds.upperQuartile(),
                milliseconds.count(),
                framesPerSecond,
                flops / 1e9,
                rate / 1e9,
                ceiling.percent(samples, encoding.precision(), Optional.of(rate)),
                encoding.libtorch().percent());
    }

    private void add(Table table, Samples samples, MatrixProduct product, Spread seconds) {
        Optional<Double> rate = ProductCeiling.rate(samples, product);
        Spread milliseconds = seconds.times(1e3);
        table.add(
                product.operation(),
                Setup.name(product.precision()),
                Optional.empty(),
                Optional.empty(),
                milliseconds.median(),
                milliseconds.lowerQuartile(),
                milliseconds.upperQuartile(),
                milliseconds.count(),
                Optional.empty(),
                Optional.empty(),
                rate.map(flops -> flops / 1e9),
                ceiling.percent(samples, product.precision(), rate),
                Optional.empty());
    }

    private void addPreprocessing(Table table, Spread seconds) {
        Spread milliseconds = seconds.times(1e3);
        table.add(
                "preprocessing, 1 thread",
                Optional.empty(),
                Optional.empty(),
                1,
                milliseconds.median(),
                milliseconds.lowerQuartile(),
                milliseconds.upperQuartile(),
                milliseconds.count(),
                1 / seconds.median(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public void close() {
        streamed.forEach(StreamsEncoding::close);
        scope.close();
        script.close();
        setup.close();
    }
}
