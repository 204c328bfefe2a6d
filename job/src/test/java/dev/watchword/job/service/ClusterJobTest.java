package dev.watchword.job.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.kafka.BrokerException;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsException;
import dev.watchword.job.settings.SettingsReader;
import dev.watchword.model.ModelFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterJobTest {
    /** No broker listens there. */
    private static final String NOWHERE = "kafka.bootstrap=127.0.0.1:1";

    @Test
    void isNotWantedWhereNoClusterRunsTheProgram() {
        assertThat(ClusterJob.isWanted()).isFalse();
    }

    @Test
    void refusesTheEmbeddedBroker() {
        assertThatThrownBy(() -> submit("model.directory=/models/small"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("kafka.bootstrap is 'embedded'")
                .hasMessageContaining("--bootstrap");
    }

    @Test
    void refusesADamagedModelThatItSees(@TempDir Path empty) {
        assertThatThrownBy(() -> submit(NOWHERE, "model.directory=" + empty))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("config.json");
    }

    @Test
    void takesAModelThatOnlyTheClusterSeesAndSaysSo(@TempDir Path empty) {
        Path elsewhere = empty.resolve("elsewhere");
        List<String> notes = new ArrayList<>();

        assertThatThrownBy(
                        () ->
                                ClusterJob.submit(
                                        settings(
                                                NOWHERE,
                                                "kafka.broker-wait=0 s",
                                                "model.directory=" + elsewhere),
                                        notes::add))
                .isInstanceOf(BrokerException.class);
        assertThat(notes).singleElement().asString().startsWith(elsewhere + " is not on this");
    }

    private static void submit(String... assignments) throws Exception {
        ClusterJob.submit(settings(assignments), note -> {});
    }

    private static Settings settings(String... assignments) {
        return SettingsReader.read(
                Optional.empty(),
                Stream.of(assignments).map(Flag::set).toList(),
                Environment.ofProcess());
    }
}
