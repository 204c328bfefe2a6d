package dev.watchword.job.yard;

/** The colours of things; a person's is the coat's. */
public enum Colour {
    RED,
    YELLOW,
    GREEN,
    BLUE,
    WHITE,
    BLACK,
    BROWN;

    /** Returns whether it has no hue: white and black have none. */
    public boolean isNeutral() {
        return this == WHITE || this == BLACK;
    }
}
