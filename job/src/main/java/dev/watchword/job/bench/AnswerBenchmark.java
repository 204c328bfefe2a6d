package dev.watchword.job.bench;

import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long one answer takes, by the length of the history, in its parts: what is limited by
 * arithmetic beside the machine's matrix products, and what is limited by memory beside its
 * bandwidth.
 */
public final class AnswerBenchmark implements Benchmark {
    /** More than any cache holds is all the same. */
    private static final long MOST_BYTES = 1L << 30;

    private final Setup setup;
    private final AnswerPlan plan;
    private final TensorScope scope;
    private final CeilingScript script;
    private final List<Answering> answers = new ArrayList<>();
    private final ProductCeiling products;
    private final MemoryCeiling memory;

    /**
     * @param setup belongs to the benchmark from now on
     * @param histories how many frames the questions are about
     * @param square the side of the large square matrix product
     */
    public AnswerBenchmark(Setup setup, List<Integer> histories, AnswerPlan plan, int square) {
        this.setup = setup;
        this.plan = plan;
        this.scope = TensorScope.open(setup.device());
        this.script = new CeilingScript(setup.device());
        List<MatrixProduct> large = new ArrayList<>();
        List<MemoryCopy> copies = new ArrayList<>();
        List<MatrixProduct> vectors = new ArrayList<>();
        for (LlavaMini network : setup.networks()) {
            for (int frames : histories) {
                answers.add(new Answering(network, scope, setup.random(), frames, plan));
            }
            Precision precision = network.precision();
            large.add(ownShape(network, Collections.max(histories)));
            large.add(product(precision, square, square, square));
            long width = network.config().language().width();
            long rows = Math.min(weightBytes(network), MOST_BYTES) / (width * precision.bytes());
            copies.add(new MemoryCopy(script, scope, setup.random(), precision, rows, width));
            vectors.add(product(precision, 1, width, rows));
        }
        this.products = new ProductCeiling(List.copyOf(large));
        this.memory = new MemoryCeiling(List.copyOf(copies), List.copyOf(vectors));
    }

    /** The product that takes most of the time of fusing: a block's gate over all keyframes. */
    private MatrixProduct ownShape(LlavaMini network, int mostFrames) {
        ModelConfig config = network.config();
        long keyframes = Math.min(mostFrames, plan.mostKeyframes());
        long perFrame = (long) config.parts() * config.vision().patches() + config.visionTokens();
        return product(
                network.precision(),
                keyframes * perFrame,
                config.language().width(),
                config.language().mlpWidth());
    }

    private MatrixProduct product(Precision precision, long rows, long inputs, long outputs) {
        return new MatrixProduct(script, scope, setup.random(), precision, rows, inputs, outputs);
    }

    private static long weightBytes(LlavaMini network) {
        return new NetworkParameters(network.config()).readPerToken() * network.precision().bytes();
    }

    @Override
    public List<String> description() {
        return List.of(
                setup.description(),
                "One answer at a time, greedy, %d tokens, to a prompt of %d text tokens; at most %d keyframes."
                        .formatted(plan.answerTokens(), plan.textTokens(), plan.mostKeyframes()),
                "Fuse: keyframes encoded from their features, text fused with them. Prefill: the"
                        + " decoder reads the prompt in slices of %d. First token: both. Decode: each further token."
                                .formatted(plan.prefillSlice()));
    }

    @Override
    public List<Rival> rivals() {
        List<Rival> rivals = new ArrayList<>(answers);
        rivals.addAll(products.products());
        rivals.addAll(memory.copies());
        rivals.addAll(memory.vectors());
        return rivals;
    }

    @Override
    public Table table(Samples samples) {
        return new AnswerTable(samples, plan, products, memory).of(answers);
    }

    @Override
    public TablePlot plot() {
        return new TablePlot.Lines(
                "The parts of an answer, by length of history",
                "frames",
                List.of("ms"),
                true,
                List.of("what", "precision"));
    }

    @Override
    public void close() {
        scope.close();
        script.close();
        setup.close();
    }
}
