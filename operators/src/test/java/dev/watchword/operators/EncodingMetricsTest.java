package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.engine.EngineLoad;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EncodingMetricsTest {
    private final RegisteredMetrics registered = new RegisteredMetrics();

    @Test
    void countsFramesAndTellsHowTheEngineBatchesThem() {
        int[] inFlight = {5};
        EngineLoad load =
                new EngineLoad(
                        1,
                        2,
                        3,
                        4,
                        9,
                        6,
                        7,
                        new EngineLoad.Prefixes(0, 0, 0, 0, 0),
                        new EngineLoad.Keyframes(0, 0, 0),
                        Duration.ofSeconds(8));
        EncodingMetrics metrics = new EncodingMetrics(registered, () -> inFlight[0], () -> load);

        metrics.encoded("door", Instant.EPOCH);
        metrics.encoded("door", Instant.EPOCH);
        metrics.unusable();
        metrics.thinned();
        inFlight[0] = 6;

        assertThat(registered.count("frames_encoded")).isEqualTo(2);
        assertThat(registered.count("frames_unusable")).isEqualTo(1);
        assertThat(registered.count("frames_thinned")).isEqualTo(1);
        assertThat(registered.value("frames_in_flight")).isEqualTo(6);
        assertThat(registered.value("engine_pictures_waiting")).isEqualTo(1);
        assertThat(registered.value("engine_busy_ms")).isEqualTo(8_000L);
        assertThat(registered.value("engine_batches")).isEqualTo(4L);
        assertThat(registered.value("engine_frames_encoded")).isEqualTo(9L);
    }
}
