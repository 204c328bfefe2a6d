package dev.watchword.job.cli;

import dev.watchword.model.LanguageConfig;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.VisionTowerConfig;
import dev.watchword.tensor.Precision;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Prints what a model directory holds. */
final class ModelReport {
    private final PrintWriter out;

    ModelReport(PrintWriter out) {
        this.out = out;
    }

    void print(Path path) {
        ModelDirectory directory = ModelDirectory.open(path);
        ModelConfig config = directory.config();
        row("model", directory.modelId());
        row("architecture", config.modelType());
        printTower(config.vision());
        row(
                "compressor",
                compressor(config) + ": " + config.visionTokens() + " vision tokens a frame");
        row("projector", config.projectorLayers() + " layers");
        row("pre-fusion", config.prefusionLayers() + " layers");
        if (config.newestShare() > 0) {
            row("newest frame", "at least %s of the fused text".formatted(config.newestShare()));
        }
        if (config.positionCode() > 0) {
            row("positions", "a code of strength %s too".formatted(config.positionCode()));
        }
        if (config.nameCode() > 0) {
            row(
                    "streams",
                    "of several, a code of the name, of strength %s".formatted(config.nameCode()));
        }
        printDecoder(config.language());
        row("picture", picture(config));
        row("tokenizer", directory.tokenizerFile().map(Path::toString).orElse("none"));
        printParameters(directory);
        printState(config);
        out.flush();
    }

    private static String compressor(ModelConfig config) {
        int grid = config.compressorGrid();
        return switch (config.compression()) {
            case QUERY ->
                    "%d x %d queries, %d heads".formatted(grid, grid, config.compressorHeads());
            case POOL -> "the means of %d x %d cells".formatted(grid, grid);
            case NONE -> "none";
        };
    }

    private void printTower(VisionTowerConfig tower) {
        row(
                "vision tower",
                "CLIP, %d of %d layers, width %d, %d heads, %d x %d pixels in patches of %d"
                        .formatted(
                                tower.selectLayer(),
                                tower.layers(),
                                tower.width(),
                                tower.heads(),
                                tower.imageSize(),
                                tower.imageSize(),
                                tower.patchSize()));
    }

    private void printDecoder(LanguageConfig decoder) {
        row(
                "decoder",
                "Llama, %d layers, width %d, %d heads, %d key/value heads, %d tokens, %d positions"
                        .formatted(
                                decoder.layers(),
                                decoder.width(),
                                decoder.heads(),
                                decoder.keyValueHeads(),
                                decoder.vocabulary(),
                                decoder.maxPositions()));
    }

    private static String picture(ModelConfig config) {
        return config.parts() == 1
                ? "one of " + config.vision().patches() + " patches"
                : "%d crops and the whole, %d patches each"
                        .formatted(config.parts() - 1, config.vision().patches());
    }

    private void printParameters(ModelDirectory directory) {
        long total = 0;
        for (Map.Entry<String, Long> part : LlavaMini.inspect(directory).entrySet()) {
            row("parameters, " + part.getKey(), count(part.getValue()));
            total += part.getValue();
        }
        row("parameters, all", count(total));
    }

    private void printState(ModelConfig config) {
        long token = (long) config.visionTokens() * config.language().width();
        long features = (long) config.parts() * config.vision().patches() * config.vision().width();
        for (Precision precision : Precision.values()) {
            String name = precision.name().toLowerCase(Locale.ROOT);
            row("state a frame, " + name, count(token * precision.bytes()) + " bytes");
            row("state a keyframe, " + name, count(features * precision.bytes()) + " bytes more");
        }
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private void row(String name, String value) {
        out.printf("%-28s %s%n", name, value);
    }
}
