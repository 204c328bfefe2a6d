package dev.watchword.job.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0 b",
        "1000, 1000, 1000 b",
        "64 kb, 65536, 64 kib",
        "64KiB, 65536, 64 kib",
        "8 mb, 8388608, 8 mib",
        "1536 mib, 1610612736, 1536 mib",
        "2 gb, 2147483648, 2 gib"
    })
    void readsASizeAndWritesItInTheLargestUnit(String text, long bytes, String written) {
        assertThat(DataSize.parse(text)).isEqualTo(new DataSize(bytes)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mb", "-1", "1.5 mb", "8 apples", "99999999999 gb"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> DataSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
