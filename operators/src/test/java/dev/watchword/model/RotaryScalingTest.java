package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class RotaryScalingTest {
    /** The frequencies in the file were computed by Hugging Face's library, 4.46, on a CPU. */
    @Test
    void equalsTheLibraryButForTheLastBitOfAFloat() throws IOException {
        int equal = 0;
        int all = 0;
        for (JsonNode expected : fixture()) {
            double[] frequencies =
                    scaling(expected.path("scaling"))
                            .inverseFrequencies(
                                    expected.path("theta").asDouble(),
                                    expected.path("headSize").asInt());
            JsonNode values = expected.path("inverseFrequencies");
            assertThat(frequencies).hasSize(values.size());
            for (int i = 0; i < frequencies.length; i++) {
                float value = (float) values.get(i).asDouble();
                assertThat(frequencies[i])
                        .as("%s at %d", expected.path("scaling"), i)
                        .isEqualTo((float) frequencies[i])
                        .isCloseTo(value, within(1.01 * Math.ulp(value)));
                equal += frequencies[i] == value ? 1 : 0;
                all++;
            }
        }
        assertThat(equal).isGreaterThanOrEqualTo(all * 99 / 100);
    }

    private static RotaryScaling scaling(JsonNode values) {
        return switch (values.path("rope_type").asText("none")) {
            case "linear" -> new RotaryScaling.Linear(values.path("factor").asDouble());
            case "llama3" ->
                    new RotaryScaling.Llama3(
                            values.path("factor").asDouble(),
                            values.path("low_freq_factor").asDouble(),
                            values.path("high_freq_factor").asDouble(),
                            values.path("original_max_position_embeddings").asInt());
            default -> new RotaryScaling.None();
        };
    }

    private static JsonNode fixture() throws IOException {
        try (InputStream in =
                RotaryScalingTest.class.getResourceAsStream("rotary-frequencies.json")) {
            return new JsonMapper().readTree(in);
        }
    }
}
