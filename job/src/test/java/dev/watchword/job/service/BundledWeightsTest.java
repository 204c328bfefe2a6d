package dev.watchword.job.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledWeightsTest {
    private static final String FOLDER = "some/where";
    private static final int WEIGHTS = 300_000;
    private static final List<String> FILES =
            List.of(
                    "config.json",
                    "model.safetensors",
                    "tokenizer.json",
                    "tokenizer_config.json",
                    "preprocessor_config.json",
                    "README.md");

    @TempDir private Path home;

    private Path bundled;
    private Path cache;
    private URLClassLoader classPath;

    @BeforeEach
    void bundleFiles() throws IOException {
        Path root = home.resolve("classes");
        bundled = Files.createDirectories(root.resolve(FOLDER));
        cache = home.resolve("cache");
        byte[] weights = new byte[WEIGHTS];
        new Random(1).nextBytes(weights);
        for (String file : FILES) {
            Files.writeString(bundled.resolve(file), file);
        }
        Files.write(bundled.resolve("model.safetensors"), weights);
        classPath = new URLClassLoader(new URL[] {root.toUri().toURL()}, null);
    }

    @AfterEach
    void closeClassPath() throws IOException {
        classPath.close();
    }

    private BundledWeights weights() {
        return new BundledWeights(classPath, FOLDER, cache);
    }

    @Test
    void unpacksEveryFileUnchanged() throws IOException {
        assertWhole(weights().directory());
        assertNothingIsLeftOver(1);
    }

    @Test
    void unpacksTheSameContentsOnceAndOthersElsewhere() throws IOException {
        Path first = weights().directory();
        Path config = first.resolve("config.json");
        Object written = Files.getLastModifiedTime(config);

        assertThat(weights().directory()).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(config)).isEqualTo(written);

        Files.writeString(bundled.resolve("config.json"), "CONFIG.json");
        Path other = weights().directory();

        assertThat(other).isNotEqualTo(first);
        assertThat(other.getFileName()).isEqualTo(first.getFileName());
        assertWhole(other);
        assertNothingIsLeftOver(2);
    }

    @Test
    void unpacksAnewWhatHasLostSomething() throws IOException {
        Path directory = weights().directory();
        Files.write(directory.resolve("model.safetensors"), new byte[WEIGHTS / 2]);
        Files.delete(directory.resolve("tokenizer.json"));

        assertThat(weights().directory()).isEqualTo(directory);
        assertWhole(directory);
        assertNothingIsLeftOver(1);
    }

    @Test
    void severalMayUnpackAtOnce() throws Exception {
        int several = 8;
        ExecutorService threads = Executors.newFixedThreadPool(several);
        CountDownLatch together = new CountDownLatch(several);
        List<Future<Path>> directories = new ArrayList<>();
        for (int i = 0; i < several; i++) {
            directories.add(
                    threads.submit(
                            () -> {
                                together.countDown();
                                together.await();
                                return weights().directory();
                            }));
        }
        for (Future<Path> directory : directories) {
            assertWhole(directory.get());
        }
        threads.shutdown();
        assertNothingIsLeftOver(1);
    }

    @Test
    void namesTheFileThatABuildLacks() throws IOException {
        Files.delete(bundled.resolve("tokenizer.json"));

        assertThatThrownBy(() -> weights().directory())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(FOLDER + "/tokenizer.json")
                .hasMessageContaining("--model");
        assertThat(cache).doesNotExist();
    }

    @Test
    void namesTheCacheThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        BundledWeights weights = new BundledWeights(classPath, FOLDER, file.resolve("cache"));

        assertThatThrownBy(weights::directory)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.resolve("cache").toString())
                .hasMessageContaining("XDG_CACHE_HOME");
    }

    private void assertWhole(Path directory) {
        assertThat(FILES)
                .allSatisfy(
                        file ->
                                assertThat(directory.resolve(file))
                                        .hasSameBinaryContentAs(bundled.resolve(file)));
    }

    private void assertNothingIsLeftOver(int models) throws IOException {
        try (Stream<Path> entries = Files.list(cache)) {
            assertThat(entries).hasSize(models);
        }
    }
}
