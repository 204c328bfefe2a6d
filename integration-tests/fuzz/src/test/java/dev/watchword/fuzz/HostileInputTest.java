package dev.watchword.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever the bytes are, they are taken or refused: with no other exception, within the memory that
 * their length explains, and at once.
 */
class HostileInputTest {
    private static final long SEED = 20_261_126;
    private static final int ROUNDS_TOGETHER = 500;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir private Path directory;

    private volatile int round;

    @ParameterizedTest
    @CsvSource({
        "FRAME, 25_000",
        "QUERY, 30_000",
        "ANSWER, 10_000",
        "DEAD_LETTER, 10_000",
        "PICTURE, 30_000",
        "SAFETENSORS, 8_000",
        "MODEL_CONFIG, 5_000",
        "TOKENIZER, 2_000",
        "CAMERAS, 4_000"
    })
    void isTakenOrRefused(Targets kind, String inputs) throws IOException {
        int rounds = Integer.parseInt(inputs.replace("_", ""));
        Target target = kind.in(directory);
        Mutator mutator = new Mutator(target, SEED);
        int taken = 0;
        for (int first = 0; first < rounds; first += ROUNDS_TOGETHER) {
            int from = first;
            taken +=
                    assertTimeoutPreemptively(
                            LONGEST,
                            () -> feed(kind, target, mutator, from),
                            () -> described(kind, mutator, round));
        }
        assertThat(taken)
                .as("of both kinds there are many")
                .isBetween(rounds / 100, rounds * 9 / 10);
    }

    private int feed(Targets kind, Target target, Mutator mutator, int from) {
        int taken = 0;
        for (round = from; round < from + ROUNDS_TOGETHER; round++) {
            byte[] input = mutator.input(round);
            long before = allocatedBytes();
            try {
                taken += target.takes(input) ? 1 : 0;
            } catch (Throwable broken) {
                throw new AssertionError(described(kind, mutator, round), broken);
            }
            assertThat(allocatedBytes() - before)
                    .as(() -> "memory for " + described(kind, mutator, round))
                    .isLessThan(target.mostBytes());
        }
        return taken;
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private static String described(Targets kind, Mutator mutator, int round) {
        return "%s, seed %d, round %d: %s"
                .formatted(kind, SEED, round, HexFormat.of().formatHex(mutator.input(round)));
    }
}
