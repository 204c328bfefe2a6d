package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelpIsLightTest {

    @Test
    void helpLoadsNoLibraryButTheCommandLines() throws IOException {
        List<String> loaded = classesLoadedBy("--help");

        assertThat(loaded).anyMatch(name -> name.startsWith("picocli."));
        assertThat(loaded)
                .filteredOn(name -> !name.startsWith("java.") && !name.startsWith("picocli."))
                .filteredOn(name -> name.startsWith("org.") || name.startsWith("ai."))
                .isEmpty();
    }

    private static List<String> classesLoadedBy(String argument) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xlog:class+load:stdout:none",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                Watchword.class.getName(),
                                argument)
                        .redirectErrorStream(true)
                        .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(" source: "))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }
}
