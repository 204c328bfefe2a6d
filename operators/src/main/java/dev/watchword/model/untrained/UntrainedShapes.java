package dev.watchword.model.untrained;

import dev.watchword.model.Activation;
import dev.watchword.model.LanguageConfig;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.PictureFit;
import dev.watchword.model.RotaryScaling;
import dev.watchword.model.VisionTowerConfig;
import java.util.OptionalInt;

/** Shapes of networks that are worth writing untrained. */
public final class UntrainedShapes {
    private static final String MODEL_TYPE = "llava_mini_llama";
    private static final int COMPRESSOR_HEADS = 8;

    private UntrainedShapes() {}

    /** The smallest with every part: 16 patches, one vision token, less than a million weights. */
    public static ModelConfig tiny() {
        return new ModelConfig(
                MODEL_TYPE,
                new VisionTowerConfig(64, 128, 3, 4, 56, 14, 1e-5, Activation.QUICK_GELU, 2),
                new LanguageConfig(
                        96,
                        160,
                        3,
                        6,
                        2,
                        16,
                        ByteTokenizer.VOCABULARY,
                        1e-5,
                        500_000,
                        new RotaryScaling.Llama3(8, 1, 4, 256),
                        false,
                        16_384,
                        ByteTokenizer.STOP_IDS,
                        OptionalInt.of(ByteTokenizer.BEGIN_ID)),
                1,
                COMPRESSOR_HEADS,
                2,
                2,
                1,
                PictureFit.PAD,
                "untrained/clip-vit-tiny-patch14-56");
    }

    /** A real size: CLIP-L/14 at 336 pixels and the decoder of Llama 3.2 1B, 1.8 G weights. */
    public static ModelConfig clipLargeAndOneBillion() {
        return ofClipLarge(
                new LanguageConfig(
                        2048,
                        8192,
                        16,
                        32,
                        8,
                        64,
                        128_256,
                        1e-5,
                        500_000,
                        new RotaryScaling.Llama3(32, 1, 4, 8192),
                        true,
                        131_072,
                        ByteTokenizer.STOP_IDS,
                        OptionalInt.of(ByteTokenizer.BEGIN_ID)));
    }

    /**
     * The public LLaVA-Mini's size: CLIP-L/14 at 336 pixels and the decoder of Llama 3.1 8B, 9.2 G
     * weights.
     */
    public static ModelConfig clipLargeAndEightBillion() {
        return ofClipLarge(
                new LanguageConfig(
                        4096,
                        14_336,
                        32,
                        32,
                        8,
                        128,
                        128_256,
                        1e-5,
                        500_000,
                        new RotaryScaling.Llama3(8, 1, 4, 8192),
                        false,
                        131_072,
                        ByteTokenizer.STOP_IDS,
                        OptionalInt.of(ByteTokenizer.BEGIN_ID)));
    }

    private static ModelConfig ofClipLarge(LanguageConfig decoder) {
        return new ModelConfig(
                MODEL_TYPE,
                new VisionTowerConfig(1024, 4096, 24, 16, 336, 14, 1e-5, Activation.QUICK_GELU, 23),
                decoder,
                1,
                COMPRESSOR_HEADS,
                2,
                4,
                1,
                PictureFit.PAD,
                "untrained/clip-vit-large-patch14-336");
    }
}
