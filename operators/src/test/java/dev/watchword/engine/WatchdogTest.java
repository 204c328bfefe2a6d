package dev.watchword.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final List<String> hung = new ArrayList<>();
    private final Watchdog watchdog = new Watchdog(LIMIT, hung::add);

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watchdog.look();
        }
    }

    @Test
    void tellsOnceOfAPieceThatIsSeenThroughTheWholeLimit() {
        assertThat(watchdog.interval().multipliedBy(Watchdog.LOOKS)).isEqualTo(LIMIT);
        watchdog.watch(
                "encoding",
                () -> {
                    look(Watchdog.LOOKS);
                    assertThat(hung).isEmpty();
                    look(Watchdog.LOOKS);
                    assertThat(watchdog.busy()).isPositive();
                });
        assertThat(hung).containsExactly("encoding");
    }

    @Test
    void doesNotAddUpPiecesThatSayTheSame() {
        for (int i = 0; i < 3; i++) {
            watchdog.watch("encoding", () -> look(Watchdog.LOOKS));
        }
        look(2 * Watchdog.LOOKS);

        assertThat(hung).isEmpty();
        assertThat(watchdog.busy()).isZero();
    }

    @Test
    void forgetsAPieceThatFailed() {
        try {
            watchdog.watch(
                    "encoding",
                    () -> {
                        throw new IllegalStateException("broken");
                    });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("broken");
        }
        look(2 * Watchdog.LOOKS);

        assertThat(hung).isEmpty();
    }
}
