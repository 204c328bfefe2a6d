package dev.watchword.job.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientPropertiesTest {
    private static final Environment ENVIRONMENT =
            name -> Optional.ofNullable(Map.of("LOGIN", "ann $1 \\").get(name));

    @TempDir Path directory;

    @Test
    void secretsComeFromTheEnvironmentAndFromFiles() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "s3cret ${env:LOGIN}\n");
        Path file =
                Files.writeString(
                        directory.resolve("settings.yaml"),
                        """
                        kafka:
                          properties:
                            security.protocol: SASL_SSL
                            sasl.jaas.config: login '${env:LOGIN}' with '${file:%s}'
                            client.dns.lookup: ${other:kept}
                        """
                                .formatted(secret));

        Settings settings = SettingsReader.read(Optional.of(file), List.of(), ENVIRONMENT);

        assertThat(settings.kafka().properties().toProperties())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "security.protocol",
                                "SASL_SSL",
                                "sasl.jaas.config",
                                "login 'ann $1 \\' with 's3cret ${env:LOGIN}'",
                                "client.dns.lookup",
                                "${other:kept}"));
    }

    @Test
    void noValueIsEverShown() {
        Settings settings = read("kafka.properties.ssl.key.password=hunter2");

        assertThat(settings.kafka().properties().values())
                .containsEntry("ssl.key.password", "hunter2");
        assertThat(settings.toString()).contains("ssl.key.password").doesNotContain("hunter2");
    }

    @Test
    void aVariableThatIsNotSetIsNamedAndNothingElseIsShown() {
        assertThatThrownBy(() -> read("kafka.properties.ssl.key.password=hunter2${env:MISSING}"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "kafka.properties.ssl.key.password (flag --set): the environment variable MISSING is not set");
    }

    @Test
    void aSecretsFileThatCannotBeReadIsNamed() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> read("kafka.properties.a=${file:%s}".formatted(missing)))
                .hasMessage("kafka.properties.a (flag --set): the file %s cannot be read", missing);
    }

    @Test
    void whatWatchwordSetsItselfIsRefused() {
        assertThatThrownBy(() -> read("kafka.properties.bootstrap.servers=a:1"))
                .hasMessage(
                        "kafka.properties.bootstrap.servers is '(hidden)' (flag --set); it must not be given here: Watchword sets it, from kafka.bootstrap");
    }

    private static Settings read(String assignment) {
        return SettingsReader.read(Optional.empty(), List.of(Flag.set(assignment)), ENVIRONMENT);
    }
}
