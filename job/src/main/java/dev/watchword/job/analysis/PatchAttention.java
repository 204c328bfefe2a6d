package dev.watchword.job.analysis;

import java.util.Arrays;

/**
 * How much something looked at each patch of a picture; the shares add up to 1.
 *
 * @param name what looked
 * @param grid how many patches lie along each side of the picture
 * @param shares of the patches, row by row [grid * grid]
 */
public record PatchAttention(String name, int grid, float[] shares) {
    public PatchAttention {
        if (shares.length != grid * grid) {
            throw new IllegalArgumentException(
                    "%d shares are not those of %d x %d patches"
                            .formatted(shares.length, grid, grid));
        }
        shares = shares.clone();
    }

    @Override
    public float[] shares() {
        return shares.clone();
    }

    /** The share of the patch in a row and a column, both counted from 0. */
    public float at(int row, int column) {
        return shares[row * grid + column];
    }

    /** The largest share. */
    public float peak() {
        float peak = 0;
        for (float share : shares) {
            peak = Math.max(peak, share);
        }
        return peak;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PatchAttention attention
                && name.equals(attention.name)
                && grid == attention.grid
                && Arrays.equals(shares, attention.shares);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(shares);
    }

    @Override
    public String toString() {
        return "PatchAttention[%s, %d x %d patches]".formatted(name, grid, grid);
    }
}
