package dev.watchword.job.bench;

import dev.watchword.model.ModelDirectory;
import dev.watchword.model.picture.ClipPreprocessor;
import dev.watchword.model.picture.HighResolution;
import dev.watchword.model.picture.Picture;
import dev.watchword.model.picture.PictureDecoder;
import dev.watchword.model.picture.PictureLimits;
import dev.watchword.model.picture.UndecodablePictureException;

/** A JPEG decoded, resized and normalised for the vision tower, on the thread that calls. */
final class Preprocessing implements Rival {
    private final PictureDecoder decoder = new PictureDecoder(PictureLimits.DEFAULT);
    private final HighResolution highResolution;
    private final ClipPreprocessor preprocessor;
    private final byte[] jpeg;

    Preprocessing(ModelDirectory model, byte[] jpeg) {
        this.highResolution = new HighResolution(model.config().resolutionRatio());
        this.preprocessor = new ClipPreprocessor(model.pictures());
        this.jpeg = jpeg;
    }

    @Override
    public String name() {
        return "preprocessing";
    }

    @Override
    public void run(Lap lap) {
        try {
            Picture picture = decoder.decode(jpeg);
            preprocessor.pixels(highResolution.parts(picture));
            lap.ends();
        } catch (UndecodablePictureException e) {
            throw new IllegalStateException("The benchmark's own picture is damaged.", e);
        }
    }
}
