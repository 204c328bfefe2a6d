package dev.watchword.job.bench;

import dev.watchword.model.LanguageConfig;
import dev.watchword.model.LlavaMini;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many tokens a second are written, by how many answers are written at once. In one pass all of
 * them get a token, and the weights are read once for all; so the limit is the time that the machine
 * needs to read them.
 */
public final class GenerateBenchmark implements Benchmark {
    /** More than any cache holds is all the same. */
    private static final long MOST_BYTES = 1L << 30;

    private final Setup setup;
    private final AnswerPlan plan;
    private final int frames;
    private final TensorScope scope;
    private final CeilingScript script;
    private final List<KeptHistories> histories = new ArrayList<>();
    private final List<Generating> rivals = new ArrayList<>();
    private final ProductCeiling products;
    private final MemoryCeiling memory;

    /**
     * @param setup belongs to the benchmark from now on
     * @param answers how many are written at once
     * @param frames how many frames each answer is about
     * @param square the side of the large square matrix product
     */
    public GenerateBenchmark(
            Setup setup, List<Integer> answers, int frames, AnswerPlan plan, int square) {
        this.setup = setup;
        this.plan = plan;
        this.frames = frames;
        this.scope = TensorScope.open(setup.device());
        this.script = new CeilingScript(setup.device());
        List<MatrixProduct> large = new ArrayList<>();
        List<MemoryCopy> copies = new ArrayList<>();
        List<MatrixProduct> vectors = new ArrayList<>();
        for (LlavaMini network : setup.networks()) {
            KeptHistories kept =
                    new KeptHistories(
                            network, new BenchHistory(network, setup.random(), frames, plan));
            histories.add(kept);
            answers.forEach(count -> rivals.add(new Generating(kept, count, plan)));

            Precision precision = network.precision();
            LanguageConfig language = network.config().language();
            large.add(
                    product(
                            precision,
                            Collections.max(answers),
                            language.width(),
                            language.mlpWidth()));
            large.add(product(precision, square, square, square));
            long bytes = new NetworkParameters(network.config()).readPerToken() * precision.bytes();
            long rows = Math.min(bytes, MOST_BYTES) / ((long) language.width() * precision.bytes());
            copies.add(
                    new MemoryCopy(
                            script, scope, setup.random(), precision, rows, language.width()));
            vectors.add(product(precision, 1, language.width(), rows));
        }
        this.products = new ProductCeiling(List.copyOf(large));
        this.memory = new MemoryCeiling(List.copyOf(copies), List.copyOf(vectors));
    }

    private MatrixProduct product(Precision precision, long rows, long inputs, long outputs) {
        return new MatrixProduct(script, scope, setup.random(), precision, rows, inputs, outputs);
    }

    @Override
    public List<String> description() {
        return List.of(
                setup.description(),
                "Greedy answers of %d tokens, each behind a kept history of %d frames of its own, to a prompt of %d text tokens; the first token is not counted."
                        .formatted(plan.answerTokens(), frames, plan.textTokens()),
                "ms: one pass, which gives every answer a token. Limit: the decoder's weights are read once a pass, as fast as the faster of copy and matrix-vector product.");
    }

    @Override
    public List<Rival> rivals() {
        List<Rival> all = new ArrayList<>(rivals);
        all.addAll(products.products());
        all.addAll(memory.copies());
        all.addAll(memory.vectors());
        return all;
    }

    @Override
    public Table table(Samples samples) {
        return new GenerateTable(samples, products, memory).of(rivals);
    }

    @Override
    public TablePlot plot() {
        return new TablePlot.Lines(
                "Tokens a second, by answers written at once",
                "answers",
                List.of("tokens per s", "limit tokens per s"),
                true,
                List.of("precision"));
    }

    @Override
    public void close() {
        histories.forEach(KeptHistories::close);
        scope.close();
        script.close();
        setup.close();
    }
}
