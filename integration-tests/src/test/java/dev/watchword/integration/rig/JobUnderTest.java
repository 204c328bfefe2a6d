package dev.watchword.integration.rig;

import dev.watchword.job.service.BundledWeights;
import dev.watchword.job.service.WatchwordService;
import dev.watchword.job.settings.Delivery;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobStatus;

/**
 * The job as a person starts it, on topics of a test's own: settings from flags, float32, RocksDB,
 * frequent checkpoints.
 */
public final class JobUnderTest implements AutoCloseable {
    private final WatchwordService service;

    private JobUnderTest(WatchwordService service) {
        this.service = service;
    }

    /** The settings of a test's job; of two for the same key the last wins. */
    public static Settings settings(TopicsUnderTest topics, String... assignments) {
        return SettingsReader.read(
                Optional.empty(),
                assignments(topics, assignments).stream().map(Flag::set).toList(),
                Environment.empty());
    }

    /** The same settings, as they are given behind {@code --set}. */
    public static List<String> assignments(TopicsUnderTest topics, String... more) {
        List<String> all = new ArrayList<>();
        all.add("kafka.bootstrap=" + topics.bootstrap());
        all.add("kafka.topics.frames=" + topics.names().frames());
        all.add("kafka.topics.queries=" + topics.names().queries());
        all.add("kafka.topics.answers=" + topics.names().answers());
        all.add("kafka.topics.dead-letters=" + topics.names().deadLetters());
        all.add("kafka.group=" + topics.names().frames());
        all.add("kafka.transaction-prefix=" + topics.names().frames());
        all.add("model.precision=float32");
        all.add("model.device=cpu");
        all.add("model.threads=1");
        all.add("engine.max-tokens=24");
        // As the model alone does, which knows no anchor.
        all.add("engine.prefix=exact");
        all.add("memory.keyframes-recent=64");
        all.add("job.parallelism=2");
        all.add("job.checkpoint-interval=300 ms");
        all.add("job.checkpoint-directory=" + topics.checkpointDirectory().toUri());
        all.add("job.restart-delay=100 ms");
        all.addAll(List.of(more));
        return all;
    }

    /** A delivery as the settings write it. */
    public static String text(Delivery delivery) {
        return delivery.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Starts the job with these settings over the usual ones. */
    public static JobUnderTest start(
            TopicsUnderTest topics, TestModel model, String... assignments) {
        return start(settings(topics, assignments), model, false);
    }

    /**
     * Starts the job.
     *
     * @param resume whether it goes on from the newest checkpoint
     */
    public static JobUnderTest start(Settings settings, TestModel model, boolean resume) {
        return start(settings, model, resume, note -> {});
    }

    /**
     * Starts the job.
     *
     * @param notes told what is being done; on the calling thread
     */
    public static JobUnderTest start(
            Settings settings, TestModel model, boolean resume, Consumer<String> notes) {
        return start(settings, model.directory(), resume, notes);
    }

    /** Starts the job with the model that comes with it. */
    public static JobUnderTest startBundled(Settings settings, boolean resume) {
        return start(settings, BundledWeights.ofThisProgram().directory(), resume, note -> {});
    }

    private static JobUnderTest start(
            Settings settings, Path model, boolean resume, Consumer<String> notes) {
        try {
            return new JobUnderTest(WatchwordService.start(settings, model, resume, notes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The test was interrupted", e);
        }
    }

    /** The job's parts. */
    public WatchwordService service() {
        return service;
    }

    /** Whether the job is alive. */
    public boolean isRunning() {
        try {
            return service.job().getJobStatus().get() == JobStatus.RUNNING;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The test was interrupted", e);
        } catch (ExecutionException | IllegalStateException e) {
            // A local cluster is gone with its job.
            return false;
        }
    }

    /** Cancels the job. */
    @Override
    public void close() {
        service.close();
    }
}
