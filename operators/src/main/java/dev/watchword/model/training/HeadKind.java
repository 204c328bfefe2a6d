package dev.watchword.model.training;

/** What the numbers are that a state head gives. */
public enum HeadKind {
    /** A score for each of its classes. */
    CLASSES,

    /** A point; the classes' scores follow from where they lie in the {@link Palette}. */
    POINT,

    /** Red, green and blue of a thing's paint, from 0 to 1. */
    SHADE
}
