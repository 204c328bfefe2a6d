package dev.watchword.job.exam;

/**
 * How many of some questions were answered as they should be.
 *
 * @param right at most {@code questions}
 */
public record Score(int right, int questions) {
    /** Nothing asked yet. */
    public static final Score NONE = new Score(0, 0);

    /** The standard normal distribution has 95% of its mass within so much of its mean. */
    private static final double Z = 1.959963984540054;

    public Score {
        if (right < 0 || right > questions) {
            throw new IllegalArgumentException(right + " of " + questions + " cannot be right.");
        }
    }

    /** Returns the score with one more answer. */
    public Score plus(boolean isRight) {
        return new Score(right + (isRight ? 1 : 0), questions + 1);
    }

    /** Returns the share of right answers; not a number if nothing was asked. */
    public double accuracy() {
        return (double) right / questions;
    }

    /** Returns the lower end of Wilson's 95% interval; 0 if nothing was asked. */
    public double low() {
        return right == 0 ? 0 : middle() - half();
    }

    /** Returns the upper end of Wilson's 95% interval; 1 if nothing was asked. */
    public double high() {
        return right == questions ? 1 : middle() + half();
    }

    private double middle() {
        return (accuracy() + Z * Z / (2 * questions)) / (1 + Z * Z / questions);
    }

    private double half() {
        double variance = accuracy() * (1 - accuracy()) / questions;
        double correction = Z * Z / (4.0 * questions * questions);
        return Z * Math.sqrt(variance + correction) / (1 + Z * Z / questions);
    }
}
