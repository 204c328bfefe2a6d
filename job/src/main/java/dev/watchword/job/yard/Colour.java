package dev.watchword.job.yard;

/**
 * The colours of things; a person's is the coat's. The last six come to no yard unless they are asked
 * for: they lie between the others, and a network that has seen them, too, tells colour and form
 * apart.
 */
public enum Colour {
    RED,
    YELLOW,
    GREEN,
    BLUE,
    WHITE,
    BLACK,
    BROWN,
    COPPER,
    LIME,
    TURQUOISE,
    PURPLE,
    PINK,
    GREY
}
