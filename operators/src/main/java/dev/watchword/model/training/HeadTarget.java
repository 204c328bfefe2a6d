package dev.watchword.model.training;

/**
 * What a head should give, in one number: its class, and the classes that are not counted against it.
 *
 * <p>A class that is spared is left out of the comparison, so that nothing is learnt from its not
 * being the right one. So a pair that was never shown, say of a colour and a thing, is not learnt to
 * be impossible from the one half when it is seen in other company.
 */
public final class HeadTarget {
    /** Nothing is told. */
    public static final int UNTOLD = -1;

    /** The most classes of a head of which some are spared. */
    public static final int MOST_CLASSES = 16;

    private static final int SPARED = 8;

    private HeadTarget() {}

    /**
     * A target that spares one class more.
     *
     * @param target from 0, or {@link #UNTOLD}, which stays as it is
     * @param other the class that is not counted against it, below {@link #MOST_CLASSES}
     */
    public static int sparing(int target, int other) {
        return target == UNTOLD ? UNTOLD : target | 1 << SPARED + other;
    }
}
