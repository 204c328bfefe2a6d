package dev.watchword.job.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration BETWEEN = Duration.ofSeconds(40);

    @Test
    void theSameSeedIsTheSameSchedule() {
        assertThat(FaultSchedule.of(7, HOUR, BETWEEN))
                .isEqualTo(FaultSchedule.of(7, HOUR, BETWEEN))
                .isNotEqualTo(FaultSchedule.of(8, HOUR, BETWEEN));
    }

    @Test
    void everyKindComesBeforeOneComesAgain() {
        List<Fault> faults = FaultSchedule.of(7, HOUR, BETWEEN);

        assertThat(faults).hasSizeBetween(60, 100);
        for (int i = 0; i + 4 <= faults.size(); i += 4) {
            assertThat(faults.subList(i, i + 4))
                    .extracting(Fault::kind)
                    .containsExactlyInAnyOrder(FaultKind.values());
        }
    }

    @Test
    void faultsKeepTheirDistanceAndLeaveTheEndQuiet() {
        List<Fault> faults = FaultSchedule.of(7, HOUR, BETWEEN);

        for (int i = 1; i < faults.size(); i++) {
            assertThat(faults.get(i).at().minus(faults.get(i - 1).at()))
                    .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(60));
        }
        assertThat(faults.get(faults.size() - 1).at()).isLessThan(Duration.ofMinutes(54));
    }
}
