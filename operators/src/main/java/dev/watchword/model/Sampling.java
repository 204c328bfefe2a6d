package dev.watchword.model;

/**
 * How the next token is chosen.
 *
 * @param temperature 0 takes the likeliest token, and so does one below a millionth; above, scores
 *     are divided by it before sampling
 * @param topP sample from the likeliest tokens that together have this probability, in (0, 1]
 * @param seed of the sampling: the same seed gives the same answer
 */
public record Sampling(double temperature, double topP, long seed) {
    private static final double LOWEST_TEMPERATURE = 1e-6;

    /** Always the likeliest token. */
    public static final Sampling GREEDY = new Sampling(0, 1, 0);

    public Sampling {
        if (!(temperature >= 0 && temperature <= 100)) {
            throw new IllegalArgumentException("A temperature is from 0 to 100: " + temperature);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top_p is above 0 and at most 1: " + topP);
        }
    }

    boolean isGreedy() {
        return temperature < LOWEST_TEMPERATURE;
    }
}
