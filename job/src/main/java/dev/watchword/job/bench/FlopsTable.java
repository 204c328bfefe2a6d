package dev.watchword.job.bench;

import dev.watchword.model.ModelConfig;
import dev.watchword.model.ModelDirectory;
import java.util.List;
import java.util.Optional;

/**
 * How many floating-point operations networks take for a question about one picture, beside those of
 * LLaVA-v1.5. Counted, not measured: no weights are read.
 */
public final class FlopsTable {
    /** The paper does not say how long its prompt is; with so much text its figures come out. */
    public static final int TEXT_TOKENS = 43;

    private static final double TERA = 1e12;
    private static final String LLAVA = "LLaVA-v1.5-7B";
    private static final String MINI = "LLaVA-Mini-7B";

    /** What the paper has of LLaVA-v1.5, in TFLOP. */
    private static final double PAPERS_LLAVA = 8.55;

    /** What the paper has of LLaVA-Mini with one vision token, by pre-fusion layers, in TFLOP. */
    private static final List<Double> PAPERS_MINI = List.of(0.96, 1.21, 1.46, 1.81, 1.96);

    /** {@code C} of the further networks, with all layers of pre-fusion: 4, 16 and 64 tokens. */
    private static final List<Integer> FURTHER_GRIDS = List.of(2, 4, 8);

    private final int textTokens;
    private final long llava;
    private final Table table =
            new Table(
                    "network",
                    "prefusion layers",
                    "vision tokens",
                    "vision tower TFLOP",
                    "compressor TFLOP",
                    "projector TFLOP",
                    "prefusion TFLOP",
                    "prefill TFLOP",
                    "total TFLOP",
                    "percent of llava v15",
                    "paper TFLOP",
                    "percent off paper",
                    "here TFLOP");

    private FlopsTable(ModelConfig llava, int textTokens) {
        this.textTokens = textTokens;
        this.llava = FlopsByPart.asPublished(llava, textTokens).total();
    }

    /** What stands above either table. */
    public static List<String> description(int textTokens) {
        return List.of(
                "Counted from the networks' shapes: one picture and %d tokens of text, until the first token of the answer."
                        .formatted(textTokens),
                "A multiplication with its addition counts as 2. Prefusion: over the picture and over the text.",
                "All but the last column: every token through all of every layer, as in the paper's own code. Here: without what a last layer makes that nobody reads.");
    }

    /** The networks of the paper, with what it has of them where it has it. */
    public static Table ofPaper(int textTokens) {
        FlopsTable rows = new FlopsTable(PaperNetworks.llava(), textTokens);
        rows.add(LLAVA, PaperNetworks.llava(), Optional.of(PAPERS_LLAVA));
        for (int layers = 0; layers < PAPERS_MINI.size(); layers++) {
            rows.add(
                    MINI, PaperNetworks.llavaMini(layers, 1), Optional.of(PAPERS_MINI.get(layers)));
        }
        for (int grid : FURTHER_GRIDS) {
            rows.add(MINI, PaperNetworks.llavaMini(PAPERS_MINI.size() - 1, grid), Optional.empty());
        }
        return rows.table;
    }

    /** A model, below LLaVA-v1.5 made of its vision tower and its decoder. */
    public static Table ofModel(ModelDirectory model, int textTokens) {
        return of(model.modelId(), model.config(), textTokens);
    }

    /** A size, below LLaVA-v1.5 made of its vision tower and its decoder. */
    public static Table ofSize(ModelSize size, int textTokens) {
        return of(size.toString(), size.config(), textTokens);
    }

    private static Table of(String name, ModelConfig config, int textTokens) {
        ModelConfig llava = config.asLlava();
        FlopsTable rows = new FlopsTable(llava, textTokens);
        rows.add("LLaVA-v1.5 of its parts", llava, Optional.empty());
        rows.add(name, config, Optional.empty());
        return rows.table;
    }

    private void add(String network, ModelConfig config, Optional<Double> paper) {
        FlopsByPart parts = FlopsByPart.asPublished(config, textTokens);
        double total = parts.total() / TERA;
        table.add(
                network,
                config.prefusionLayers(),
                config.visionTokens(),
                parts.visionTower() / TERA,
                parts.compressor() / TERA,
                parts.projector() / TERA,
                parts.preFusion() / TERA,
                parts.prefill() / TERA,
                total,
                100.0 * parts.total() / llava,
                paper,
                paper.map(published -> 100 * (total / published - 1)),
                FlopsByPart.here(config, textTokens).total() / TERA);
    }
}
