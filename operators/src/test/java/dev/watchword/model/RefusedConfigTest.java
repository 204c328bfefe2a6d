package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedConfigTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    architectures | ["MistralForCausalLM"] | is ["MistralForCausalLM"]; expected ["LlavaMiniLlamaForCausalLM"] or ["LlavaLlamaForCausalLM"], the only
                    architectures | "LlavaMini" | is "LlavaMini"; expected a list of strings
                    model_type | "mistral" | is "mistral"; expected "llava_mini_llama" or "llava_llama", the only
                    hidden_size | -4096 | is -4096; expected a whole number of at least 1
                    hidden_size | 4096.5 | is 4096.5; expected a whole number
                    hidden_size | 40960000000 | is 40960000000; expected a whole number
                    hidden_size | "4096" | is "4096"; expected a whole number
                    intermediate_size | 0 | is 0; expected a whole number of at least 1
                    num_hidden_layers | 0 | is 0; expected a whole number of at least 1
                    num_attention_heads | 7 | is 7; expected a divisor of "hidden_size", which is 4096
                    num_key_value_heads | 5 | is 5; expected a divisor of "num_attention_heads", which is 32
                    head_dim | 127 | is 127; expected an even number
                    vocab_size | 0 | is 0; expected a whole number of at least 1
                    max_position_embeddings | 0 | is 0; expected a whole number of at least 1
                    rms_norm_eps | 0 | is 0; expected a number above 0
                    rms_norm_eps | "small" | is "small"; expected a number above 0
                    rope_theta | -1.0 | is -1.0; expected a number above 0
                    hidden_act | "gelu" | is "gelu"; expected "silu"
                    attention_bias | true | is true; expected false: biases are not supported
                    attention_bias | 1 | is 1; expected true or false
                    mlp_bias | true | is true; expected false: biases are not supported
                    quantization_config | {"bits": 4} | is {"bits":4}; expected none: quantized weights
                    rope_scaling | 8 | is 8; expected an object
                    rope_scaling.rope_type | "yarn" | is "yarn"; expected "default", "linear" or "llama3"
                    rope_scaling.rope_type | 3 | is 3; expected a string
                    rope_scaling.factor | '' | is missing; expected a number above 0
                    rope_scaling.factor | -8 | is -8; expected a number above 0
                    rope_scaling.low_freq_factor | 0 | is 0; expected a number above 0
                    rope_scaling.high_freq_factor | 1.0 | is 1.0; expected more than "low_freq_factor", which is 1.0
                    rope_scaling.original_max_position_embeddings | '' | is missing; expected a whole number of at least 1
                    eos_token_id | -1 | is -1; expected a token id or a list of token ids
                    eos_token_id | ["</s>"] | is ["</s>"]; expected a whole number
                    bos_token_id | "<s>" | is "<s>"; expected a whole number
                    compressor_size | 0 | is 0; expected a whole number from 1 to 64
                    compressor_type | "mean" | is "mean"; expected "query" or "pool"
                    compressor_type | 1 | is 1; expected a string
                    prefusion_layer_num | -1 | is -1; expected a whole number of at least 0
                    evidence_heads | 3 | is 3; expected a list of pairs of whole numbers, each at least 0
                    evidence_heads | [[0, -1]] | is [[0,-1]]; expected a list of pairs of whole numbers, each at least 0
                    evidence_heads | [[0, 1, 2]] | is [[0,1,2]]; expected a list of pairs of whole numbers, each at least 0
                    evidence_heads | [[999, 0]] | is [[999,0]]; expected a list of pairs: a layer below
                    fusion_newest_share | 1.5 | is 1.5; expected a number from 0 to 1
                    fusion_newest_share | -0.1 | is -0.1; expected a number from 0 to 1
                    frame_position_code | -1 | is -1; expected a number from 0 to 100
                    frame_position_code | 101 | is 101; expected a number from 0 to 100
                    fusion_newest_share | "half" | is "half"; expected a number from 0 to 1
                    resolution_ratio | 65 | is 65; expected a whole number from 1 to 64
                    mm_hidden_size | 768 | is 768; expected 1024, the vision tower's "hidden_size"
                    mm_projector_type | "resampler" | is "resampler"; expected "linear" or "mlpNx_gelu"
                    mm_projector_type | "mlp0x_gelu" | is "mlp0x_gelu"; expected "linear" or "mlpNx_gelu"
                    mm_vision_select_feature | "cls_patch" | is "cls_patch"; expected "patch"
                    mm_vision_select_layer | '' | is missing; expected a hidden state of the vision tower: from 0 to 24, or from -25 to -1
                    mm_vision_select_layer | 25 | is 25; expected a hidden state of the vision tower: from 0 to 24
                    mm_vision_select_layer | -26 | is -26; expected a hidden state of the vision tower: from 0 to 24
                    mm_use_im_start_end | true | is true; expected false: it is not supported
                    s2 | true | is true; expected false: it is not supported
                    image_aspect_ratio | "anyres" | is "anyres"; expected "pad", "square" or nothing
                    vision_config | 3 | is 3; expected an object
                    vision_config.model_type | "siglip_vision_model" | is "siglip_vision_model"; expected "clip_vision_model"
                    vision_config.hidden_size | 0 | is 0; expected a whole number of at least 1
                    vision_config.num_attention_heads | 15 | is 15; expected a divisor of "hidden_size", which is 1024
                    vision_config.image_size | 8192 | is 8192; expected at most 4096 pixels
                    vision_config.patch_size | 337 | is 337; expected at most "image_size", which is 336
                    vision_config.num_channels | 1 | is 1; expected 3: red, green and blue
                    vision_config.layer_norm_eps | 0 | is 0; expected a number above 0
                    vision_config.hidden_act | "relu" | is "relu"; expected "quick_gelu" or "gelu"
                    """)
    void namesFileKeyValueAndWhatIsExpected(String key, String json, String complaint) {
        Path file = write(ConfigFixture.with(ConfigFixture.released(), key, json));
        assertRefused(file, Optional.empty(), file, "\"" + key + "\" " + complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    compressor_size | 2 | is 2; expected nothing: "llava_llama" has no compressor
                    compressor_type | "pool" | is "pool"; expected nothing: "llava_llama" has no compressor
                    prefusion_layer_num | 4 | is 4; expected 0 or nothing: "llava_llama" has no pre-fusion
                    resolution_ratio | 2 | is 2; expected 1 or nothing: "llava_llama" takes one picture
                    """)
    void refusesWhatLlavaHasNot(String key, String json, String complaint) {
        Path file = write(ConfigFixture.with(ConfigFixture.llava(), key, json));
        assertRefused(file, Optional.empty(), file, "\"" + key + "\" " + complaint);
    }

    @Test
    void refusesAVisionTowerThatTheCompressorsHeadsDoNotDivide() {
        ObjectNode config = ConfigFixture.with(ConfigFixture.released(), "mm_hidden_size", "12");
        ConfigFixture.with(config, "vision_config.hidden_size", "12");
        ConfigFixture.with(config, "vision_config.num_attention_heads", "3");
        Path file = write(config);
        assertRefused(
                file,
                Optional.empty(),
                file,
                "\"vision_config.hidden_size\" is 12; expected a multiple of 8, the compressor's heads");
    }

    @Test
    void refusesAConfigOfNoArchitecture() {
        ObjectNode config = ConfigFixture.with(ConfigFixture.released(), "model_type", "");
        Path file = write(ConfigFixture.with(config, "architectures", ""));
        assertRefused(file, Optional.empty(), file, "\"model_type\" is missing; expected");
    }

    @Test
    void saysThatTheVisionTowerIsNowhere() {
        Path file = write(ConfigFixture.with(ConfigFixture.released(), "vision_config", ""));
        assertRefused(
                file,
                Optional.empty(),
                file,
                "\"vision_config\" is missing, and the vision tower has no directory of its own");
    }

    @Test
    void namesTheVisionTowersOwnFile() {
        Path file = write(ConfigFixture.with(ConfigFixture.released(), "vision_config", ""));
        Path tower = directory.resolve("tower/config.json");
        ConfigFixture.write(tower, ConfigFixture.parse("{\"model_type\": \"siglip\"}"));
        assertRefused(file, Optional.of(tower), tower, "\"model_type\" is \"siglip\"; expected");
        ConfigFixture.write(tower, ConfigFixture.parse("{\"model_type\": \"clip\"}"));
        assertRefused(file, Optional.of(tower), tower, "\"vision_config\" is missing; expected");
        ConfigFixture.write(
                tower,
                ConfigFixture.parse("{\"model_type\": \"clip_vision_model\", \"image_size\": 30}"));
        assertRefused(file, Optional.of(tower), tower, "\"patch_size\" is 32; expected at most");
    }

    @Test
    void namesAFileThatIsMissingOrNoJson() throws IOException {
        Path file = directory.resolve("config.json");
        assertRefused(file, Optional.empty(), file, "is missing");
        Files.writeString(file, "{\"hidden_size\": ");
        assertRefused(file, Optional.empty(), file, "is not valid JSON: ");
        Files.writeString(file, "{} {}");
        assertRefused(file, Optional.empty(), file, "is not valid JSON: ");
        Files.writeString(file, "");
        assertRefused(file, Optional.empty(), file, "must hold one JSON object");
        Files.writeString(file, "[]");
        assertRefused(file, Optional.empty(), file, "must hold one JSON object");
    }

    private Path write(ObjectNode config) {
        return ConfigFixture.write(directory.resolve("config.json"), config);
    }

    private static void assertRefused(
            Path config, Optional<Path> tower, Path named, String complaint) {
        assertThatThrownBy(() -> ModelConfigReader.read(config, tower, Optional.empty()))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith(named + ": ")
                .hasMessageContaining(complaint);
    }
}
