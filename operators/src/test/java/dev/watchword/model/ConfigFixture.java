package dev.watchword.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configuration files that are right, for tests to change one thing in. */
final class ConfigFixture {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ConfigFixture() {}

    /** The settings that the released 8B model's config.json has, as far as they matter. */
    static ObjectNode released() {
        return parse(
                """
                {"architectures": ["LlavaMiniLlamaForCausalLM"], "model_type": "llava_mini_llama",
                 "attention_bias": false, "bos_token_id": 128000,
                 "eos_token_id": [128001, 128008, 128009], "hidden_act": "silu",
                 "hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32,
                 "num_attention_heads": 32, "num_key_value_heads": 8, "vocab_size": 128256,
                 "max_position_embeddings": 131072, "rms_norm_eps": 1e-05, "rope_theta": 500000.0,
                 "rope_scaling": {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                   "original_max_position_embeddings": 8192, "rope_type": "llama3"},
                 "tie_word_embeddings": false, "compressor_size": 1, "prefusion_layer_num": 4,
                 "mm_hidden_size": 1024, "mm_projector_type": "mlp2x_gelu",
                 "mm_vision_select_feature": "patch", "mm_vision_select_layer": -2,
                 "mm_vision_tower": "openai/clip-vit-large-patch14-336",
                 "image_aspect_ratio": "pad", "mm_use_im_start_end": false,
                 "vision_config": {"hidden_size": 1024, "intermediate_size": 4096,
                   "num_hidden_layers": 24, "num_attention_heads": 16, "image_size": 336,
                   "patch_size": 14}}
                """);
    }

    /** The same as LLaVA-v1.5's settings name their architecture. */
    static ObjectNode llava() {
        ObjectNode config = with(released(), "architectures", "[\"LlavaLlamaForCausalLM\"]");
        with(config, "model_type", "\"llava\"");
        with(config, "compressor_size", "");
        return with(config, "prefusion_layer_num", "");
    }

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the value at a path of keys divided by dots; an empty text takes the key away. */
    static ObjectNode with(ObjectNode config, String path, String json) {
        int dot = path.lastIndexOf('.');
        JsonNode parent =
                dot < 0 ? config : config.at("/" + path.substring(0, dot).replace('.', '/'));
        String key = path.substring(dot + 1);
        if (json.isEmpty()) {
            ((ObjectNode) parent).remove(key);
        } else {
            ((ObjectNode) parent).set(key, parse("{\"value\": " + json + "}").get("value"));
        }
        return config;
    }

    static Path write(Path file, JsonNode config) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, config.toPrettyString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
