package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.schemas.Status;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Runs of both operators to which chance happens. {@code -Dwatchword.simulation.runs} says how many,
 * {@code -Dwatchword.simulation.seed} runs one again.
 */
class SimulationTest {
    private static final String SEED = "watchword.simulation.seed";
    private static final String RUNS = "watchword.simulation.runs";
    private static final int USUAL_RUNS = 2_000;
    private static final int RUNS_IN_WHICH_ALL_HAPPENS = 50;

    @Test
    void whateverHappensNothingIsLostAndNothingIsWrong() {
        if (System.getProperty(SEED) != null) {
            run(Long.getLong(SEED));
            return;
        }
        LongStream.rangeClosed(1, Integer.getInteger(RUNS, USUAL_RUNS))
                .parallel()
                .forEach(SimulationTest::run);
    }

    @Test
    void everythingHappens() {
        Set<Status> ends = EnumSet.noneOf(Status.class);
        int engineFaults = 0;
        for (long seed = 1; seed <= RUNS_IN_WHICH_ALL_HAPPENS; seed++) {
            Simulation simulation = run(seed);
            ends.addAll(simulation.ends());
            engineFaults += simulation.engineFaults();
        }

        assertThat(ends)
                .contains(
                        Status.OK,
                        Status.NO_FRAMES,
                        Status.EXPIRED,
                        Status.CANCELLED,
                        Status.FAILED,
                        Status.REJECTED);
        assertThat(engineFaults).isGreaterThan(RUNS_IN_WHICH_ALL_HAPPENS);
    }

    private static Simulation run(long seed) {
        try {
            Simulation simulation = new Simulation(seed);
            simulation.run();
            simulation.end();
            return simulation;
        } catch (Exception | AssertionError e) {
            throw new AssertionError("It fails again with -D%s=%d".formatted(SEED, seed), e);
        }
    }
}
