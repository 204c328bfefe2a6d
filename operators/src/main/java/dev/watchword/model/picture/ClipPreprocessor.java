package dev.watchword.model.picture;

import dev.watchword.model.picture.BicubicAxis.Span;
import java.util.List;

/**
 * Pictures to the vision tower's input: a square by padding or cropping, bicubic resize, values
 * rescaled to 0..1 and normalised, as Hugging Face's CLIP processor does it with Pillow, to the
 * bit.
 */
public final class ClipPreprocessor {
    private static final int LEVELS = 256;

    private final ClipSettings settings;
    private final float[][] normalised;
    private final int[] meanColour;

    public ClipPreprocessor(ClipSettings settings) {
        this.settings = settings;
        this.normalised = new float[Picture.CHANNELS][LEVELS];
        this.meanColour = new int[Picture.CHANNELS];
        double[] mean = settings.mean().toArray();
        double[] deviation = settings.deviation().toArray();
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            meanColour[channel] = (int) (mean[channel] * 255);
            for (int level = 0; level < LEVELS; level++) {
                float rescaled = (float) (level * (1 / 255.0));
                normalised[channel][level] =
                        (rescaled - (float) mean[channel]) / (float) deviation[channel];
            }
        }
    }

    public ClipSettings settings() {
        return settings;
    }

    /** How many numbers {@link #pixels(Picture)} gives. */
    public int valuesPerPicture() {
        return Picture.CHANNELS * area();
    }

    /** A picture of any size as [3, S, S]. */
    public float[] pixels(Picture picture) {
        return pixels(List.of(picture));
    }

    /** Pictures of any sizes as [pictures, 3, S, S]. */
    public float[] pixels(List<Picture> pictures) {
        float[] values = new float[Math.multiplyExact(pictures.size(), valuesPerPicture())];
        for (int index = 0; index < pictures.size(); index++) {
            write(square(pictures.get(index)), values, index * valuesPerPicture());
        }
        return values;
    }

    /**
     * A picture that has the vision tower's size already, only normalised.
     *
     * @param planes its levels, [3, S, S]
     * @return [3, S, S], as {@link #pixels(Picture)} gives it for the same picture
     * @throws IllegalArgumentException if there are more or fewer levels
     */
    public float[] normalised(byte[] planes) {
        if (planes.length != valuesPerPicture()) {
            throw new IllegalArgumentException(
                    "A picture of %d x %d pixels has %d levels, not %d"
                            .formatted(
                                    settings.size(),
                                    settings.size(),
                                    valuesPerPicture(),
                                    planes.length));
        }
        float[] values = new float[planes.length];
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            normalise(channel, planes, channel * area(), 1, values, channel * area());
        }
        return values;
    }

    private Picture square(Picture picture) {
        return switch (settings.fit()) {
            case PAD -> padded(picture);
            case CROP -> cropped(picture);
        };
    }

    private Picture padded(Picture picture) {
        int size = settings.size();
        int side = Math.max(picture.width(), picture.height());
        return new BicubicResize(
                        BicubicAxis.of(Span.centred(side, picture.width()), size, 0, size),
                        BicubicAxis.of(Span.centred(side, picture.height()), size, 0, size),
                        meanColour)
                .apply(picture);
    }

    private Picture cropped(Picture picture) {
        int shortSide = Math.min(picture.width(), picture.height());
        return new BicubicResize(
                        middle(picture.width(), shortSide),
                        middle(picture.height(), shortSide),
                        meanColour)
                .apply(picture);
    }

    /** Of the axis resized so that the short side fits, the middle; fractions fall away. */
    private BicubicAxis middle(int side, int shortSide) {
        int size = settings.size();
        long resized = (long) size * side / shortSide;
        return BicubicAxis.of(Span.unpadded(side), resized, (resized - size) / 2, size);
    }

    private void write(Picture square, float[] values, int start) {
        byte[] rgb = square.rgb();
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            normalise(channel, rgb, channel, Picture.CHANNELS, values, start + channel * area());
        }
    }

    /** Takes every {@code step}-th level, and puts the values of one channel one behind the other. */
    private void normalise(int channel, byte[] levels, int from, int step, float[] values, int to) {
        float[] table = normalised[channel];
        for (int pixel = 0; pixel < area(); pixel++) {
            values[to + pixel] = table[levels[from + step * pixel] & 0xFF];
        }
    }

    private int area() {
        return settings.size() * settings.size();
    }
}
