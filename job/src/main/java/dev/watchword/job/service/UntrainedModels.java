package dev.watchword.job.service;

import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Models with random weights, made once and kept in the user's cache. */
final class UntrainedModels {
    /** Changes whenever the weights would, so that an older cache is not taken for them. */
    private static final String DEMO = "untrained-1";

    private static final long SEED = 20_260_101;

    private UntrainedModels() {}

    /** The small model that the demo runs while no trained one is bundled. */
    static Path demo() {
        Path directory = UserCache.directory().resolve(DEMO);
        if (!Files.isDirectory(directory)) {
            make(directory);
        }
        return directory;
    }

    /** Written beside its place and moved there whole, so that a broken-off one is never used. */
    private static void make(Path directory) {
        try {
            Files.createDirectories(directory.getParent());
            Path unfinished = Files.createTempDirectory(directory.getParent(), "making-");
            UntrainedModel.of(UntrainedShapes.tiny(), SEED).write(unfinished);
            if (!Files.isDirectory(directory)) {
                Files.move(unfinished, directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing the untrained model to " + directory, e);
        }
    }
}
