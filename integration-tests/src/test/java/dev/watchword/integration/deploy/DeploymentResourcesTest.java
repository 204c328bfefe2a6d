package dev.watchword.integration.deploy;

import static dev.watchword.integration.deploy.DeployFiles.at;
import static dev.watchword.integration.deploy.DeployFiles.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.bench.ModelSize;
import dev.watchword.job.bench.NetworkParameters;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import dev.watchword.model.LanguageConfig;
import dev.watchword.model.ModelConfig;
import dev.watchword.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.taskmanager.TaskExecutorFlinkMemory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The FlinkDeployment has room for what docs/performance.md counts, and that counts as this does. */
class DeploymentResourcesTest {
    private static final String DEPLOYMENT = "kubernetes/flinkdeployment.yaml";
    private static final ModelConfig NETWORK = ModelSize.named("8b").config();
    private static final NetworkParameters PARAMETERS = new NetworkParameters(NETWORK);
    private static final long NUMBER = Precision.BFLOAT16.bytes();

    /** A history that is begun, and one that grows to twice its room. */
    private static final int HISTORIES_BESIDE = 3;

    /** Of pre-fusion's MLP. */
    private static final int TENSORS_AT_ONCE = 3;

    @TempDir private Path directory;

    private final Object spec =
            at(DeployFiles.resources(DEPLOYMENT, "FlinkDeployment").get(0), "spec");
    private Settings settings;
    private String section;

    @BeforeEach
    void read() throws IOException {
        String given =
                at(DeployFiles.resources(DEPLOYMENT, "ConfigMap").get(0), "data", "watchword.yaml")
                        .toString()
                        .replaceAll("\\$\\{file:[^}]*}", "(hidden)");
        Path file = Files.writeString(directory.resolve("watchword.yaml"), given);
        settings = SettingsReader.read(Optional.of(file), List.of(), Environment.empty());
        String performance = Files.readString(DeployFiles.FOLDER.resolve("../docs/performance.md"));
        String begin = "## The FlinkDeployment, worked out";
        assertThat(performance).contains(begin);
        section =
                performance
                        .substring(performance.indexOf(begin))
                        .split("\n## ")[0]
                        .replaceAll("\\s+", " ");
    }

    @Test
    void theGpuHoldsWeightsHistoriesAndWork() {
        long sum = deviceBytes(settings);

        Matcher card = Pattern.compile("a GPU of (\\d+) GB").matcher(text(DEPLOYMENT));
        assertThat(card.find()).isTrue();
        assertThat(sum).isLessThanOrEqualTo(Long.parseLong(card.group(1)) * 1_000_000_000L);
        assertThat(section)
                .contains("| %s |".formatted(gigabytes(PARAMETERS.all() * NUMBER)))
                .contains("**together** | | **%s**".formatted(gigabytes(sum)))
                .contains("the card has %s GB or more".formatted(card.group(1)));
    }

    @Test
    void soManyHistoriesAreKeptAsIsSaid() {
        long frames = settings.engine().prefixMemory().bytes() / frameBytes();

        assertThat(section)
                .contains(said("room for %,d frames", frames))
                .contains("%d to %d histories of 1,000".formatted(frames / 1000, frames / 2000))
                .contains("%d to %d of 10,000".formatted(frames / 10_000, frames / 20_000));
    }

    @Test
    void theHeapHoldsWhatIsWithTheEngine() {
        long slots = slots();
        long framesWithEngine = slots * settings.engine().frameQueue() * pixelBytes();
        long question =
                settings.memory().historyFrames() * tokenBytes()
                        + (keyframes(settings) + 1) * featureBytes();
        long questions = slots * settings.engine().answersAtOnce() * question;
        long combined = slots * settings.memory().combinedBytes().bytes();
        long sum = framesWithEngine + questions + combined;

        MemorySize heap = taskManager().getTaskHeapSize();
        assertThat(sum).isLessThan(heap.getBytes());
        assertThat(section)
                .contains("| %s GB |".formatted(gigabytes(framesWithEngine)))
                .contains("| %s GB |".formatted(gigabytes(questions)))
                .contains("| %s GB |".formatted(gigabytes(combined)))
                .contains("| **%s GB** |".formatted(gigabytes(sum)))
                .contains(said("%.2f GiB (%s GB)", gibibytes(heap), gigabytes(heap.getBytes())))
                .contains(said("%.2f times the count", (double) heap.getBytes() / sum));
    }

    @Test
    void theRestOfTheHostIsAsIsSaid() {
        TaskExecutorProcessSpec memory = taskManager();
        TaskExecutorFlinkMemory flink = memory.getFlinkMemory();
        long buffers =
                settings.engine().batchFrames() * pixelBytes()
                        + keyframes(settings) * featureBytes();

        assertThat(buffers).isLessThan(memory.getTaskOffHeapSize().getBytes());
        assertThat(memory.getJvmOverheadSize()).isEqualTo(MemorySize.parse("1g"));
        assertThat(memory.getJvmMetaspaceSize()).isEqualTo(MemorySize.parse("256m"));
        assertThat(memory.getNetworkMemSize()).isEqualTo(MemorySize.parse("256m"));
        assertThat(flink.getFrameworkHeap().add(flink.getFrameworkOffHeap()))
                .isEqualTo(MemorySize.parse("256m"));
        assertThat(section)
                .contains("%s GB |".formatted(gigabytes(buffers)))
                .contains("`memory: %s`".formatted(at(spec, "taskManager", "resource", "memory")))
                .contains("`managed.size: %s`".formatted(flink("taskmanager.memory.managed.size")))
                .contains(
                        "`task.off-heap.size: %s`"
                                .formatted(flink("taskmanager.memory.task.off-heap.size")));
    }

