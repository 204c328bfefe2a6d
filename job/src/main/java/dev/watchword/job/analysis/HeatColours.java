package dev.watchword.job.analysis;

/** Colours from cold to hot: dark violet, red, orange, pale yellow; brighter is always more. */
final class HeatColours {
    private static final int[] STOPS = {0x08051f, 0x4a0c6b, 0xa52c60, 0xe55c30, 0xfbb61a, 0xfcffa4};

    private HeatColours() {}

    /**
     * Returns a colour as red, green and blue.
     *
     * @param heat from 0 to 1
     */
    static int of(double heat) {
        double place = Math.max(0, Math.min(1, heat)) * (STOPS.length - 1);
        int below = Math.min((int) place, STOPS.length - 2);
        return blend(STOPS[below], STOPS[below + 1], place - below);
    }

    /** Returns a colour between two. */
    static int blend(int from, int to, double share) {
        int blended = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double level = (1 - share) * (from >> shift & 0xff) + share * (to >> shift & 0xff);
            blended |= (int) Math.round(level) << shift;
        }
        return blended;
    }
}
