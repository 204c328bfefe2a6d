package dev.watchword.model.training;

/**
 * What a head should give, in one number: its class and the classes that count little or nothing
 * against it, or several classes of which it may be any, or the shade of a paint.
 *
 * <p>A class that is spared takes no part in the comparison, so that nothing is learnt from its not
 * being the right one. So a pair that was never shown, say of a colour and a thing, is not learnt to
 * be impossible from the one half when it is seen in other company. One that is doubted counts a
 * twentieth: it may be right where any of several classes is, and if it did not count at all
 * elsewhere, it would take what is like it.
 */
public final class HeadTarget {
    /** Nothing is told. */
    public static final int UNTOLD = -1;

    /** The most classes of a head of which some are spared, doubted or allowed. */
    public static final int MOST_CLASSES = 8;

    private static final int LISTED = 8;
    private static final int DOUBTED = LISTED + MOST_CLASSES;
    private static final int CLASS = 0xff;
    private static final int ANY = 1 << 30;

    private HeadTarget() {}

    /**
     * A target that spares one class more.
     *
     * @param target a class, from 0, perhaps with classes that it spares or doubts already, or {@link
     *     #UNTOLD}, which stays as it is
     * @param other the class that is not counted against it, below {@link #MOST_CLASSES}
     */
    public static int sparing(int target, int other) {
        return target == UNTOLD ? UNTOLD : target | 1 << LISTED + other;
    }

    /** A target that doubts one class more; otherwise as {@link #sparing}. */
    public static int doubting(int target, int other) {
        return target == UNTOLD ? UNTOLD : target | 1 << DOUBTED + other;
    }

    /**
     * A target that is met by any of some classes: what counts is the sum of their shares.
     *
     * @param first a class, below {@link #MOST_CLASSES}
     * @param others further ones
     */
    public static int anyOf(int first, int... others) {
        int target = ANY | first | 1 << LISTED + first;
        for (int other : others) {
            target |= 1 << LISTED + other;
        }
        return target;
    }

    /** Returns the class of a target that is one, without those that it spares and doubts. */
    public static int classOf(int target) {
        return target & CLASS;
    }

    /**
     * The target of a head that gives a {@link HeadKind#SHADE}.
     *
     * @param red as the others from 0 to 255
     */
    public static int shade(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }
}
