package dev.watchword.job.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.engine.EngineConfig;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.SettingsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EngineConfigsTest {
    private static EngineConfig on(String device) {
        return EngineConfigs.of(
                SettingsReader.read(
                        Optional.empty(),
                        List.of(Flag.set("model.device=" + device)),
                        Environment.empty()),
                Path.of("model"));
    }

    @Test
    void autoIsTheGpuThatWasGranted() {
        assertThat(on("auto").granted(OptionalInt.of(2))).isEqualTo(on("cuda:2"));
        assertThat(on("auto").granted(OptionalInt.empty())).isEqualTo(on("auto"));
    }

    @Test
    void aDeviceThatIsNamedStays() {
        assertThat(on("cpu").granted(OptionalInt.of(2))).isEqualTo(on("cpu"));
        assertThat(on("cuda:1").granted(OptionalInt.of(2))).isEqualTo(on("cuda:1"));
    }
}
