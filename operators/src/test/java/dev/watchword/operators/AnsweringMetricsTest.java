package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.engine.EngineLoad;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnsweringMetricsTest {
    private final RegisteredMetrics registered = new RegisteredMetrics();

    @Test
    void theEnginesLoadIsReadWheneverAGaugeIsAsked() {
        EngineLoad[] load = {
            new EngineLoad(
                    1,
                    2,
                    3,
                    4,
                    5,
                    6,
                    7,
                    new EngineLoad.Prefixes(8, 9, 10, 11, 12),
                    new EngineLoad.Keyframes(13, 14, 15),
                    Duration.ZERO)
        };
        new AnsweringMetrics(
                registered, QuestionQueue.overtaking(1), () -> 0, () -> 0, () -> load[0]);

        assertThat(value("engine_questions_waiting")).isEqualTo(2);
        assertThat(value("engine_answers_active")).isEqualTo(3);
        assertThat(value("engine_decode_steps")).isEqualTo(6L);
        assertThat(value("engine_tokens_decoded")).isEqualTo(7L);
        assertThat(value("prefixes_kept")).isEqualTo(8);
        assertThat(value("prefix_bytes")).isEqualTo(9L);
        assertThat(value("prefix_hits")).isEqualTo(10L);
        assertThat(value("prefix_misses")).isEqualTo(11L);
        assertThat(value("prefix_evictions")).isEqualTo(12L);
        assertThat(value("keyframe_bytes")).isEqualTo(13L);
        assertThat(value("recent_frame_bytes")).isEqualTo(14L);
        assertThat(value("keyframes_encoded")).isEqualTo(15L);

        load[0] =
                new EngineLoad(
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        new EngineLoad.Prefixes(0, 21, 0, 0, 0),
                        new EngineLoad.Keyframes(0, 0, 0),
                        Duration.ZERO);
        assertThat(value("prefix_bytes")).isEqualTo(21L);
    }

    @Test
    void countsHistoriesThatWereKeptApartFromThoseThatWereRead() {
        AnsweringMetrics metrics =
                new AnsweringMetrics(
                        registered, QuestionQueue.overtaking(1), () -> 0, () -> 0, () -> null);
        metrics.recalled(true);
        metrics.recalled(false);
        metrics.recalled(false);

        assertThat(registered.count("histories_recalled")).isEqualTo(1);
        assertThat(registered.count("histories_read")).isEqualTo(2);
    }

    private Object value(String name) {
        return registered.value(name);
    }
}
