package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.model.safetensors.SafetensorsFile;
import dev.watchword.model.safetensors.SafetensorsWriter;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.safetensors.TensorEntry;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedModel.VisionTowerPlacement;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedWeightsTest {
    private static final String DOWN = "model.layers.1.mlp.down_proj.weight";
    private static final String TOWER = "model.vision_tower.vision_tower.vision_model.";

    @TempDir private Path root;
    private Path directory;

    @BeforeEach
    void name() {
        directory = root.resolve("model");
    }

    private void write(int shards, VisionTowerPlacement placement) throws IOException {
        new UntrainedModel(UntrainedShapes.tiny(), StoredType.F32, shards, placement, 1)
                .write(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DOWN,
                "model.compressor.query",
                "model.mm_projector.2.bias",
                "model.prefusion_layers.1.self_attn.q_proj.weight",
                "model.norm.weight",
                "lm_head.weight",
                TOWER + "embeddings.class_embedding",
                TOWER + "encoder.layers.1.mlp.fc2.bias"
            })
    void namesFileAndTensorThatIsMissing(String tensor) throws IOException {
        write(1, VisionTowerPlacement.INSIDE);
        Path file = directory.resolve("model.safetensors");
        rewrite(file, tensor, entry -> Optional.empty());
        assertRefused(
                file, tensor, "is missing, but by config.json there must be one of the shape");
    }

    @Test
    void saysThatNoneOfTheFilesHasTheTensor() throws IOException {
        write(3, VisionTowerPlacement.INSIDE);
        for (int i = 1; i <= 3; i++) {
            Path file = directory.resolve("model-0000%d-of-00003.safetensors".formatted(i));
            rewrite(file, DOWN, entry -> Optional.empty());
        }
        Path index = directory.resolve("model.safetensors.index.json");
        Files.writeString(
                index,
                Files.readString(index)
                        .replaceAll("(?m)^.*\"" + DOWN.replace(".", "\\.") + "\".*$", ""));
        assertRefused(directory, DOWN, "in all of the 3 safetensors files is missing");
    }

    @Test
    void looksForTheVisionTowersTensorsWhereTheTowerIs() throws IOException {
        write(2, VisionTowerPlacement.BESIDE);
        Path file = root.resolve("clip-vit-tiny-patch14-56").resolve("model.safetensors");
        String tensor = "vision_model.embeddings.position_embedding.weight";
        rewrite(file, tensor, entry -> Optional.empty());
        assertRefused(file, tensor, "is missing, but by config.json");
    }

    @Test
    void namesFileAndTensorThatIsMisshapen() throws IOException {
        write(1, VisionTowerPlacement.INSIDE);
        Path file = directory.resolve("model.safetensors");
        rewrite(file, DOWN, entry -> Optional.of(reshaped(entry, List.of(160L, 96L))));
        assertRefused(
                file, DOWN, "has the shape [160, 96], but by config.json it must be [96, 160]");
        rewrite(file, DOWN, entry -> Optional.of(reshaped(entry, List.of(96L * 160))));
        assertRefused(file, DOWN, "has the shape [15360], but by config.json it must be [96, 160]");
    }

    @Test
    void namesFileAndTensorThatIsOfWholeNumbers() throws IOException {
        write(1, VisionTowerPlacement.INSIDE);
        Path file = directory.resolve("model.safetensors");
        rewrite(file, DOWN, entry -> Optional.of(retyped(entry, StoredType.I32)));
        assertRefused(file, DOWN, "is stored as I32; weights must be F32, F16 or BF16");
    }

    @Test
    void namesFileAndTensorAtWhichAShardIsCutOff() throws IOException {
        write(3, VisionTowerPlacement.INSIDE);
        Path file = directory.resolve("model-00002-of-00003.safetensors");
        TensorEntry cut;
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            cut = List.copyOf(open.tensors().values()).get(2);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(cut.offset() + cut.byteLength() - 1);
        }
        assertRefused(file, cut.name(), "it is cut off");
    }

    @Test
    void passesOverTensorsThatItDoesNotNeed() throws IOException {
        write(1, VisionTowerPlacement.INSIDE);
        Path file = directory.resolve("model.safetensors");
        rewrite(
                file,
                TOWER + "post_layernorm.weight",
                entry -> Optional.of(retyped(entry, StoredType.I32)));

        assertThat(LlavaMini.inspect(ModelDirectory.open(directory)))
                .containsOnlyKeys(
                        "vision tower", "compressor", "projector", "pre-fusion", "decoder");
    }

    /** The error comes from inspecting and from loading alike. */
    private void assertRefused(Path named, String tensor, String complaint) {
        assertThatThrownBy(() -> LlavaMini.inspect(ModelDirectory.open(directory)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith(named + ": tensor \"" + tensor + "\" ")
                .hasMessageContaining(complaint);
        assertThatThrownBy(
                        () ->
                                LlavaMini.load(
                                                ModelDirectory.open(directory),
                                                ComputeDevice.CPU,
                                                Precision.FLOAT32)
                                        .close())
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith(named + ": tensor \"" + tensor + "\" ")
                .hasMessageContaining(complaint);
    }

    private static TensorEntry reshaped(TensorEntry entry, List<Long> shape) {
        return new TensorEntry(
                entry.name(), entry.type(), shape, entry.offset(), entry.byteLength());
    }

    private static TensorEntry retyped(TensorEntry entry, StoredType type) {
        return new TensorEntry(
                entry.name(), type, entry.shape(), entry.offset(), entry.byteLength());
    }

    /** Writes a file again with one tensor changed, or without it. */
    private static void rewrite(
            Path file, String tensor, Function<TensorEntry, Optional<TensorEntry>> change)
            throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            for (TensorEntry entry : new TreeMap<>(open.tensors()).values()) {
                Optional<TensorEntry> kept =
                        entry.name().equals(tensor) ? change.apply(entry) : Optional.of(entry);
                kept.ifPresent(as -> writer.add(as.name(), as.type(), as.shape(), open.map(entry)));
            }
            writer.write(file);
        }
    }
}
