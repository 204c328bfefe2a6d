package dev.watchword.job.camera;

import java.awt.Dimension;
import java.util.OptionalInt;

/**
 * How pictures are to be.
 *
 * @param width in pixels; where only one of width and height is given, the other follows so that
 *     the shape stays; where neither is, the size stays
 * @param height in pixels
 * @param quality of the JPEG, from 1 to 100
 */
public record PictureFormat(OptionalInt width, OptionalInt height, int quality) {

    public static final int DEFAULT_QUALITY = 85;
    public static final int LARGEST_SIDE = 16_384;

    public PictureFormat {
        requireSide("width", width);
        requireSide("height", height);
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException(
                    "the JPEG quality is a number from 1 to 100, not " + quality);
        }
    }

    /** The camera's own size, in the default quality. */
    public static PictureFormat unchanged() {
        return new PictureFormat(OptionalInt.empty(), OptionalInt.empty(), DEFAULT_QUALITY);
    }

    /** A format of exactly this size. */
    public static PictureFormat sized(int width, int height) {
        return new PictureFormat(OptionalInt.of(width), OptionalInt.of(height), DEFAULT_QUALITY);
    }

    /** Whether it asks for a size. */
    public boolean hasSize() {
        return width.isPresent() || height.isPresent();
    }

    /** The size that a picture of the given size becomes. */
    Dimension sizeOf(Dimension original) {
        int newWidth = width.orElseGet(() -> follow(original.width, height, original.height));
        int newHeight = height.orElseGet(() -> follow(original.height, width, original.width));
        return new Dimension(newWidth, newHeight);
    }

    private static int follow(int side, OptionalInt wantedOther, int other) {
        return wantedOther.isEmpty()
                ? side
                : (int) Math.max(1, Math.round((double) side * wantedOther.getAsInt() / other));
    }

    private static void requireSide(String name, OptionalInt side) {
        if (side.isPresent() && (side.getAsInt() < 1 || side.getAsInt() > LARGEST_SIDE)) {
            throw new IllegalArgumentException(
                    "the %s is a number of pixels from 1 to %d, not %d"
                            .formatted(name, LARGEST_SIDE, side.getAsInt()));
        }
    }
}
