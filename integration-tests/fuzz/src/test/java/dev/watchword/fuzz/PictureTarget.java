package dev.watchword.fuzz;

import dev.watchword.model.picture.Picture;
import dev.watchword.model.picture.PictureDecoder;
import dev.watchword.model.picture.PictureLimits;
import dev.watchword.model.picture.UndecodablePictureException;
import java.util.ArrayList;
import java.util.List;

/** A frame's picture. */
final class PictureTarget implements Target {
    private static final PictureLimits LIMITS = new PictureLimits(100_000, 100_000);

    private final PictureDecoder decoder = new PictureDecoder(LIMITS);
    private final List<byte[]> seeds;

    PictureTarget() {
        seeds = SamplePictures.all();
    }

    @Override
    public boolean takes(byte[] input) {
        try {
            Picture picture = decoder.decode(input);
            if ((long) picture.width() * picture.height() > LIMITS.maxPixels()) {
                throw new AssertionError("Beyond the limits: " + picture);
            }
            return true;
        } catch (UndecodablePictureException refusal) {
            if (!refusal.getMessage().startsWith("The ") || refusal.getMessage().length() > 500) {
                throw new AssertionError("Unfit to be shown: " + refusal.getMessage(), refusal);
            }
            return false;
        }
    }

    @Override
    public List<byte[]> seeds() {
        return seeds;
    }

    @Override
    public List<Mutation> mutations() {
        List<Mutation> mutations = new ArrayList<>(JpegMutations.ALL);
        mutations.addAll(PngMutations.ALL);
        return mutations;
    }

    @Override
    public long mostBytes() {
        return 16 << 20;
    }
}
