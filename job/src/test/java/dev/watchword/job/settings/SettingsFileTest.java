package dev.watchword.job.settings;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    @TempDir Path directory;

    @Test
    void aMissingFileIsNamed() {
        Path missing = directory.resolve("missing.yaml");

        assertThatThrownBy(() -> read(missing)).hasMessage("there is no settings file " + missing);
    }

    @Test
    void whatIsNotYamlIsToldWithItsLine() throws IOException {
        assertRefused(
                "engine:\n  a: [1\n",
                "the settings file FILE is not YAML: line 2: while parsing a flow sequence; expected ',' or ']'");
    }

    @Test
    void aFileThatIsNoTreeIsRefused() throws IOException {
        assertRefused("- engine\n", "FILE, line 1: it must be a tree of keys");
    }

    @Test
    void aSecondDocumentIsRefused() throws IOException {
        assertRefused(
                "job:\n  name: a\n---\njob:\n  name: b\n", "FILE, line 4: it must be one YAML");
    }

    @Test
    void aKeyGivenTwiceIsRefusedWithBothLines() throws IOException {
        assertRefused(
                "job:\n  name: a\n  name: b\n",
                "job.name is given twice: (FILE, line 2) and (FILE, line 3)");
    }

    @Test
    void aKeyWithoutAValueIsRefused() throws IOException {
        assertRefused("job:\n  name:\n", "job.name has no value (FILE, line 2); give it one");
    }

    @Test
    void aListWhereOneValueBelongsIsRefused() throws IOException {
        assertRefused("job:\n  name: [a]\n", "job.name is a list (FILE, line 2); it must be one");
    }

    @Test
    void aTreeInAListIsRefused() throws IOException {
        assertRefused(
                "engine:\n  uri-allow:\n    - a: b\n",
                "FILE, line 3: engine.uri-allow must be a list of plain values");
    }

    @Test
    void anAliasIsRefused() throws IOException {
        assertRefused(
                "job:\n  name: &name a\nkafka:\n  group: *name\n",
                "FILE, line 4: YAML's aliases (*name) are not known here");
    }

    private void assertRefused(String text, String message) throws IOException {
        Path file = Files.writeString(directory.resolve("settings.yaml"), text);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(message.replace("FILE", file.toString()));
    }

    private static Settings read(Path file) {
        return SettingsReader.read(Optional.of(file), List.of(), Environment.empty());
    }
}
