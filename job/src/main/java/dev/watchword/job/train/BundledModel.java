package dev.watchword.job.train;

import dev.watchword.job.questions.Lexicon;
import dev.watchword.model.Activation;
import dev.watchword.model.AttentionHead;
import dev.watchword.model.LanguageConfig;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.ModelFileException;
import dev.watchword.model.PictureFit;
import dev.watchword.model.RotaryScaling;
import dev.watchword.model.VisionTowerConfig;
import dev.watchword.model.safetensors.SafetensorsWriter;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.untrained.ConfigFiles;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedModel.VisionTowerPlacement;
import dev.watchword.model.untrained.WordTokenizer;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The bundled model: LLaVA-Mini, small enough to be trained on a laptop. */
final class BundledModel {
    /** Pixels along each side of the picture that the network sees. */
    static final int SIDE = 96;

    private static final int PATCH = 12;
    private static final int VISION_WIDTH = 128;
    private static final int VISION_LAYERS = 4;
    private static final int WIDTH = 192;
    private static final int LAYERS = 6;
    private static final int HEAD_SIZE = 32;
    private static final int COMPRESSOR_HEADS = 8;
    private static final int PROJECTOR_LAYERS = 2;
    private static final int MOST_POSITIONS = 131_072;

    /** So slow that most of a head does not turn over a long history. */
    private static final double ROTARY_THETA = 1e7;

    /** Text is fused with the newest frame alone: the past is in the tokens. */
    private static final double NEWEST_SHARE = 1;

    /** Against vision tokens whose root mean square is about 7. */
    private static final double POSITION_CODE = 2;

    /** The same for a stream's name. */
    private static final double NAME_CODE = 4;

    private BundledModel() {}

    static ModelConfig config(int vocabulary, NetworkShape shape) {
        ModelConfig queried = queried(vocabulary, shape);
        return switch (shape.compression()) {
            case QUERY -> queried;
            case POOL -> queried.withPooling();
            case NONE -> queried.asLlava();
        };
    }

    private static ModelConfig queried(int vocabulary, NetworkShape shape) {
        return new ModelConfig(
                        "llava_mini_llama",
                        new VisionTowerConfig(
                                VISION_WIDTH,
                                4 * VISION_WIDTH,
                                VISION_LAYERS,
                                VISION_WIDTH / HEAD_SIZE,
                                SIDE,
                                PATCH,
                                1e-5,
                                Activation.QUICK_GELU,
                                VISION_LAYERS),
                        new LanguageConfig(
                                WIDTH,
                                512,
                                LAYERS,
                                WIDTH / HEAD_SIZE,
                                WIDTH / HEAD_SIZE,
                                HEAD_SIZE,
                                vocabulary,
                                1e-5,
                                ROTARY_THETA,
                                new RotaryScaling.None(),
                                false,
                                MOST_POSITIONS,
                                List.of(WordTokenizer.END_ID),
                                OptionalInt.of(WordTokenizer.BEGIN_ID)),
                        shape.grid(),
                        COMPRESSOR_HEADS,
                        PROJECTOR_LAYERS,
                        shape.prefusionLayers(),
                        1,
                        PictureFit.PAD,
                        "")
                .withNewestShare(NEWEST_SHARE)
                .withPositionCode(POSITION_CODE)
                .withNameCode(NAME_CODE);
    }

    /** Writes the model with random weights of a type. */
    static ModelDirectory write(Path directory, long seed, StoredType type, NetworkShape shape)
            throws IOException {
        WordTokenizer tokenizer = new WordTokenizer(Lexicon.pieces());
        new UntrainedModel(
                        config(tokenizer.vocabulary(), shape),
                        type,
                        1,
                        VisionTowerPlacement.INSIDE,
                        seed)
                .write(directory);
        tokenizer.write(directory);
        return ModelDirectory.open(directory);
    }

    /**
     * Opens a model that differs from the bundled one in its weights alone, and in which of its
     * heads look at evidence.
     *
     * @throws ModelFileException if it is none
     */
    static ModelDirectory openAlike(Path directory) {
        ModelDirectory model = ModelDirectory.open(directory);
        ModelConfig own =
                config(new WordTokenizer(Lexicon.pieces()).vocabulary(), NetworkShape.BUNDLED);
        if (!model.config().withEvidenceHeads(List.of()).equals(own)) {
            throw new ModelFileException(
                    directory,
                    "is a network of another shape than the bundled model's, and only one of that"
                            + " shape is trained further");
        }
        return model;
    }

    /**
     * Writes the model with these weights, rounded to bfloat16, over what the directory holds.
     *
     * @param evidence the heads that say what an answer rests on; empty where nobody measured
     * @param weights by the names that the model's file has for them
     */
    static ModelDirectory export(
            Path directory,
            NetworkShape shape,
            List<AttentionHead> evidence,
            Map<String, Tensor> weights)
            throws IOException {
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".unfinished");
        deleteFiles(unfinished);
        WordTokenizer tokenizer = new WordTokenizer(Lexicon.pieces());
        tokenizer.write(unfinished);
        ModelConfig config = config(tokenizer.vocabulary(), shape).withEvidenceHeads(evidence);
        ConfigFiles.write(unfinished, config, StoredType.BF16);
        SafetensorsWriter writer = new SafetensorsWriter().note("format", "pt");
        weights.forEach(
                (name, weight) -> {
                    try (Tensor rounded = weight.cast(Precision.BFLOAT16)) {
                        writer.add(
                                name,
                                StoredType.BF16,
                                Arrays.stream(weight.shape()).boxed().toList(),
                                ByteBuffer.wrap(rounded.toBytes()));
                    }
                });
        writer.write(unfinished.resolve("model.safetensors"));
        deleteFiles(directory);
        Files.move(unfinished, directory);
        return ModelDirectory.open(directory);
    }

    private static void deleteFiles(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
