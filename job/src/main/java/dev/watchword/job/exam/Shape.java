package dev.watchword.job.exam;

/**
 * How the questions about histories of one length are spread.
 *
 * @param yards how many different yards
 * @param moments at how many moments of each yard questions are asked
 * @param between seconds between these moments; the first history has the length itself
 */
record Shape(int yards, int moments, int between) {
    private static final int FRAMES = 20_000;

    /** Returns the shape for a length; about the last frame alone there are most yards. */
    static Shape of(int length) {
        if (length == 1) {
            return new Shape(100, 5, 30);
        }
        int yards = Math.min(100, Math.max(length > 20_000 ? 2 : 6, FRAMES / length));
        return new Shape(yards, length < 1_000 ? 2 : 5, 20);
    }

    /** How many seconds a yard lasts, from whose beginning to each of the moments one looks. */
    int seconds(int length) {
        return length + between * moments;
    }
}
