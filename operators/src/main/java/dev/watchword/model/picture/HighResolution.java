package dev.watchword.model.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a picture into a grid of crops, so that each is seen at the vision tower's full
 * resolution.
 *
 * @param ratio crops of a row and of a column, {@code resolution_ratio} in a model's settings; with
 *     1 a picture stays whole
 */
public record HighResolution(int ratio) {
    private static final int MOST_CROPS_OF_A_ROW = 16;

    public HighResolution {
        if (ratio < 1 || ratio > MOST_CROPS_OF_A_ROW) {
            throw new IllegalArgumentException(
                    "resolution_ratio is from 1 to " + MOST_CROPS_OF_A_ROW + ": " + ratio);
        }
    }

    /** How many pictures one becomes. */
    public int partCount() {
        return ratio == 1 ? 1 : ratio * ratio + 1;
    }

    /**
     * The crops row by row, then the whole picture. All crops have one size; pixels left over at
     * the right and at the bottom are in the whole picture only. A picture with fewer pixels than
     * crops gives some more than once.
     */
    public List<Picture> parts(Picture picture) {
        if (ratio == 1) {
            return List.of(picture);
        }
        int width = Math.max(1, picture.width() / ratio);
        int height = Math.max(1, picture.height() / ratio);
        List<Picture> parts = new ArrayList<>(partCount());
        for (int row = 0; row < ratio; row++) {
            for (int column = 0; column < ratio; column++) {
                int left = Math.min(column * width, picture.width() - width);
                int top = Math.min(row * height, picture.height() - height);
                parts.add(picture.crop(left, top, width, height));
            }
        }
        parts.add(picture);
        return List.copyOf(parts);
    }
}
