package dev.watchword.job.bench;

import dev.watchword.model.Activation;
import dev.watchword.model.LanguageConfig;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.PictureFit;
import dev.watchword.model.RotaryScaling;
import dev.watchword.model.VisionTowerConfig;
import dev.watchword.model.untrained.ByteTokenizer;
import dev.watchword.model.untrained.UntrainedShapes;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Shapes of networks with random weights to measure. */
public enum ModelSize {
    /** 12 million weights: about what a model that is bundled with the program may have. */
    SMALL("small", 1),
    /** The vision tower of the public models, CLIP-L/14 at 336 pixels, and a small decoder. */
    CLIP_L("clip-l", 1),
    /** The same tower and the decoder of Llama 3.2 1B: 1.8 thousand million weights. */
    ONE_BILLION("1b", 1),
    /** The same tower and the decoder of Llama 3.1 8B: 9.2 thousand million weights. */
    EIGHT_BILLION("8b", 4);

    private static final RotaryScaling LONG_TEXTS = new RotaryScaling.Llama3(32, 1, 4, 8192);
    private static final int POSITIONS = 131_072;

    private final String text;
    private final int files;

    ModelSize(String text, int files) {
        this.text = text;
        this.files = files;
    }

    /**
     * The size of a name.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static ModelSize named(String name) {
        return Arrays.stream(values())
                .filter(size -> size.text.equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'%s' must be %s"
                                                .formatted(
                                                        name,
                                                        Arrays.stream(values())
                                                                .map(ModelSize::toString)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    /** The network's shape. */
    public ModelConfig config() {
        return switch (this) {
            case SMALL ->
                    model(
                            new VisionTowerConfig(
                                    192, 768, 7, 6, 112, 14, 1e-5, Activation.QUICK_GELU, 6),
                            decoder(256, 768, 8, 8, 4, 32));
            case CLIP_L ->
                    model(
                            UntrainedShapes.clipLargeAndOneBillion().vision(),
                            decoder(512, 1536, 8, 8, 4, 64));
            case ONE_BILLION -> UntrainedShapes.clipLargeAndOneBillion();
            case EIGHT_BILLION -> UntrainedShapes.clipLargeAndEightBillion();
        };
    }

    /** Into how many files the weights are cut. */
    int files() {
        return files;
    }

    private static ModelConfig model(VisionTowerConfig tower, LanguageConfig decoder) {
        return new ModelConfig(
                "llava_mini_llama", tower, decoder, 1, 8, 2, 4, 1, PictureFit.PAD, "");
    }

    private static LanguageConfig decoder(
            int width, int mlpWidth, int layers, int heads, int keyValueHeads, int headSize) {
        return new LanguageConfig(
                width,
                mlpWidth,
                layers,
                heads,
                keyValueHeads,
                headSize,
                ByteTokenizer.VOCABULARY,
                1e-5,
                500_000,
                LONG_TEXTS,
                false,
                POSITIONS,
                ByteTokenizer.STOP_IDS,
                OptionalInt.of(ByteTokenizer.BEGIN_ID));
    }

    @Override
    public String toString() {
        return text;
    }
}
