package dev.watchword.job.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTableTest {
    private static final Path PAGE = Path.of("..", "docs", "settings.md");

    @Test
    void thePublishedTableIsUpToDate() throws IOException {
        assertThat(PAGE)
                .withFailMessage(
                        "docs/settings.md is out of date; write it anew with: ./watchword settings > docs/settings.md")
                .exists();
        assertThat(Files.readString(PAGE))
                .withFailMessage(
                        "docs/settings.md is out of date; write it anew with: ./watchword settings > docs/settings.md")
                .isEqualTo(SettingsTable.markdown());
    }

    @Test
    void everySettingIsInTheTable() {
        assertThat(SettingKey.all())
                .hasSizeGreaterThan(40)
                .allSatisfy(key -> assertThat(SettingsTable.markdown()).contains(key.path()));
    }
}
