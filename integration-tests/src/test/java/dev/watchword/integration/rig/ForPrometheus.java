package dev.watchword.integration.rig;

import java.util.Map;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;

/** Flink's settings with which a process tells Prometheus what it measures. */
public final class ForPrometheus {
    /** The same for every process. */
    public static final Map<String, String> SETTINGS =
            Map.of(
                    "metrics.reporters",
                    "prom",
                    "metrics.reporter.prom.factory.class",
                    PrometheusReporterFactory.class.getName());

    /** Each process has a port of its own. */
    public static final String PORT = "metrics.reporter.prom.port";

    private ForPrometheus() {}
}
