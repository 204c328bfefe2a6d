package dev.watchword.job.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
    @Test
    void readsWhatLinuxTells() {
        List<String> status =
                List.of(
                        "Name:\tjava",
                        "VmRSS:\t  200 kB",
                        "RssAnon:\t  50 kB",
                        "RssFile:\t  150 kB");

        assertThat(ProcessMemory.parse(status)).contains(new ProcessMemory(200 * 1024, 150 * 1024));
        assertThat(ProcessMemory.parse(status.subList(0, 2))).isEmpty();
        assertThat(ProcessMemory.parse(List.of("VmRSS:", "RssFile:"))).isEmpty();
    }
}
