package dev.watchword.job.bench;

import dev.watchword.model.ModelDirectory;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedModel.VisionTowerPlacement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Models with random weights, each written once and found again later, by other processes too.
 *
 * @param cache the directory in which they are kept; made if it is not there
 */
public record RandomWeights(Path cache) {
    /** Changes whenever what is written would, so that an older one is not taken for it. */
    private static final String FORMAT = "bench-1-";

    private static final long SEED = 20_260_102;
    private static final long LOOK_MILLIS = 200;

    /**
     * The model of a size; written now if it is not there yet.
     *
     * @throws IOException if it cannot be written
     */
    public ModelDirectory of(ModelSize size, Progress progress) throws IOException {
        Path directory = cache.resolve(FORMAT + size);
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(cache);
            Path lockFile = cache.resolve(FORMAT + size + ".lock");
            progress.show(() -> "Waiting for another process that writes " + directory);
            try (FileChannel channel =
                            FileChannel.open(
                                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(directory)) {
                    make(size, directory, progress);
                }
            }
        }
        return ModelDirectory.open(directory);
    }

    /**
     * Written beside its place and moved there whole, so that a broken-off one is never used; it is
     * gone on with.
     */
    private static void make(ModelSize size, Path directory, Progress progress) throws IOException {
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".unfinished");
        UntrainedModel model =
                new UntrainedModel(
                        size.config(),
                        StoredType.BF16,
                        size.files(),
                        VisionTowerPlacement.INSIDE,
                        SEED);
        long bytes = new NetworkParameters(model.config()).all() * model.storedType().bytes();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        watch.scheduleWithFixedDelay(
                () -> progress.show(() -> line(size, unfinished, bytes)),
                0,
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
        try {
            model.resume(unfinished);
            Files.move(unfinished, directory);
        } finally {
            watch.shutdownNow();
        }
    }

    private static String line(ModelSize size, Path unfinished, long bytes) {
        return String.format(
                Locale.ROOT,
                "Writing random weights of size %s, once: %d of about %d MB",
                size,
                bytesUnder(unfinished) / 1_000_000,
                bytes / 1_000_000);
    }

    private static long bytesUnder(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
