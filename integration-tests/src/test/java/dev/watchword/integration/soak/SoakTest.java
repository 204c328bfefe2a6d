package dev.watchword.integration.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.settings.Delivery;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import dev.watchword.job.soak.Recovery;
import dev.watchword.job.soak.Soak;
import dev.watchword.job.soak.SoakPlan;
import dev.watchword.job.soak.SoakReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A short soak with each delivery: a minute in which every kind of fault befalls the cluster. */
class SoakTest {
    private static final SoakPlan PLAN =
            new SoakPlan(3, 2, 2, Duration.ofSeconds(60), 3, Duration.ofSeconds(13), 24);

    @ParameterizedTest
    @EnumSource
    void nothingIsLostAndNothingIsWrong(Delivery delivery) throws Exception {
        // Left there, with the logs of every process.
        Path home =
                Files.createTempDirectory(
                                Path.of("target"), "soak-" + JobUnderTest.text(delivery) + "-")
                        .toAbsolutePath();

        SoakReport report =
                new Soak(PLAN, settings(delivery), home, Timekeeper.system(), System.out::println)
                        .run(TestModel.TINY.directory());

        assertThat(report.sums().told()).isEmpty();
        assertThat(report.sums().lost()).isZero();
        assertThat(report.sums().wrong()).isZero();
        if (delivery == Delivery.EXACTLY_ONCE) {
            assertThat(report.sums().repeats()).isZero();
        }
        assertThat(report.sums().frames()).isEqualTo(3 * 2 * 60);
        assertThat(report.sums().questions()).isGreaterThan(100);
        assertThat(report.recoveries()).hasSize(4);
        assertThat(report.recoveries())
                .extracting(Recovery::fault)
                .anyMatch(fault -> fault.contains("task manager killed"))
                .anyMatch(fault -> fault.contains("task manager frozen"))
                .anyMatch(fault -> fault.contains("broker killed"))
                .anyMatch(fault -> fault.contains("job manager killed"));
        assertThat(report.recoveries()).allMatch(recovery -> recovery.took().isPresent());
        assertThat(report.peakMemory())
                .containsOnlyKeys("broker", "ZooKeeper", "job manager", "task manager");
    }

    private static Settings settings(Delivery delivery) {
        List<Flag> flags = new ArrayList<>();
        Soak.ownSettings(PLAN).forEach((key, value) -> flags.add(Flag.set(key + "=" + value)));
        flags.add(Flag.set("kafka.delivery=" + JobUnderTest.text(delivery)));
        return SettingsReader.read(Optional.empty(), flags, Environment.empty());
    }
}
