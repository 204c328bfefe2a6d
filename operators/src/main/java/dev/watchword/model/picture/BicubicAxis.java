package dev.watchword.model.picture;

/**
 * How each place along one axis of a resized picture is a weighted sum of places along the axis of
 * its source.
 *
 * <p>The source may stand inside a longer axis of one even colour, its padding; what falls on that
 * is one weight.
 */
final class BicubicAxis {
    /** Weights are fixed-point numbers with this many bits behind the point. */
    static final int PRECISION = 22;

    /** Half the kernel's width, in places of the coarser axis. */
    private static final double SUPPORT = 2;

    private final int[] first;
    private final int[][] weights;
    private final int[] paddingWeights;

    private BicubicAxis(int places) {
        this.first = new int[places];
        this.weights = new int[places][];
        this.paddingWeights = new int[places];
    }

    /**
     * @param source the padded source: its length, and where the picture is in it
     * @param length that the source is resized to
     * @param windowStart the first place that is wanted of the resized axis
     * @param places that are wanted
     */
    static BicubicAxis of(Span source, long length, long windowStart, int places) {
        BicubicAxis axis = new BicubicAxis(places);
        double scale = (double) source.length / length;
        double stretch = Math.max(scale, 1);
        for (int place = 0; place < places; place++) {
            axis.weigh(place, source, (windowStart + place + 0.5) * scale, stretch);
        }
        return axis;
    }

    /** Of the resized axis, as many as were wanted. */
    int places() {
        return first.length;
    }

    /** The first place of the picture that counts for a place; never falls from place to place. */
    int first(int place) {
        return first[place];
    }

    /** Behind the last place of the picture that counts; never falls from place to place. */
    int end(int place) {
        return first[place] + weights[place].length;
    }

    /** Of the picture's places from {@link #first} on. */
    int[] weights(int place) {
        return weights[place];
    }

    /** Of all padding together. */
    int paddingWeight(int place) {
        return paddingWeights[place];
    }

    private void weigh(int place, Span source, double centre, double stretch) {
        double support = SUPPORT * stretch;
        int from = Math.max(0, (int) (centre - support + 0.5));
        int to = Math.min(source.length, (int) (centre + support + 0.5));
        int[] all = fixedPoint(kernelValues(from, to, centre, 1 / stretch));

        first[place] = source.inPicture(from);
        weights[place] = new int[source.inPicture(to) - first[place]];
        for (int at = from; at < to; at++) {
            int inside = at - source.before - first[place];
            if (inside >= 0 && inside < weights[place].length) {
                weights[place][inside] = all[at - from];
            } else {
                paddingWeights[place] += all[at - from];
            }
        }
    }

    private static double[] kernelValues(int from, int to, double centre, double shrink) {
        double[] values = new double[to - from];
        double sum = 0;
        for (int at = 0; at < values.length; at++) {
            values[at] = kernel((at + from - centre + 0.5) * shrink);
            sum += values[at];
        }
        for (int at = 0; at < values.length; at++) {
            values[at] /= sum;
        }
        return values;
    }

    /** Keys' cubic convolution with a = -0.5. */
    private static double kernel(double signedDistance) {
        double a = -0.5;
        double x = Math.abs(signedDistance);
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < SUPPORT ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    private static int[] fixedPoint(double[] values) {
        int[] fixed = new int[values.length];
        for (int at = 0; at < values.length; at++) {
            double scaled = values[at] * (1 << PRECISION);
            fixed[at] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        return fixed;
    }

    /**
     * A picture's places on an axis.
     *
     * @param length of the axis
     * @param before places of padding before the picture
     * @param picture places of the picture
     */
    record Span(int length, int before, int picture) {
        static Span unpadded(int length) {
            return new Span(length, 0, length);
        }

        /** Half the padding before the picture, rounded down. */
        static Span centred(int length, int picture) {
            return new Span(length, (length - picture) / 2, picture);
        }

        /** A place of the axis as one of the picture, or the picture's nearest end. */
        private int inPicture(int place) {
            return Math.max(0, Math.min(picture, place - before));
        }
    }
}
