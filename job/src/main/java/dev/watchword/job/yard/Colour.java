package dev.watchword.job.yard;

/** The colours of things; a person's is the coat's. */
public enum Colour {
    RED,
    YELLOW,
    GREEN,
    BLUE,
    WHITE,
    BLACK,
    BROWN
}
