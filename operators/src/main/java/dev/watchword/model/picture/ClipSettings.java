package dev.watchword.model.picture;

/**
 * How pictures are made ready for the vision tower.
 *
 * @param size side of the square that the tower takes, in pixels
 * @param mean subtracted from values between 0 and 1
 * @param deviation what is then divided by
 * @param fit how a picture becomes a square
 */
public record ClipSettings(int size, Channels mean, Channels deviation, Fit fit) {
    /** CLIP's own mean. */
    public static final Channels CLIP_MEAN = new Channels(0.48145466, 0.4578275, 0.40821073);

    /** CLIP's own standard deviation. */
    public static final Channels CLIP_DEVIATION = new Channels(0.26862954, 0.26130258, 0.27577711);

    private static final int MAX_SIZE = 4096;

    public enum Fit {
        /** The whole picture, with the mean colour beside or above and below it. */
        PAD,
        /** The middle of the picture. */
        CROP
    }

    public ClipSettings {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "A vision tower's picture size is from 1 to " + MAX_SIZE + ": " + size);
        }
        for (double level : mean.toArray()) {
            if (!(level >= 0 && level <= 1)) {
                throw new IllegalArgumentException("A mean is from 0 to 1: " + mean);
            }
        }
        for (double spread : deviation.toArray()) {
            if (!(spread > 0) || Double.isInfinite(spread)) {
                throw new IllegalArgumentException("A deviation is above 0: " + deviation);
            }
        }
    }

    /** CLIP's own mean and deviation. */
    public static ClipSettings clip(int size, Fit fit) {
        return new ClipSettings(size, CLIP_MEAN, CLIP_DEVIATION, fit);
    }
}
