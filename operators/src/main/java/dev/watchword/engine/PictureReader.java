package dev.watchword.engine;

import dev.watchword.model.ModelDirectory;
import dev.watchword.model.picture.ClipPreprocessor;
import dev.watchword.model.picture.HighResolution;
import dev.watchword.model.picture.Picture;
import dev.watchword.model.picture.PictureDecoder;
import dev.watchword.model.picture.PictureLimits;
import dev.watchword.model.picture.UndecodablePictureException;

/** From where a picture is to the numbers that the vision tower takes. Thread-safe. */
public final class PictureReader {
    private final PictureFetcher fetcher;
    private final PictureDecoder decoder;
    private final HighResolution highResolution;
    private final ClipPreprocessor preprocessor;

    /** For pictures of any allowed size, as a model takes them. */
    public PictureReader(ModelDirectory model, PictureLimits limits, PictureFetcher fetcher) {
        this.fetcher = fetcher;
        this.decoder = new PictureDecoder(limits);
        this.highResolution = new HighResolution(model.config().resolutionRatio());
        this.preprocessor = new ClipPreprocessor(model.pictures());
    }

    /**
     * A preprocessed picture [parts, 3, S, S]; blocks while it is fetched.
     *
     * @throws UnusablePictureException if it cannot be had or decoded
     */
    public float[] pixels(PictureSource source) throws UnusablePictureException {
        byte[] encoded =
                source instanceof PictureSource.Remote remote
                        ? fetcher.fetch(remote.uri())
                        : ((PictureSource.Inline) source).encoded();
        try {
            return pixels(decoder.decode(encoded));
        } catch (UndecodablePictureException e) {
            throw new UnusablePictureException(e.getMessage(), e);
        }
    }

    /** A preprocessed picture [parts, 3, S, S]. */
    public float[] pixels(Picture picture) {
        return preprocessor.pixels(highResolution.parts(picture));
    }
}
