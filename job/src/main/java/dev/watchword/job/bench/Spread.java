package dev.watchword.job.bench;

import java.util.Arrays;

/**
 * The middle of some measurements and how far they lie apart. A mean is left out on purpose: one
 * disturbed measurement would move it.
 *
 * @param count how many measurements
 * @param lowerQuartile a quarter of the measurements are not above it
 * @param upperQuartile a quarter of the measurements are not below it
 */
public record Spread(int count, double lowerQuartile, double median, double upperQuartile) {

    /**
     * Of measurements in any order; between two of them it is interpolated linearly.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Spread of(double... measurements) {
        if (measurements.length == 0) {
            throw new IllegalArgumentException("Nothing was measured.");
        }
        double[] rising = measurements.clone();
        Arrays.sort(rising);
        return new Spread(
                rising.length,
                quantile(rising, 0.25),
                quantile(rising, 0.5),
                quantile(rising, 0.75));
    }

    /**
     * The measurement, in any order, below which a share of them lies, from 0 to 1; between two of
     * them it is interpolated linearly.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static double quantile(double share, double... measurements) {
        if (measurements.length == 0) {
            throw new IllegalArgumentException("Nothing was measured.");
        }
        double[] rising = measurements.clone();
        Arrays.sort(rising);
        return quantile(rising, share);
    }

    private static double quantile(double[] rising, double share) {
        double place = share * (rising.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, rising.length - 1);
        return rising[below] + (place - below) * (rising[above] - rising[below]);
    }

    /** As if every measurement had been multiplied by a number above zero. */
    public Spread times(double factor) {
        return new Spread(count, lowerQuartile * factor, median * factor, upperQuartile * factor);
    }
}
