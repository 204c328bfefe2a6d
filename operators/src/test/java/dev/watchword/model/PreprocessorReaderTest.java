package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchword.model.picture.Channels;
import dev.watchword.model.picture.ClipSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessorReaderTest {
    @TempDir private Path directory;

    @Test
    void takesClipsOwnNumbersWhereThereIsNoFile() {
        assertThat(PreprocessorReader.read(Optional.empty(), model("\"pad\"")))
                .isEqualTo(ClipSettings.clip(336, ClipSettings.Fit.PAD));
        assertThat(PreprocessorReader.read(Optional.empty(), model("null")))
                .isEqualTo(ClipSettings.clip(336, ClipSettings.Fit.CROP));
    }

    @Test
    void readsOldAndNewFiles() {
        ClipSettings expected =
                new ClipSettings(
                        336,
                        new Channels(0.5, 0.4, 0),
                        new Channels(1, 0.25, 2),
                        ClipSettings.Fit.PAD);
        String numbers = "\"image_mean\": [0.5, 0.4, 0], \"image_std\": [1, 0.25, 2]";
        assertThat(
                        read(
                                """
                                {"crop_size": 336, "size": 336, "resample": 3, "do_resize": true,
                                 "feature_extractor_type": "CLIPFeatureExtractor", %s}
                                """
                                        .formatted(numbers)))
                .isEqualTo(expected);
        assertThat(
                        read(
                                """
                                {"crop_size": {"height": 336, "width": 336},
                                 "size": {"shortest_edge": 336},
                                 "rescale_factor": 0.00392156862745098, "do_rescale": true, %s}
                                """
                                        .formatted(numbers)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    size | 224 | "size" is 224; expected 336, the vision tower's "image_size"
                    size | {"shortest_edge": 224} | "size.shortest_edge" is 224; expected 336
                    size | {"height": 336, "width": 336} | "size.shortest_edge" is missing; expected 336
                    crop_size | {"height": 336, "width": 224} | "crop_size.width" is 224; expected 336
                    crop_size | {"height": 224, "width": 336} | "crop_size.height" is 224; expected 336
                    do_resize | false | "do_resize" is false; expected true
                    do_center_crop | false | "do_center_crop" is false; expected true
                    do_rescale | false | "do_rescale" is false; expected true
                    do_normalize | false | "do_normalize" is false; expected true
                    resample | 2 | "resample" is 2; expected 3: bicubic
                    rescale_factor | 1 | "rescale_factor" is 1; expected 1/255
                    image_mean | [0.5, 0.5] | "image_mean" is [0.5,0.5]; expected three numbers from 0 to 1
                    image_mean | [0.5, 0.5, 2] | expected three numbers from 0 to 1
                    image_mean | 0.5 | "image_mean" is 0.5; expected a list of numbers
                    image_std | [1, 1, 0] | expected three numbers above 0
                    image_std | [1, 1, "1"] | expected a list of numbers
                    """)
    void refusesWhatClipDoesNotDo(String key, String json, String complaint) {
        assertThatThrownBy(() -> read("{\"%s\": %s}".formatted(key, json)))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith(directory.resolve("preprocessor_config.json") + ": ")
                .hasMessageContaining(complaint);
    }

    private ClipSettings read(String json) {
        Path file =
                ConfigFixture.write(
                        directory.resolve("preprocessor_config.json"), ConfigFixture.parse(json));
        return PreprocessorReader.read(Optional.of(file), model("\"pad\""));
    }

    private ModelConfig model(String aspectRatio) {
        ObjectNode config =
                ConfigFixture.with(ConfigFixture.released(), "image_aspect_ratio", aspectRatio);
        Path file = ConfigFixture.write(directory.resolve("config.json"), config);
        return ModelConfigReader.read(file, Optional.empty(), Optional.empty());
    }
}
