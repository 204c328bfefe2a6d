package dev.watchword.job.yard;

/**
 * A part of a picture, in shares of its side from the left and from the top.
 *
 * @param left as the others, from 0 to 1 within the picture
 */
public record Box(double left, double top, double right, double bottom) {
    /** Returns whether all of another box is in this one. */
    public boolean holds(Box other) {
        return left <= other.left
                && top <= other.top
                && right >= other.right
                && bottom >= other.bottom;
    }

    /** Returns whether nothing of another box is in this one. */
    public boolean misses(Box other) {
        return other.right < left || other.left > right || other.bottom < top || other.top > bottom;
    }

    /** Returns the box with so much more at each side. */
    public Box widened(double more) {
        return new Box(left - more, top - more, right + more, bottom + more);
    }
}
