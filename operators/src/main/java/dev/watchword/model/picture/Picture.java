package dev.watchword.model.picture;

import java.util.Arrays;

/** A picture of 8-bit RGB. The pixels are not copied and must not be changed. */
public final class Picture {
    static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] rgb;

    /**
     * @param rgb red, green, blue of each pixel, row by row from the top: 3 * width * height bytes
     * @throws IllegalArgumentException if a side is below 1 or the bytes are not that many
     */
    public Picture(int width, int height, byte[] rgb) {
        if (width < 1 || height < 1 || rgb.length != (long) CHANNELS * width * height) {
            throw new IllegalArgumentException(
                    "A picture of " + width + " x " + height + " with " + rgb.length + " bytes");
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Red, green, blue of each pixel, row by row from the top; not a copy. */
    public byte[] rgb() {
        return rgb;
    }

    /**
     * A copy of a part.
     *
     * @throws IndexOutOfBoundsException if the part is not inside
     */
    public Picture crop(int left, int top, int partWidth, int partHeight) {
        if (left < 0 || top < 0 || partWidth > width - left || partHeight > height - top) {
            throw new IndexOutOfBoundsException(
                    String.format(
                            "%d x %d at (%d, %d) of %s", partWidth, partHeight, left, top, this));
        }
        byte[] part = new byte[CHANNELS * partWidth * partHeight];
        for (int row = 0; row < partHeight; row++) {
            System.arraycopy(
                    rgb,
                    CHANNELS * ((top + row) * width + left),
                    part,
                    CHANNELS * row * partWidth,
                    CHANNELS * partWidth);
        }
        return new Picture(partWidth, partHeight, part);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture that
                && width == that.width
                && height == that.height
                && Arrays.equals(rgb, that.rgb);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rgb);
    }

    @Override
    public String toString() {
        return "picture of " + width + " x " + height;
    }
}
