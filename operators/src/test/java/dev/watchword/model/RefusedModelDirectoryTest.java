package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedModel.VisionTowerPlacement;
import dev.watchword.model.untrained.UntrainedShapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedModelDirectoryTest {
    private static final String TOWER = "clip-vit-tiny-patch14-56";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String FIRST = "model-00001-of-00002.safetensors";
    private static final String SECOND = "model-00002-of-00002.safetensors";

    @TempDir private Path root;
    private Path directory;

    @BeforeEach
    void name() {
        directory = root.resolve("model");
    }

    @Test
    void refusesADirectoryThatIsNone() throws IOException {
        assertRefused(directory, "is no directory");
        Files.createFile(directory);
        assertRefused(directory, "is no directory");
    }

    @Test
    void refusesADirectoryWithoutAConfig() throws IOException {
        Files.createDirectory(directory);
        assertRefused(directory.resolve("config.json"), "is missing");
    }

    @Test
    void refusesADirectoryWithoutWeights() throws IOException {
        write(1, VisionTowerPlacement.INSIDE);
        Files.delete(directory.resolve("model.safetensors"));
        assertRefused(directory, "holds no weights; expected model.safetensors or " + INDEX);
    }

    @Test
    void saysThatSafetensorsAreNeeded() throws IOException {
        write(1, VisionTowerPlacement.BESIDE);
        Path tower = root.resolve(TOWER);
        Files.move(tower.resolve("model.safetensors"), tower.resolve("pytorch_model.bin"));
        assertRefused(tower, "holds weights in PyTorch's own format only; safetensors are needed");
        Files.move(
                directory.resolve("model.safetensors"),
                directory.resolve("pytorch_model-00001-of-00001.bin"));
        assertRefused(
                directory, "holds weights in PyTorch's own format only; safetensors are needed");
    }

    @Test
    void refusesFilesThatNoIndexExplains() throws IOException {
        write(2, VisionTowerPlacement.INSIDE);
        Files.delete(directory.resolve(INDEX));
        assertRefused(directory, "holds 2 safetensors files and no " + INDEX);
    }

    @Test
    void namesTheFileThatTheIndexPromises() throws IOException {
        write(2, VisionTowerPlacement.INSIDE);
        Files.delete(directory.resolve(SECOND));
        assertRefused(directory.resolve(SECOND), "is missing, though " + INDEX + " says");
    }

    @Test
    void namesTheTensorThatTheIndexPromises() throws IOException {
        write(2, VisionTowerPlacement.INSIDE);
        ObjectNode index = index();
        ((ObjectNode) index.get("weight_map")).put("model.extra", FIRST);
        ConfigFixture.write(directory.resolve(INDEX), index);
        assertRefused(
                directory.resolve(FIRST),
                "tensor \"model.extra\" is missing, though the index says that it is here");
        ((ObjectNode) index.get("weight_map")).remove("model.extra");
        ((ObjectNode) index.get("weight_map")).put("model.norm.weight", FIRST);
        ConfigFixture.write(directory.resolve(INDEX), index);
        assertRefused(directory.resolve(FIRST), "tensor \"model.norm.weight\" is missing");
    }

    @Test
    void refusesAnIndexThatPointsOutOfTheDirectory() throws IOException {
        write(2, VisionTowerPlacement.INSIDE);
        ObjectNode index = index();
        ((ObjectNode) index.get("weight_map")).put("model.norm.weight", "../other.safetensors");
        ConfigFixture.write(directory.resolve(INDEX), index);
        assertRefused(
                directory.resolve(INDEX),
                "\"weight_map.model.norm.weight\" is \"../other.safetensors\"; expected the name of"
                        + " a file in the same directory");
    }

    @Test
    void refusesAnIndexThatSaysNothing() throws IOException {
        write(2, VisionTowerPlacement.INSIDE);
        Path index = directory.resolve(INDEX);
        Files.writeString(index, "{}");
        assertRefused(index, "\"weight_map\" is missing; expected an object");
        Files.writeString(index, "{\"weight_map\": {}}");
        assertRefused(index, "names no file");
        Files.writeString(index, "{\"weight_map\": {\"a\": 1}}");
        assertRefused(index, "\"weight_map.a\" is 1; expected a string");
    }

    @Test
    void refusesATensorThatLiesInTwoFiles() throws IOException {
        write(2, VisionTowerPlacement.INSIDE);
        Files.copy(
                directory.resolve(FIRST),
                directory.resolve(SECOND),
                StandardCopyOption.REPLACE_EXISTING);
        assertRefused(directory.resolve(SECOND), "lies in " + directory.resolve(FIRST) + " too");
    }

    @Test
    void namesAShardThatIsDamaged() throws IOException {
        write(2, VisionTowerPlacement.INSIDE);
        Files.write(directory.resolve(FIRST), new byte[] {1, 2, 3});
        assertRefused(directory.resolve(FIRST), "too few for a safetensors file");
    }

    @Test
    void saysWhereItLookedForTheVisionTower() throws IOException {
        write(1, VisionTowerPlacement.BESIDE);
        Files.move(root.resolve(TOWER), root.resolve("elsewhere"));
        assertRefused(
                directory,
                "holds neither \"vision_config\" in its config.json nor a directory of its vision tower;"
                        + " looked for ["
                        + directory.resolve(TOWER)
                        + ", "
                        + root.resolve(TOWER)
                        + "]. Put it there, or say in a setting where it is");
        ConfigFixture.write(
                directory.resolve("config.json"),
                ConfigFixture.with(config(), "mm_vision_tower", ""));
        assertRefused(directory, "its config.json has no \"mm_vision_tower\" that would name one");
    }

    @Test
    void saysThatTheVisionTowersWeightsAreNowhere() throws IOException {
        write(1, VisionTowerPlacement.BESIDE);
        ObjectNode tower =
                (ObjectNode)
                        new JsonMapper()
                                .readTree(root.resolve(TOWER).resolve("config.json").toFile());
        ObjectNode config = config();
        config.set("vision_config", tower.get("vision_config"));
        ConfigFixture.write(directory.resolve("config.json"), config);
        Files.move(root.resolve(TOWER), root.resolve("elsewhere"));
        assertRefused(
                directory,
                "holds no tensor model.vision_tower.vision_tower.* nor a directory of its vision tower");
    }

    @Test
    void refusesASettingThatNamesNoVisionTower() throws IOException {
        write(1, VisionTowerPlacement.BESIDE);
        assertThatThrownBy(() -> ModelDirectory.open(directory, Optional.of(root)))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(root + ": holds no config.json; expected the vision tower's directory");
    }

    @Test
    void namesASideFileThatIsWrong() throws IOException {
        write(1, VisionTowerPlacement.INSIDE);
        for (String name :
                new String[] {
                    "generation_config.json", "tokenizer_config.json", "preprocessor_config.json"
                }) {
            Path file = directory.resolve(name);
            byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[] {123, 125};
            Files.writeString(file, "{");
            assertRefused(file, "is not valid JSON");
            Files.write(file, before);
        }
    }

    private ObjectNode index() throws IOException {
        return (ObjectNode) new JsonMapper().readTree(directory.resolve(INDEX).toFile());
    }

    private ObjectNode config() throws IOException {
        return (ObjectNode) new JsonMapper().readTree(directory.resolve("config.json").toFile());
    }

    private void write(int shards, VisionTowerPlacement placement) throws IOException {
        new UntrainedModel(UntrainedShapes.tiny(), StoredType.BF16, shards, placement, 1)
                .write(directory);
    }

    private void assertRefused(Path named, String complaint) {
        assertThatThrownBy(() -> ModelDirectory.open(directory))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith(named + ": ")
                .hasMessageContaining(complaint);
    }
}