    @Test
    void everyThreadThatIsBusyHasAProcessor() {
        long threads = settings.engine().decodeThreads() + 1 + slots() + 1;

        assertThat(at(spec, "taskManager", "resource", "cpu")).isEqualTo((int) threads);
        assertThat(section).contains("`cpu: %d`".formatted(threads));
    }

    @Test
    void theJobManagerHasTheHeapThatIsSaid() {
        Object memory = at(spec, "jobManager", "resource", "memory");
        Configuration configuration = new Configuration();
        configuration.set(
                JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.parse(memory.toString()));
        MemorySize heap =
                JobManagerProcessUtils.processSpecFromConfig(configuration).getJvmHeapMemorySize();

        assertThat(section)
                .contains("Job manager, `memory: %s`".formatted(memory))
                .contains("`cpu: %s`:".formatted(at(spec, "jobManager", "resource", "cpu")))
                .contains(said("%.2f GiB are its heap", gibibytes(heap)));
    }

    @Test
    void onAProcessorItIsTheHostThatHoldsThem() {
        Matcher given =
                Pattern.compile("task\\.off-heap\\.size: (\\w+)").matcher(text("README.md"));
        assertThat(given.find()).isTrue();
        long sum = deviceBytes(settings) - boundBytes(settings) + boundBytes(Settings.defaults());

        LanguageConfig language = NETWORK.language();
        long embeddings = (long) language.vocabulary() * language.width();
        assertThat(sum).isLessThanOrEqualTo(MemorySize.parse(given.group(1)).getBytes());
        assertThat(section)
                .contains(said("sum is %.1f GB: the %s", sum / 1e9, given.group(1)))
                .contains(
                        "%s GB".formatted(gigabytes(PARAMETERS.all() * Precision.FLOAT32.bytes())))
                .contains("%s GB".formatted(gigabytes((PARAMETERS.all() - embeddings) * NUMBER)));
    }

    /** What may be kept from one question to the next. */
    private static long boundBytes(Settings given) {
        return given.engine().prefixMemory().bytes()
                + given.engine().keyframeMemory().bytes()
                + given.engine().recentFrameMemory().bytes();
    }

    /** What is on the device with the deployment's bound on a history. */
    private long deviceBytes(Settings given) {
        long beside = HISTORIES_BESIDE * settings.memory().historyFrames() * frameBytes();
        return PARAMETERS.all() * NUMBER + boundBytes(given) + beside + workBytes(given);
    }

    private static long workBytes(Settings given) {
        LanguageConfig language = NETWORK.language();
        long tokens = keyframes(given) * (NETWORK.vision().patches() + NETWORK.visionTokens());
        long keys = (long) language.keyValueHeads() * language.headSize();
        long mlp = TENSORS_AT_ONCE * language.mlpWidth() * NUMBER;
        long passed = 2L * language.width() * Precision.FLOAT32.bytes();
        long kept = NETWORK.prefusionLayers() * 2 * keys * NUMBER;
        return tokens * (mlp + passed + kept);
    }

    private static long keyframes(Settings given) {
        return given.memory().keyframesRecent() + given.memory().keyframesSample();
    }

    private static long frameBytes() {
        return PARAMETERS.keysAndValuesPerToken() * NETWORK.visionTokens() * NUMBER;
    }

    private static long tokenBytes() {
        return (long) NETWORK.visionTokens() * NETWORK.language().width() * NUMBER;
    }

    private static long featureBytes() {
        return (long) NETWORK.vision().patches() * NETWORK.vision().width() * NUMBER;
    }

    private static long pixelBytes() {
        long side = NETWORK.vision().imageSize();
        return 3 * side * side * Float.BYTES;
    }

    private long slots() {
        return Long.parseLong(flink("taskmanager.numberOfTaskSlots"));
    }

    private String flink(String option) {
        return at(spec, "flinkConfiguration", option).toString();
    }

    /** What Flink makes of the memory that the operator gives the container. */
    private TaskExecutorProcessSpec taskManager() {
        Configuration configuration = new Configuration();
        ((Map<?, ?>) at(spec, "flinkConfiguration"))
                .forEach((key, value) -> configuration.setString("" + key, "" + value));
        configuration.set(
                TaskManagerOptions.TOTAL_PROCESS_MEMORY,
                MemorySize.parse(at(spec, "taskManager", "resource", "memory").toString()));
        return TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    }

    private static String gigabytes(long bytes) {
        return said("%.2f", bytes / 1e9);
    }

    private static String said(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }

    private static double gibibytes(MemorySize size) {
        return (double) size.getBytes() / (1 << 30);
    }
}
