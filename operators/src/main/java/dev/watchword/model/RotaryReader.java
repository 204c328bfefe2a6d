package dev.watchword.model;

import java.util.Optional;

/**
 * Reads the rotary positions' base and scaling: from {@code rope_theta} and {@code rope_scaling},
 * or from {@code rope_parameters}, where newer files keep both.
 */
final class RotaryReader {
    private static final double THETA = 10_000;
    private static final String EXPECTED_TYPES = "\"default\", \"linear\" or \"llama3\"";

    private RotaryReader() {}

    static double theta(ConfigValues config) {
        double outside = config.positiveNumber("rope_theta", THETA);
        return config.object("rope_parameters")
                .map(parameters -> parameters.positiveNumber("rope_theta", outside))
                .orElse(outside);
    }

    static RotaryScaling scaling(ConfigValues config) {
        Optional<ConfigValues> values =
                config.object("rope_parameters").or(() -> config.object("rope_scaling"));
        return values.map(RotaryReader::scalingIn).orElseGet(RotaryScaling.None::new);
    }

    private static RotaryScaling scalingIn(ConfigValues values) {
        String key = values.has("rope_type") || !values.has("type") ? "rope_type" : "type";
        String type = values.text(key, "default");
        return switch (type) {
            case "default" -> new RotaryScaling.None();
            case "linear" -> new RotaryScaling.Linear(values.positiveNumber("factor"));
            case "llama3" -> llama3(values);
            default -> {
                values.require(false, key, EXPECTED_TYPES);
                yield new RotaryScaling.None();
            }
        };
    }

    private static RotaryScaling llama3(ConfigValues values) {
        double low = values.positiveNumber("low_freq_factor");
        double high = values.positiveNumber("high_freq_factor");
        values.require(
                high > low, "high_freq_factor", "more than \"low_freq_factor\", which is " + low);
        return new RotaryScaling.Llama3(
                values.positiveNumber("factor"),
                low,
                high,
                values.positive("original_max_position_embeddings"));
    }
}
