package dev.watchword.job.cli;

import dev.watchword.engine.PictureFetcher;
import dev.watchword.engine.PictureReader;
import dev.watchword.engine.PictureSource;
import dev.watchword.engine.UnusablePictureException;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.picture.Picture;
import dev.watchword.model.picture.PictureLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Pictures in files, as a model takes them: preprocessed, [parts, 3, S, S]. */
final class FilePictures {
    private final PictureReader reader;

    FilePictures(ModelDirectory model) {
        PictureLimits limits = PictureLimits.DEFAULT;
        PictureFetcher nothing =
                new PictureFetcher(List.of(), limits.maxBytes(), Duration.ofSeconds(1));
        this.reader = new PictureReader(model, limits, nothing);
    }

    /**
     * Reads a file.
     *
     * @throws CommandFailedException if it is not there or no picture
     */
    float[] pixels(Path file) {
        try {
            return pixels(Files.readAllBytes(file));
        } catch (UnusablePictureException e) {
            throw new CommandFailedException(file + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("there is no file " + file, e);
        } catch (IOException e) {
            throw new CommandFailedException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Takes a file's bytes. */
    float[] pixels(byte[] encoded) throws UnusablePictureException {
        return reader.pixels(new PictureSource.Inline(encoded));
    }

    /** Takes a decoded picture. */
    float[] pixels(Picture picture) {
        return reader.pixels(picture);
    }
}
