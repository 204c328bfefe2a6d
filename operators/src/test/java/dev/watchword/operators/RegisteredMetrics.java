package dev.watchword.operators;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Keeps what is registered in it, whichever subgroup that is in. */
final class RegisteredMetrics extends UnregisteredMetricsGroup {
    private final Map<String, Gauge<?>> gauges = new HashMap<>();
    private final Map<String, Counter> counters = new HashMap<>();

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

    long count(String counter) {
        return counters.get(counter).getCount();
    }

    Object value(String gauge) {
        return gauges.get(gauge).getValue();
    }
}
