package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.model.picture.ClipSettings;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedModel.VisionTowerPlacement;
import dev.watchword.model.untrained.UntrainedShapes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDirectoryTest {
    private static final String TOWER = "clip-vit-tiny-patch14-56";

    @TempDir private Path root;
    private Path directory;

    @BeforeEach
    void name() {
        directory = root.resolve("model");
    }

    @Test
    void opensAModelThatIsAllInOneFile() throws IOException {
        write(1, VisionTowerPlacement.INSIDE);
        ModelDirectory model = ModelDirectory.open(directory);
        assertThat(model.path()).isEqualTo(directory);
        assertThat(model.config()).isEqualTo(UntrainedShapes.tiny());
        assertThat(model.shards()).containsExactly(directory.resolve("model.safetensors"));
        assertThat(model.visionTower()).isEmpty();
        assertThat(model.visionTowerShards()).isEmpty();
        assertThat(model.requiredTokenizerFile()).isEqualTo(directory.resolve("tokenizer.json"));
        assertThat(model.chatTemplate()).isEmpty();
        assertThat(model.pictures()).isEqualTo(ClipSettings.clip(56, ClipSettings.Fit.PAD));
        assertThat(model.modelId()).matches("model-[0-9a-f]{12}");
    }

    @Test
    void opensAModelOfManyFiles() throws IOException {
        write(3, VisionTowerPlacement.INSIDE);
        assertThat(ModelDirectory.open(directory).shards())
                .containsExactly(
                        directory.resolve("model-00001-of-00003.safetensors"),
                        directory.resolve("model-00002-of-00003.safetensors"),
                        directory.resolve("model-00003-of-00003.safetensors"));
    }

    @Test
    void opensTheOnlySafetensorsFileThereIsWhateverItsName() throws IOException {
        write(1, VisionTowerPlacement.INSIDE);
        Path renamed = directory.resolve("weights.safetensors");
        Files.move(directory.resolve("model.safetensors"), renamed);
        assertThat(ModelDirectory.open(directory).shards()).containsExactly(renamed);
    }

    @Test
    void findsTheVisionTowerBesideTheModel() throws IOException {
        write(1, VisionTowerPlacement.BESIDE);
        ModelDirectory model = ModelDirectory.open(directory);
        assertThat(model.visionTower()).contains(root.resolve(TOWER));
        assertThat(model.visionTowerShards())
                .containsExactly(root.resolve(TOWER).resolve("model.safetensors"));
    }

    @Test
    void findsTheVisionTowerInsideTheModelsDirectory() throws IOException {
        write(1, VisionTowerPlacement.BESIDE);
        Path inside = directory.resolve(TOWER);
        Files.move(root.resolve(TOWER), inside);
        assertThat(ModelDirectory.open(directory).visionTower()).contains(inside);
    }

    @Test
    void findsTheVisionTowerWhereASettingSays() throws IOException {
        write(1, VisionTowerPlacement.BESIDE);
        Path elsewhere = Files.createDirectories(root.resolve("far")).resolve("tower");
        Files.move(root.resolve(TOWER), elsewhere);
        assertThat(ModelDirectory.open(directory, Optional.of(elsewhere)).visionTowerShards())
                .containsExactly(elsewhere.resolve("model.safetensors"));
    }

    @Test
    void takesTheVisionTowersWeightsFromTheModelWhereTheyAreThere() throws IOException {
        write(2, VisionTowerPlacement.WEIGHTS_INSIDE);
        ModelDirectory model = ModelDirectory.open(directory);
        assertThat(model.visionTower()).contains(root.resolve(TOWER));
        assertThat(model.visionTowerShards()).isEmpty();
    }

    @Test
    void readsTheStopIdsOfTheGenerationConfig() throws IOException {
        write(1, VisionTowerPlacement.INSIDE);
        Files.writeString(directory.resolve("generation_config.json"), "{\"eos_token_id\": 7}");
        assertThat(ModelDirectory.open(directory).config().language().stopIds()).endsWith(7);
    }

    @Test
    void readsTheChatTemplateInEveryFormItComesIn() throws IOException {
        write(1, VisionTowerPlacement.INSIDE);
        Path config = directory.resolve("tokenizer_config.json");
        Files.writeString(config, "{\"chat_template\": \"one\"}");
        assertThat(ModelDirectory.open(directory).chatTemplate()).contains("one");
        Files.writeString(
                config,
                "{\"chat_template\": [{\"name\": \"tool_use\", \"template\": \"two\"},"
                        + " {\"name\": \"default\", \"template\": \"three\"}]}");
        assertThat(ModelDirectory.open(directory).chatTemplate()).contains("three");
        Files.writeString(directory.resolve("chat_template.jinja"), "four");
        assertThat(ModelDirectory.open(directory).chatTemplate()).contains("four");
    }

    @Test
    void saysHowToMakeATokenizerThatIsMissing() throws IOException {
        write(1, VisionTowerPlacement.INSIDE);
        Files.delete(directory.resolve("tokenizer.json"));
        ModelDirectory model = ModelDirectory.open(directory);
        assertThat(model.tokenizerFile()).isEmpty();
        assertThatThrownBy(model::requiredTokenizerFile)
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith(directory + ": holds no tokenizer.json; ");
    }

    @Test
    void keepsItsIdWhenItMovesOrIsCutDifferently() throws IOException {
        String id = write(1, VisionTowerPlacement.BESIDE).modelId();
        Path moved = Files.createDirectories(root.resolve("other"));
        Files.move(directory, moved.resolve("model"));
        Files.move(root.resolve(TOWER), moved.resolve(TOWER));
        assertThat(ModelDirectory.open(moved.resolve("model")).modelId()).isEqualTo(id);
        assertThat(write(3, VisionTowerPlacement.BESIDE).modelId()).isEqualTo(id);
    }

    @Test
    void changesItsIdWithSettingsAndWeights() throws IOException {
        String id = write(1, VisionTowerPlacement.BESIDE).modelId();
        Path tower = root.resolve(TOWER).resolve("model.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(tower.toFile(), "rw")) {
            file.seek(file.length() - 1);
            int last = file.read();
            file.seek(file.length() - 1);
            file.write(last ^ 1);
        }
        String otherWeights = ModelDirectory.open(directory).modelId();
        Files.writeString(directory.resolve("config.json"), " ", StandardOpenOption.APPEND);
        String otherSettings = ModelDirectory.open(directory).modelId();
        assertThat(List.of(id, otherWeights, otherSettings)).doesNotHaveDuplicates();
    }

    private ModelDirectory write(int shards, VisionTowerPlacement placement) throws IOException {
        return new UntrainedModel(UntrainedShapes.tiny(), StoredType.BF16, shards, placement, 1)
                .write(directory);
    }
}
