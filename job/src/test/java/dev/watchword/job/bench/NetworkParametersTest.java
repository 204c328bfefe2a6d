package dev.watchword.job.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkParametersTest {
    @TempDir private Path folder;

    @Test
    void everyPartHasAsManyAsTheNetworkTakesFromItsFiles() throws IOException {
        ModelConfig config = UntrainedShapes.tiny();
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
    void ofTiedEmbeddingsTheTableIsThereOnceAndReadOnce() {
        NetworkParameters tied = new NetworkParameters(UntrainedShapes.clipLargeAndOneBillion());

        assertThat(tied.decoder()).isEqualTo(tied.readPerToken()).isEqualTo(1_235_814_400);
        assertThat(tied.keysAndValuesPerToken()).isEqualTo(2 * 16 * 8 * 64);
    }
}
