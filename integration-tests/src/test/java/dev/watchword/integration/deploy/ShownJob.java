package dev.watchword.integration.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchword.integration.rig.FlinkRest;
import dev.watchword.integration.rig.ForPrometheus;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.job.kafka.LoopbackPorts;
import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.topology.FlinkConfiguration;
import dev.watchword.job.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job on a Flink of its own, whose interface is read, and what it tells Prometheus. */
final class ShownJob implements AutoCloseable {
    /** Among the pages: what Prometheus reads. */
    static final String METRICS = "/metrics";

    private final FlinkRest rest;
    private final FlinkRest metrics;
    private final JobClient job;

    private ShownJob(FlinkRest rest, FlinkRest metrics, JobClient job) {
        this.rest = rest;
        this.metrics = metrics;
        this.job = job;
    }

    static ShownJob start(Settings settings) throws Exception {
        Configuration configuration = FlinkConfiguration.of(settings.job());
        FlinkRest rest = FlinkRest.on(configuration);
        int metricsPort = LoopbackPorts.free();
        configuration.addAll(Configuration.fromMap(ForPrometheus.SETTINGS));
        configuration.addAll(
                Configuration.fromMap(Map.of(ForPrometheus.PORT, String.valueOf(metricsPort))));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        Topology.lay(
                environment,
                settings,
                settings.kafka().bootstrap(),
                EngineConfigs.of(settings, TestModel.TINY.directory()));
        return new ShownJob(
                rest, new FlinkRest(metricsPort), environment.executeAsync(settings.job().name()));
    }

    private String path() {
        return "/jobs/" + job.getJobID();
    }

    /** Whether the interface tells of a failure. */
    boolean hasFailed() {
        return !rest.json(path() + "/exceptions").at("/exceptionHistory/entries").isEmpty();
    }

    /** What Flink's interface shows of the job and of the cluster, and Prometheus, by its path. */
    Map<String, String> pages() {
        List<String> paths =
                new ArrayList<>(
                        List.of(
                                "/config",
                                "/overview",
                                "/jobs/overview",
                                "/jobmanager/config",
                                "/jobmanager/environment",
                                "/jobmanager/metrics",
                                "/jobmanager/thread-dump",
                                "/taskmanagers"));
        for (String page :
                List.of(
                        "",
                        "/config",
                        "/plan",
                        "/exceptions",
                        "/accumulators",
                        "/checkpoints",
                        "/checkpoints/config",
                        "/jobmanager/config",
                        "/jobmanager/environment",
                        "/metrics")) {
            paths.add(path() + page);
        }
        for (JsonNode vertex : rest.json(path()).at("/vertices")) {
            String one = path() + "/vertices/" + vertex.at("/id").asText();
            paths.addAll(List.of(one, one + "/accumulators", one + "/metrics"));
        }
        for (JsonNode manager : rest.json("/taskmanagers").at("/taskmanagers")) {
            String one = "/taskmanagers/" + manager.at("/id").asText();
            paths.addAll(List.of(one, one + "/metrics", one + "/thread-dump"));
        }
        Map<String, String> pages = new LinkedHashMap<>();
        paths.forEach(each -> pages.put(each, rest.text(each)));
        pages.put(METRICS, metrics.text(METRICS));
        return pages;
    }

    @Override
    public void close() {
        try {
            job.cancel().get();
            job.getJobExecutionResult().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // A cancelled job has no result.
        }
    }
}
