package dev.watchword.model.untrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.model.ModelConfig;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.safetensors.SafetensorsFile;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.safetensors.TensorEntry;
import dev.watchword.model.untrained.UntrainedModel.VisionTowerPlacement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UntrainedModelTest {
    @TempDir private Path root;

    @Test
    void writesAConfigThatReadsAsTheSameShape() throws IOException {
        List<ModelConfig> shapes =
                List.of(
                        UntrainedShapes.tiny(),
                        Shapes.different(),
                        UntrainedShapes.tiny().withNewestShare(0.3),
                        UntrainedShapes.tiny().withPositionCode(2.5),
                        UntrainedShapes.tiny().withNameCode(1.5),
                        UntrainedShapes.tiny().withPooling(),
                        Shapes.different().withPooling(),
                        UntrainedShapes.tiny().asLlava().withNewestShare(0.3),
                        Shapes.withProjectorLayers(1),
                        Shapes.withVocabulary(UntrainedShapes.tiny(), 128));
        for (int i = 0; i < shapes.size(); i++) {
            ModelDirectory written =
                    UntrainedModel.of(shapes.get(i), 1).write(root.resolve("model" + i));
            assertThat(written.config()).isEqualTo(shapes.get(i));
        }
    }

    @Test
    void theConfigurationAloneIsThatOfTheWholeModel() throws IOException {
        ModelConfig config = Shapes.different();
        Path whole = UntrainedModel.of(config, 1).write(root.resolve("whole")).path();
        Path alone = root.resolve("alone");
        ConfigFiles.write(alone, config, StoredType.BF16);

        List<Path> files = files(alone);
        assertThat(files)
                .containsExactly(
                        alone.resolve("config.json"), alone.resolve("preprocessor_config.json"));
        for (Path file : files) {
            assertThat(file).hasSameTextualContentAs(whole.resolve(file.getFileName()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesTheSameWeightsWhereverTheVisionTowerGoes(VisionTowerPlacement placement)
            throws IOException {
        Map<String, float[]> expected =
                weights(write("a", StoredType.F32, 1, VisionTowerPlacement.INSIDE, 1));
        ModelDirectory model = write("b/model", StoredType.F32, 3, placement, 1);
        assertThat(model.shards()).hasSize(3);
        assertSame(weights(model), expected, 0);
    }

    @Test
    void roundsTheSameWeightsToEveryType() throws IOException {
        Map<String, float[]> expected =
                weights(write("a", StoredType.F32, 1, VisionTowerPlacement.INSIDE, 1));
        ModelDirectory half = write("b", StoredType.F16, 1, VisionTowerPlacement.INSIDE, 1);
        ModelDirectory brain = write("c", StoredType.BF16, 1, VisionTowerPlacement.INSIDE, 1);
        assertSame(weights(half), expected, 0x1p-11);
        assertSame(weights(brain), expected, 0x1p-8);
    }

    @Test
    void writesOtherWeightsForAnotherSeed() throws IOException {
        ModelDirectory one = write("a/model", StoredType.F32, 1, VisionTowerPlacement.INSIDE, 1);
        ModelDirectory same = write("b/model", StoredType.F32, 1, VisionTowerPlacement.INSIDE, 1);
        ModelDirectory other = write("c/model", StoredType.F32, 1, VisionTowerPlacement.INSIDE, 2);
        assertThat(same.modelId()).isEqualTo(one.modelId());
        assertThat(other.modelId()).isNotEqualTo(one.modelId());
        String name = "model.embed_tokens.weight";
        assertThat(weights(other).get(name)).isNotEqualTo(weights(one).get(name));
    }

    @Test
    void keepsTheVarianceOfWhatGoesThroughALinearMap() throws IOException {
        ModelDirectory model = write("a", StoredType.F32, 1, VisionTowerPlacement.INSIDE, 1);
        float[] weights = weights(model).get("model.layers.0.mlp.down_proj.weight");
        double squares = 0;
        for (float weight : weights) {
            squares += weight * weight;
        }
        double inputs = UntrainedShapes.tiny().language().mlpWidth();
        assertThat(squares / weights.length * inputs).isCloseTo(1, within(0.03));
        assertThat(weights(model).get("model.norm.weight")).containsOnly(1);
        assertThat(weights(model).get("model.mm_projector.0.bias")).containsOnly(0);
    }

    @Test
    void goesOnWhereOneThatWasBrokenOffHasEnded() throws IOException {
        ModelDirectory whole = write("a/model", StoredType.BF16, 3, VisionTowerPlacement.INSIDE, 1);
        UntrainedModel model =
                model(UntrainedShapes.tiny(), StoredType.BF16, 3, VisionTowerPlacement.INSIDE);
        Path begun = root.resolve("b/model");
        model.write(begun);
        List<Path> shards = ModelDirectory.open(begun).shards();
        FileTime early = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(shards.get(0), early);
        Files.write(shards.get(1), new byte[] {1, 2, 3});
        Files.delete(shards.get(2));
        Files.delete(begun.resolve("model.safetensors.index.json"));

        ModelDirectory resumed = model.resume(begun);

        assertThat(resumed.modelId()).isEqualTo(whole.modelId());
        assertSame(weights(resumed), weights(whole), 0);
        assertThat(Files.getLastModifiedTime(shards.get(0))).as("left as it was").isEqualTo(early);
    }

    @Test
    void refusesADirectoryThatHoldsSomething() throws IOException {
        Path directory = Files.createDirectory(root.resolve("full"));
        Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> UntrainedModel.of(UntrainedShapes.tiny(), 1).write(directory))
                .isInstanceOf(IOException.class)
                .hasMessage(directory + " is not empty; a model needs a directory to itself");
    }

    @Test
    void refusesWhatCannotBeWritten() {
        ModelConfig nameless = Shapes.different();
        assertThatThrownBy(() -> model(nameless, StoredType.I64, 1, VisionTowerPlacement.INSIDE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not I64");
        assertThatThrownBy(() -> model(nameless, StoredType.F32, 0, VisionTowerPlacement.INSIDE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 shard");
        assertThatThrownBy(() -> model(nameless, StoredType.F32, 1, VisionTowerPlacement.BESIDE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a name");
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static UntrainedModel model(
            ModelConfig config, StoredType type, int shards, VisionTowerPlacement placement) {
        return new UntrainedModel(config, type, shards, placement, 1);
    }

    private ModelDirectory write(
            String name, StoredType type, int shards, VisionTowerPlacement placement, long seed)
            throws IOException {
        return new UntrainedModel(UntrainedShapes.tiny(), type, shards, placement, seed)
                .write(root.resolve(name));
    }

    private static void assertSame(
            Map<String, float[]> found, Map<String, float[]> expected, double relative) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, values) -> {
                    float[] others = found.get(name);
                    assertThat(others).hasSameSizeAs(values);
                    for (int i = 0; i < values.length; i++) {
                        // float16 has no more digits below its smallest normal number.
                        double allowed = relative * Math.max(Math.abs(values[i]), 0x1p-14);
                        if (Math.abs(others[i] - values[i]) > allowed) {
                            assertThat(others[i]).as(name).isEqualTo(values[i]);
                        }
                    }
                });
    }

    /** All weights by name; the vision tower's as if it had a directory of its own. */
    private static Map<String, float[]> weights(ModelDirectory model) {
        List<Path> files = new ArrayList<>(model.shards());
        files.addAll(model.visionTowerShards());
        Map<String, float[]> weights = new TreeMap<>();
        for (Path path : files) {
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                for (TensorEntry tensor : file.tensors().values()) {
                    weights.put(
                            tensor.name().replace(NetworkPlan.INSIDE, ""),
                            values(tensor.type(), file.map(tensor)));
                }
            }
        }
        return weights;
    }

    private static float[] values(StoredType type, ByteBuffer bytes) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / type.bytes()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (type) {
                        case F32 -> bytes.getFloat();
                        case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
                        default -> fromFloat16(bytes.getShort());
                    };
        }
        return values;
    }

    private static float fromFloat16(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int mantissa = bits & 0x3FF;
        double magnitude =
                exponent == 0
                        ? mantissa * 0x1p-24
                        : (1 + mantissa / 1024.0) * Math.pow(2, exponent - 15);
        return (float) (bits < 0 ? -magnitude : magnitude);
    }
}
