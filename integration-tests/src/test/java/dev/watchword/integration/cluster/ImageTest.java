package dev.watchword.integration.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchword.integration.deploy.DeployFiles;
import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.job.kafka.Topics;
import dev.watchword.job.service.TemporaryDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the Dockerfile lays down, laid down in a folder, and run from there: its COPY, ENV, RUN java
 * and ENTRYPOINT lines are read. Flink's own jars come from Maven, not from the image.
 */
class ImageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private final Map<String, String> environment = new LinkedHashMap<>();

    private final TemporaryDirectory layout = TemporaryDirectory.create("image");
    private final Path root = layout.path();

    /** Of each stage its lines, those that go on in the next line put together. */
    private final Map<String, List<String>> stages = new LinkedHashMap<>();

    @BeforeEach
    void readDockerfile() throws IOException {
        String text = Files.readString(DeployFiles.FOLDER.resolve("Dockerfile"));
        List<String> stage = new ArrayList<>();
        for (String line : text.replace("\\\n", " ").split("\n")) {
            if (line.startsWith("FROM ")) {
                stage = new ArrayList<>();
                stages.put(line.substring(line.lastIndexOf(" AS ") + 4), stage);
            }
            stage.add(line.strip());
        }
    }

    @AfterEach
    void removeLayout() {
        layout.close();
    }

    @Test
    void flinkAndTheJobWorkWithoutLoadingAnything() throws Exception {
        layDown("flink-cpu");
        addFlink();
        layDown("flink");
        List<String> warmUp = words(line("flink", "RUN java "));
        environment.remove("DJL_OFFLINE");

        assertThat(run(warmUp)).isNotBlank();

        Set<String> unpacked = files();
        assertThat(unpacked)
                .anyMatch(file -> file.matches("opt/watchword/djl/pytorch/.*/libtorch.so"))
                .anyMatch(file -> file.matches("opt/watchword/cache/.*/model.safetensors"));
        environment.put("DJL_OFFLINE", "true");
        assertThat(run(warmUp)).isNotBlank();
        assertThat(files()).isEqualTo(unpacked);
        List<String> help = new ArrayList<>(warmUp.subList(0, warmUp.indexOf("answer")));
        help.add("--help");
        assertThat(run(help)).contains("run", "publish", "answers");
    }

    @Test
    void theCommandLinePublishesWithoutLibtorch() throws Exception {
        layDown("cli");
        String[] entry =
                new ObjectMapper()
                        .readValue(
                                line("cli", "ENTRYPOINT ").substring("ENTRYPOINT ".length()),
                                String[].class);
        assertThat(files()).noneMatch(file -> file.contains("pytorch-native"));
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(broker.connection().admin())) {
            List<String> command = new ArrayList<>(List.of(entry));
            command.addAll(List.of("publish", "--stream", "north", "--source", "yard:7"));
            command.addAll(List.of("--bootstrap", broker.bootstrap()));
            Process camera = start(command);
            try {
                awaitAFrame(admin, camera);
            } finally {
                camera.destroyForcibly().waitFor();
            }
        }
    }

    private void awaitAFrame(Admin admin, Process camera) throws Exception {
        Map<TopicPartition, OffsetSpec> ends =
                IntStream.range(0, 4)
                        .mapToObj(part -> new TopicPartition(Topics.defaults().frames(), part))
                        .collect(Collectors.toMap(part -> part, part -> OffsetSpec.latest()));
        long begin = System.nanoTime();
        long frames = 0;
        while (frames == 0) {
            assertThat(camera.isAlive() && System.nanoTime() - begin < PATIENCE.toNanos())
                    .as(Files.readString(root.resolve("printed")))
                    .isTrue();
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            if (admin.listTopics().names().get().contains(Topics.defaults().frames())) {
                frames =
                        admin.listOffsets(ends).all().get().values().stream()
                                .mapToLong(end -> end.offset())
                                .sum();
            }
        }
    }

    /** Copies what a stage copies from the build, and sets what it sets. */
    private void layDown(String stage) throws IOException {
        for (String line : stages.get(stage)) {
            List<String> words = words(line);
            if (line.startsWith("COPY --from=build ")) {
                copy(words.get(2), words.get(3));
            } else if (line.startsWith("ENV ")) {
                String[] pair = line.substring("ENV ".length()).split("=", 2);
                environment.put(pair[0], inLayout(pair[1]));
            }
        }
    }

    private void copy(String from, String to) throws IOException {
        assertThat(from).startsWith("/src/");
        Path source = REPOSITORY.resolve(from.substring("/src/".length()));
        Path target = root.resolve(to.substring(1));
        if (Files.isDirectory(source)) {
            Files.createDirectories(target);
            try (Stream<Path> files = Files.list(source)) {
                for (Path file : files.toList()) {
                    Files.createSymbolicLink(target.resolve(file.getFileName()), file);
                }
            }
        } else {
            assertThat(source).isRegularFile();
            Files.createDirectories(target.getParent());
            Files.createSymbolicLink(target, source);
        }
    }

    private void addFlink() throws IOException {
        Path lib = root.resolve("opt/flink/lib");
        PathMatcher jars = FileSystems.getDefault().getPathMatcher("glob:**.jar");
        for (String entry : FlinkCluster.classPath().split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            Path link = lib.resolve(jar.getFileName());
            if (jars.matches(jar) && !entry.contains("/ai/djl/") && !Files.exists(link)) {
                Files.createSymbolicLink(link, jar);
            }
        }
    }

    private String line(String stage, String beginning) {
        return stages.get(stage).stream()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    /** The words of a line; those in quotation marks are one. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        String[] parts = line.split("\"");
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1) {
                words.add(parts[i]);
            } else {
                Arrays.stream(parts[i].split(" "))
                        .filter(word -> !word.isEmpty())
                        .forEach(words::add);
            }
        }
        return line.startsWith("RUN ") ? words.subList(1, words.size()) : words;
    }

    private String inLayout(String text) {
        return text.replace("/opt/", root + "/opt/");
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Process process = start(command);
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        String printed = Files.readString(root.resolve("printed"));
        assertThat(ended && process.exitValue() == 0).as(printed).isTrue();
        return printed;
    }

    private Process start(List<String> command) throws IOException {
        List<String> mapped = command.stream().map(this::inLayout).collect(Collectors.toList());
        mapped.set(0, Path.of(System.getProperty("java.home"), "bin", mapped.get(0)).toString());
        ProcessBuilder builder =
                new ProcessBuilder(mapped)
                        .redirectErrorStream(true)
                        .redirectOutput(root.resolve("printed").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Xmx512m");
        return builder.start();
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
