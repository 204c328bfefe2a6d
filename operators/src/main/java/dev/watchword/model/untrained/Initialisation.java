package dev.watchword.model.untrained;

/** What the values of an untrained tensor are. */
sealed interface Initialisation {

    /** All values the same. */
    record Constant(float value) implements Initialisation {}

    /** Independent values around 0, close to a normal distribution and never beyond 3.5 deviations. */
    record Normal(double deviation) implements Initialisation {}

    /** The compressor's table of positions: sines and cosines over a square grid. */
    record Positions(int grid, int width) implements Initialisation {}

    /** The weights of a linear map that keeps the variance of what goes through it. */
    static Initialisation linear(long inputs) {
        return new Normal(1 / Math.sqrt(inputs));
    }

    /** A norm's weight. */
    static Initialisation ones() {
        return new Constant(1);
    }

    /** A bias. */
    static Initialisation zeros() {
        return new Constant(0);
    }
}
