package dev.watchword.integration.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.job.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The images do what they are for: {@link ImageBuild} carries the Dockerfile out. */
class ImageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final String LIB = "/opt/flink/lib";
    private static final String LIBTORCH = "pytorch-native-cpu-";

    @Test
    void flinkAndTheJobWorkWithoutLoadingAnything() throws Exception {
        try (ImageBuild build = new ImageBuild(Map.of("FLAVOUR", "cpu"))) {
            ImageBuild.Image image = build.build("flink");

            Set<String> unpacked = image.files();
            assertThat(unpacked)
                    .anyMatch(file -> file.matches("opt/watchword/djl/pytorch/.*/libtorch.so"))
                    .anyMatch(file -> file.matches("opt/watchword/cache/.*/model.safetensors"));
            assertThat(image.environment()).containsEntry("DJL_OFFLINE", "true");
            String warmUp = warmUp(build);
            assertThat(image.run(warmUp)).isNotBlank();
            assertThat(image.files()).isEqualTo(unpacked);
            assertThat(image.run(warmUp.substring(0, warmUp.indexOf(" answer ")) + " --help"))
                    .contains("run", "publish", "answers");
            assertThat(image.user()).isEqualTo("flink");
            assertThat(build.noted())
                    .contains("mvn -B -Dmaven.test.skip=true -pl deploy -am package")
                    .anyMatch(call -> call.startsWith("chown -R flink:flink "));
            assertThat(image.path("/var/lib/watchword")).isEmptyDirectory();
        }
    }

    private static String warmUp(ImageBuild build) {
        return build.lines("flink", "RUN java ").get(0).substring("RUN ".length());
    }

    @Test
    void forCudaItIsTheSameWithoutLibtorchForTheProcessor() throws Exception {
        try (ImageBuild build = new ImageBuild(Map.of("FLAVOUR", "cuda"))) {
            ImageBuild.Image cpu = build.build("flink-cpu");
            ImageBuild.Image image = build.begun("flink");

            Set<String> expected = new TreeSet<>(cpu.names(LIB));
            assertThat(expected.removeIf(jar -> jar.startsWith(LIBTORCH))).isTrue();
            assertThat(image.names(LIB)).isEqualTo(expected);
            assertThat(image.environment()).containsEntry("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
            String flavour = image.environment().get("PYTORCH_FLAVOR");
            assertThat(flavour).startsWith("cu");
            assertThat(entries(image, "pytorch-jni-"))
                    .contains("jnilib/linux-x86_64/%s/libdjl_torch.so".formatted(flavour));
            for (String line : build.lines("flink", "")) {
                if (!line.startsWith("RUN java ")) {
                    image.carryOut(line);
                }
            }
            // The line that is left begins with a download.
            assertThat(image.environment()).containsEntry("DJL_OFFLINE", "true");
            assertThatThrownBy(() -> image.run(warmUp(build)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("downloadPyTorch")
                    .hasMessageContaining("Offline mode is enabled");
        }
    }

    private static Set<String> entries(ImageBuild.Image image, String beginning) throws Exception {
        String jar =
                image.names(LIB).stream()
                        .filter(name -> name.startsWith(beginning))
                        .findFirst()
                        .orElseThrow();
        try (ZipFile zip = new ZipFile(image.path(LIB + "/" + jar).toFile())) {
            return zip.stream().map(ZipEntry::getName).collect(Collectors.toSet());
        }
    }

    @Test
    void theCommandLinePublishesWithoutLibtorch() throws Exception {
        try (ImageBuild build = new ImageBuild(Map.of());
                EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(broker.connection().admin())) {
            ImageBuild.Image image = build.build("cli");
            assertThat(image.files())
                    .anyMatch(file -> file.startsWith("opt/watchword/lib/job-"))
                    .noneMatch(file -> file.contains("pytorch-native"));
            assertThat(build.noted())
                    .anyMatch(
                            call ->
                                    call.startsWith("useradd ")
                                            && call.endsWith(" " + image.user()));
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    new ObjectMapper()
                                            .readValue(image.entryPoint(), String[].class)));
            command.addAll(List.of("publish", "--stream", "north", "--source", "yard:7"));
            command.addAll(List.of("--bootstrap", broker.bootstrap()));
            Process camera = image.start(command);
            try {
                awaitAFrame(admin, camera, image);
            } finally {
                camera.destroyForcibly().waitFor();
            }
        }
    }

    private static void awaitAFrame(Admin admin, Process camera, ImageBuild.Image image)
            throws Exception {
        Map<TopicPartition, OffsetSpec> ends =
                IntStream.range(0, 4)
                        .mapToObj(part -> new TopicPartition(Topics.defaults().frames(), part))
                        .collect(Collectors.toMap(part -> part, part -> OffsetSpec.latest()));
        long begin = System.nanoTime();
        long frames = 0;
        while (frames == 0) {
            assertThat(camera.isAlive() && System.nanoTime() - begin < PATIENCE.toNanos())
                    .as(image.printed())
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
}
