package dev.watchword.operators;

import org.junit.jupiter.api.Test;

/**
 * Runs of both operators to which chance happens. {@code -Dwatchword.simulation.runs} says how many,
 * {@code -Dwatchword.simulation.seed} runs one again.
 */
class SimulationTest {
    private static final String SEED = "watchword.simulation.seed";
    private static final String RUNS = "watchword.simulation.runs";
    private static final int USUAL_RUNS = 300;

    @Test
    void whateverHappensNothingIsLostAndNothingIsWrong() throws Exception {
        if (System.getProperty(SEED) != null) {
            run(Long.getLong(SEED));
            return;
        }
        int runs = Integer.getInteger(RUNS, USUAL_RUNS);
        for (long seed = 1; seed <= runs; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) throws Exception {
        Simulation simulation = new Simulation(seed);
        try {
            simulation.run();
            simulation.end();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("It fails again with -D%s=%d".formatted(SEED, seed), e);
        }
    }
}
