package dev.watchword.job.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.model.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomWeightsTest {
    @TempDir private Path folder;

    @Test
    void writtenOnceAndFoundAgain() throws IOException {
        RandomWeights weights = new RandomWeights(folder.resolve("new"));
        ModelDirectory written = weights.of(ModelSize.SMALL, line -> {});
        List<String> shown = new ArrayList<>();

        ModelDirectory found = weights.of(ModelSize.SMALL, line -> shown.add(line.get()));

        assertThat(found).isEqualTo(written);
        assertThat(found.config()).isEqualTo(ModelSize.SMALL.config());
        assertThat(shown).isEmpty();
    }

    @Test
    void whatAnInterruptedProcessLeftIsReplaced() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("bench-1-small.unfinished"));
        Files.writeString(broken.resolve("model.safetensors"), "half");

        ModelDirectory written = new RandomWeights(folder).of(ModelSize.SMALL, line -> {});

        assertThat(written.config()).isEqualTo(ModelSize.SMALL.config());
        assertThat(broken).doesNotExist();
    }
}
