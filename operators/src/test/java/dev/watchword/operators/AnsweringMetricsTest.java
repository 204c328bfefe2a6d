package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.engine.EngineLoad;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class AnsweringMetricsTest {
    private final Map<String, Gauge<?>> gauges = new HashMap<>();
    private final Map<String, Counter> counters = new HashMap<>();

    /** Keeps what is registered, whichever subgroup it is in. */
    private final class Registered extends UnregisteredMetricsGroup {
        @Override
        public MetricGroup addGroup(String name) {
            return this;
        }

        @Override
        public Counter counter(String name) {
            return counters.computeIfAbsent(name, absent -> new SimpleCounter());
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
        }
    }

    @Test
    void theEnginesLoadIsReadWheneverAGaugeIsAsked() {
        EngineLoad[] load = {
            new EngineLoad(1, 2, 3, 4, 5, 6, 7, new EngineLoad.Prefixes(8, 9, 10, 11, 12))
        };
        new AnsweringMetrics(new Registered(), new QuestionQueue(1), () -> load[0]);

        assertThat(value("engine_questions_waiting")).isEqualTo(2);
        assertThat(value("engine_answers_active")).isEqualTo(3);
        assertThat(value("engine_decode_steps")).isEqualTo(6L);
        assertThat(value("engine_tokens_decoded")).isEqualTo(7L);
        assertThat(value("prefixes_kept")).isEqualTo(8);
        assertThat(value("prefix_bytes")).isEqualTo(9L);
        assertThat(value("prefix_hits")).isEqualTo(10L);
        assertThat(value("prefix_misses")).isEqualTo(11L);
        assertThat(value("prefix_evictions")).isEqualTo(12L);

        load[0] = new EngineLoad(0, 0, 0, 0, 0, 0, 0, new EngineLoad.Prefixes(0, 21, 0, 0, 0));
        assertThat(value("prefix_bytes")).isEqualTo(21L);
    }

    @Test
    void countsHistoriesThatWereKeptApartFromThoseThatWereRead() {
        AnsweringMetrics metrics =
                new AnsweringMetrics(new Registered(), new QuestionQueue(1), () -> null);
        metrics.recalled(true);
        metrics.recalled(false);
        metrics.recalled(false);

        assertThat(counters.get("histories_recalled").getCount()).isEqualTo(1);
        assertThat(counters.get("histories_read").getCount()).isEqualTo(2);
    }

    private Object value(String name) {
        return gauges.get(name).getValue();
    }
}
