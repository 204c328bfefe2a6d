package dev.watchword.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the shape of a Llama decoder, with Hugging Face's defaults for what is left out. */
final class LanguageReader {
    private static final int BEGIN_ID = 1;
    private static final List<Integer> STOP_IDS = List.of(2);

    private LanguageReader() {}

    /**
     * Reads the decoder's shape.
     *
     * @param generation the values of generation_config.json, whose stop ids are added
     */
    static LanguageConfig read(ConfigValues config, Optional<ConfigValues> generation) {
        refuseWhatIsNotLlama(config);
        int width = config.positive("hidden_size", 4096);
        int heads = config.positive("num_attention_heads", 32);
        int headSize = headSize(config, width, heads);
        int keyValueHeads = config.positive("num_key_value_heads", heads);
        config.require(
                heads % keyValueHeads == 0,
                "num_key_value_heads",
                keyValueHeads,
                "a divisor of \"num_attention_heads\", which is " + heads);
        return new LanguageConfig(
                width,
                config.positive("intermediate_size", 11008),
                config.positive("num_hidden_layers", 32),
                heads,
                keyValueHeads,
                headSize,
                config.positive("vocab_size", 32000),
                config.positiveNumber("rms_norm_eps", 1e-6),
                RotaryReader.theta(config),
                RotaryReader.scaling(config),
                config.flag("tie_word_embeddings", false),
                config.positive("max_position_embeddings", 2048),
                stopIds(config, generation),
                beginId(config));
    }

    private static void refuseWhatIsNotLlama(ConfigValues config) {
        String activation = config.text("hidden_act", "silu");
        config.require(activation.equals("silu"), "hidden_act", "\"silu\"");
        for (String bias : List.of("attention_bias", "mlp_bias")) {
            config.require(!config.flag(bias, false), bias, "false: biases are not supported");
        }
        config.require(
                !config.has("quantization_config"),
                "quantization_config",
                "none: quantized weights are not supported, use float32, float16 or bfloat16");
    }

    private static int headSize(ConfigValues config, int width, int heads) {
        if (!config.has("head_dim")) {
            config.require(
                    width % heads == 0,
                    "num_attention_heads",
                    heads,
                    "a divisor of \"hidden_size\", which is " + width);
        }
        int headSize = config.positive("head_dim", width / heads);
        config.require(
                headSize % 2 == 0,
                "head_dim",
                headSize,
                "an even number, for the rotary positions turn pairs");
        return headSize;
    }

    private static List<Integer> stopIds(ConfigValues config, Optional<ConfigValues> generation) {
        Set<Integer> ids = new LinkedHashSet<>(config.tokenIds("eos_token_id", STOP_IDS));
        generation.ifPresent(values -> ids.addAll(values.tokenIds("eos_token_id", List.of())));
        return new ArrayList<>(ids);
    }

    private static OptionalInt beginId(ConfigValues config) {
        List<Integer> ids = config.tokenIds("bos_token_id", List.of(BEGIN_ID));
        return ids.isEmpty() ? OptionalInt.empty() : OptionalInt.of(ids.get(0));
    }
}
