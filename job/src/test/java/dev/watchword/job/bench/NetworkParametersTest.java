package dev.watchword.job.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkParametersTest {
    @TempDir private Path folder;

    static List<ModelConfig> modes() {
        ModelConfig tiny = UntrainedShapes.tiny();
        return List.of(tiny, tiny.withPooling(), tiny.asLlava());
    }

    @ParameterizedTest
    @MethodSource("modes")
    void everyPartHasAsManyAsTheNetworkTakesFromItsFiles(ModelConfig config) throws IOException {
        Map<String, Long> taken = LlavaMini.inspect(UntrainedModel.of(config, 1).write(folder));

        NetworkParameters counted = new NetworkParameters(config);

        assertThat(taken)
                .containsEntry("vision tower", counted.visionTower())
                .containsEntry("compressor", counted.compressor())
                .containsEntry("projector", counted.projector())
                .containsEntry("pre-fusion", counted.preFusion())
                .containsEntry("decoder", counted.decoder());
        assertThat(counted.all())
                .isEqualTo(taken.values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void thePublicModelsSizeIsThatOfItsParts() {
        NetworkParameters public8b =
                new NetworkParameters(UntrainedShapes.clipLargeAndEightBillion());

        assertThat(public8b.decoder()).as("Llama 3.1 8B").isEqualTo(8_030_261_248L);
        assertThat(public8b.all()).isBetween(9_200_000_000L, 9_300_000_000L);
    }

    @Test
    void ofTiedEmbeddingsTheTableIsThereOnceAndReadOnce() {
        NetworkParameters tied = new NetworkParameters(UntrainedShapes.clipLargeAndOneBillion());

        assertThat(tied.decoder()).isEqualTo(tied.readPerToken()).isEqualTo(1_235_814_400);
        assertThat(tied.keysAndValuesPerToken()).isEqualTo(2 * 16 * 8 * 64);
    }
}
