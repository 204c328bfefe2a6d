package dev.watchword.integration.deploy;

import static dev.watchword.integration.deploy.DeployFiles.at;
import static dev.watchword.integration.deploy.DeployFiles.documents;
import static dev.watchword.integration.deploy.DeployFiles.keys;
import static dev.watchword.integration.deploy.DeployFiles.list;
import static dev.watchword.integration.deploy.DeployFiles.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchword.job.cli.FlinkProgram;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployFilesTest {
    private static final String COMPOSE = "compose.yaml";
    private static final String DEPLOYMENT = "kubernetes/flinkdeployment.yaml";
    private static final String ALERTS = "prometheus/alerts.yml";
    private static final String DASHBOARD = "grafana/dashboards/watchword.json";
    private static final String METRICS_PORT = "9249";

    /**
     * From the Compose specification, those that are used here; its schema comes with no library.
     */
    private static final Set<String> SERVICE_KEYS =
            Set.of(
                    "image",
                    "build",
                    "restart",
                    "environment",
                    "volumes",
                    "depends_on",
                    "command",
                    "ports",
                    "healthcheck");

    private static Object compose() {
        return documents(COMPOSE).get(0);
    }

    private static Object deployment() {
        return DeployFiles.resources(DEPLOYMENT, "FlinkDeployment").get(0);
    }

    @Test
    void everyFileIsWhatItsEndingSays() throws Exception {
        List<String> yaml = new ArrayList<>(DeployFiles.named(".yaml"));
        yaml.addAll(DeployFiles.named(".yml"));
        List<String> json = DeployFiles.named(".json");

        assertThat(yaml).hasSizeGreaterThanOrEqualTo(9);
        assertThat(json).isNotEmpty();
        for (String file : yaml) {
            assertThat(documents(file)).as(file).isNotEmpty().doesNotContainNull();
        }
        for (String file : json) {
            assertThat(new ObjectMapper().readTree(text(file)).isObject()).as(file).isTrue();
        }
    }

    @Test
    void composeHasNothingThatLeadsNowhere() {
        Set<String> volumes = keys(compose(), "volumes");
        Set<String> services = keys(compose(), "services");
        for (String name : services) {
            Object service = at(compose(), "services", name);
            assertThat(SERVICE_KEYS).as(name).containsAll(keys(service));
            assertThat(services).as(name).containsAll(neededServices(service));
            for (Object volume : list(service, "volumes")) {
                String source = volume.toString().split(":")[0];
                if (source.startsWith("./")) {
                    assertThat(DeployFiles.FOLDER.resolve(source)).as(name).exists();
                } else {
                    assertThat(volumes).as(name).contains(source);
                }
            }
            if (at(service, "build") != null) {
                assertThat(text("Dockerfile"))
                        .contains(" AS %s\n".formatted(at(service, "build", "target")));
                assertThat(DeployFiles.FOLDER.resolve(at(service, "build", "context").toString()))
                        .satisfies(
                                context ->
                                        assertThat(
                                                        context.resolve(
                                                                at(service, "build", "dockerfile")
                                                                        .toString()))
                                                .exists());
            }
        }
    }

    private static Set<String> neededServices(Object service) {
        return at(service, "depends_on") instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.toSet())
                : at(service, "depends_on") == null ? Set.of() : keys(service, "depends_on");
    }

    @Test
    void whatStandsTwiceAgrees() {
        Set<String> services = keys(compose(), "services");
        Map<String, String> flink = flinkProperties("jobmanager");
        assertThat(flink).isEqualTo(flinkProperties("taskmanager"));
        assertThat(flink).containsEntry("metrics.reporter.prom.port", METRICS_PORT);
        assertThat(services).contains(flink.get("jobmanager.rpc.address"));
        assertThat(list(documents("prometheus/prometheus.yml").get(0), targets()))
                .map(Object::toString)
                .containsExactly("jobmanager:" + METRICS_PORT, "taskmanager:" + METRICS_PORT);
        assertThat(list(documents("prometheus/prometheus.yml").get(0), "rule_files"))
                .map(Object::toString)
                .containsExactly("alerts.yml");
        assertThat(at(documents("grafana/provisioning/datasources/prometheus.yaml").get(0), url()))
                .isEqualTo("http://prometheus:9090");
        assertThat(at(compose(), "services", "prometheus", "ports", 0))
                .isEqualTo("127.0.0.1:9090:9090");
        String dashboards =
                at(
                                documents("grafana/provisioning/dashboards/watchword.yaml").get(0),
                                "providers",
                                0,
                                "options",
                                "path")
                        .toString();
        assertThat(text(COMPOSE)).contains("./grafana/dashboards:" + dashboards + ":ro");
        assertThat(at(deployment(), "spec", "flinkConfiguration", "metrics.reporter.prom.port"))
                .isEqualTo(METRICS_PORT);
        assertThat(
                        list(deployment(), "spec", "podTemplate", "spec", "containers", 0, "ports")
                                .get(0))
                .isEqualTo(Map.of("name", "metrics", "containerPort", 9249));
        assertThat(text("kubernetes/prometheus-scrape.yaml")).contains("regex: metrics");
        String brokers = "kafka:9092";
        assertThat(at(compose(), "services", "kafka", "environment", "KAFKA_ADVERTISED_LISTENERS"))
                .asString()
                .contains("INSIDE://" + brokers)
                .contains("OUTSIDE://127.0.0.1:9094");
        assertThat(at(compose(), "services", "kafka", "ports", 0)).isEqualTo("127.0.0.1:9094:9094");
        for (String camera : List.of("camera-north", "camera-south")) {
            assertThat(list(compose(), "services", camera, "command"))
                    .map(Object::toString)
                    .contains("publish", brokers);
        }
        assertThat(jobCommand()).contains("--bootstrap " + brokers);
    }

    private static Object[] targets() {
        return new Object[] {"scrape_configs", 0, "static_configs", 0, "targets"};
    }

    private static Object[] url() {
        return new Object[] {"datasources", 0, "url"};
    }

    private static String jobCommand() {
        return at(compose(), "services", "jobmanager", "command").toString();
    }

    /** As the image's start script reads them: a line each, without blanks. */
    private static Map<String, String> flinkProperties(String service) {
        Map<String, String> properties = new LinkedHashMap<>();
        at(compose(), "services", service, "environment", "FLINK_PROPERTIES")
                .toString()
                .lines()
                .forEach(
                        line -> {
                            String[] parts = line.split(":", 2);
                            assertThat(parts[1].strip()).as(line).doesNotContain(" ");
                            properties.put(parts[0], parts[1].strip());
                        });
        return properties;
    }

    @Test
    void flinkKnowsWhatItIsConfiguredWith() throws Exception {
        Set<String> used = new TreeSet<>(flinkProperties("jobmanager").keySet());
        used.addAll(keys(deployment(), "spec", "flinkConfiguration"));
        used.removeAll(
                Set.of(
                        "metrics.reporter.prom.port",
                        ExternalResourceOptions.getAmountConfigOptionForResource("gpu"),
                        ExternalResourceOptions
                                .getExternalResourceDriverFactoryConfigOptionForResource("gpu"),
                        ExternalResourceOptions.getSystemConfigKeyConfigOptionForResource(
                                "gpu", "kubernetes.config-key"),
                        "metrics.reporter.prom.factory.class"));
        assertThat(flinkOptions()).containsAll(used);
        assertThat(flinkProperties("jobmanager"))
                .containsEntry(
                        "metrics.reporter.prom.factory.class",
                        PrometheusReporterFactory.class.getName());
        assertThat(((Map<?, ?>) at(deployment(), "spec", "flinkConfiguration")).values())
                .allSatisfy(value -> assertThat(value).isInstanceOf(String.class));
    }

    private static Set<String> flinkOptions() throws IllegalAccessException {
        Set<String> options = new TreeSet<>();
        for (Class<?> holder :
                List.of(
                        CheckpointingOptions.class,
                        CoreOptions.class,
                        ExternalResourceOptions.class,
                        HighAvailabilityOptions.class,
                        JobManagerOptions.class,
                        MetricOptions.class,
                        TaskManagerOptions.class)) {
            for (var field : holder.getFields()) {
                if (field.get(null) instanceof ConfigOption<?> option) {
                    options.add(option.key());
                }
            }
        }
        return options;
    }

    @Test
    void theDeploymentRunsWhatTheImageHolds() {
        Object spec = at(deployment(), "spec");
        assertThat(at(spec, "flinkVersion")).isEqualTo("v2_3");
        assertThat(at(spec, "job", "upgradeMode")).isEqualTo("savepoint");
        assertThat(at(spec, "job", "state")).isEqualTo("running");
        assertThat(at(spec, "job", "entryClass")).isEqualTo(FlinkProgram.class.getName());
        assertThat(text("Dockerfile"))
                .contains(
                        "watchword-job.jar "
                                + at(spec, "job", "jarURI").toString().replace("local://", "")
                                + "\n");
        assertThat(jobCommand()).contains("--job-classname " + FlinkProgram.class.getName() + " ");
        assertThat(at(spec, "job", "parallelism").toString())
                .isEqualTo(at(spec, "flinkConfiguration", "taskmanager.numberOfTaskSlots"));
        Object pod = at(spec, "podTemplate", "spec");
        Set<Object> mounted =
                list(pod, "containers", 0, "volumeMounts").stream()
                        .map(mount -> at(mount, "name"))
                        .collect(Collectors.toSet());
        assertThat(list(pod, "volumes")).map(volume -> at(volume, "name")).containsAll(mounted);
    }

    @Test
    void itsSettingsAreSettings(@TempDir Path directory) throws Exception {
        String given =
                at(DeployFiles.resources(DEPLOYMENT, "ConfigMap").get(0), "data", "watchword.yaml")
                        .toString();
        List<String> paths = new ArrayList<>(found(given, "\\$\\{file:([^}]*)}"));
        paths.addAll(found(given, "location: (\\S+)"));
        paths.addAll(found(given, "directory: (\\S+)"));
        paths.add(list(deployment(), "spec", "job", "args").get(2).toString());
        Path file =
                Files.writeString(
                        directory.resolve("watchword.yaml"),
                        given.replaceAll("\\$\\{file:[^}]*}", "(hidden)"));

        Settings settings = SettingsReader.read(Optional.of(file), List.of(), Environment.empty());

        assertThat(settings.kafka().createTopics()).isFalse();
        List<String> mounts =
                list(deployment(), "spec", "podTemplate", "spec", "containers", 0, "volumeMounts")
                        .stream()
                        .map(mount -> at(mount, "mountPath").toString())
                        .toList();
        assertThat(paths)
                .hasSize(4)
                .allSatisfy(
                        path ->
                                assertThat(mounts)
                                        .as(path)
                                        .anyMatch(mount -> path.startsWith(mount + "/")));
    }

    @Test
    void whatComposeSetsAreSettings() {
        List<Flag> flags = found(text(COMPOSE), "--set (\\S+)").stream().map(Flag::set).toList();

        Settings settings = SettingsReader.read(Optional.empty(), flags, Environment.empty());

        assertThat(flags).isNotEmpty();
        assertThat(settings.kafka().createTopics()).isFalse();
    }

    @Test
    void everySettingThatIsNamedInTheScriptsExists() throws Exception {
        String settings = Files.readString(DeployFiles.FOLDER.resolve("../docs/settings.md"));
        for (String file :
                List.of("kafka/create-topics.sh", "kafka/create-acls.sh", DASHBOARD, "README.md")) {
            String group = "(?:kafka|engine|memory|model|job)";
            for (String key :
                    found(
                            text(file),
                            "(?<![\\w./-])(" + group + "\\.[a-z]+(?:-[a-z]+)*)(?![\\w(])")) {
                assertThat(settings).as(file).contains("`" + key);
            }
        }
    }

    @Test
    void everyAlertIsExplainedAndNoOther() throws Exception {
        Set<Object> alerts =
                list(documents(ALERTS).get(0), "groups", 0, "rules").stream()
                        .map(rule -> at(rule, "alert"))
                        .collect(Collectors.toSet());
        String operations = Files.readString(DeployFiles.FOLDER.resolve("../docs/operations.md"));

        assertThat(found(operations, "`(Watchword[A-Z]\\w+)`"))
                .map(name -> (Object) name)
                .containsExactlyInAnyOrderElementsOf(alerts);
        // From the Prometheus manual; a schema of it comes with no library.
        for (Object rule : list(documents(ALERTS).get(0), "groups", 0, "rules")) {
            assertThat(Set.of("alert", "expr", "for", "labels", "annotations"))
                    .containsAll(keys(rule));
            assertThat(balanced(at(rule, "expr").toString())).as(rule.toString()).isTrue();
        }
    }

    @Test
    void thePanelsOfTheDashboardDoNotOverlap() {
        List<?> panels = list(documents(DASHBOARD).get(0), "panels");
        Set<String> cells = new TreeSet<>();
        Set<Object> ids = new TreeSet<>();
        for (Object panel : panels) {
            assertThat(ids.add(at(panel, "id"))).isTrue();
            int left = number(panel, "x");
            assertThat(left + number(panel, "w")).isLessThanOrEqualTo(24);
            for (int x = left; x < left + number(panel, "w"); x++) {
                for (int y = number(panel, "y"); y < number(panel, "y") + number(panel, "h"); y++) {
                    assertThat(cells.add(x + "," + y)).as(panel.toString()).isTrue();
                }
            }
            for (Object target : list(panel, "targets")) {
                assertThat(balanced(at(target, "expr").toString())).as(target.toString()).isTrue();
            }
        }
    }

    private static int number(Object panel, String key) {
        return (Integer) at(panel, "gridPos", key);
    }

    private static boolean balanced(String expression) {
        ArrayList<Integer> open = new ArrayList<>();
        for (int c : expression.chars().toArray()) {
            int kind = "([{".indexOf(c);
            int end = ")]}".indexOf(c);
            if (kind >= 0) {
                open.add(kind);
            } else if (end >= 0 && (open.isEmpty() || open.remove(open.size() - 1) != end)) {
                return false;
            }
        }
        return open.isEmpty();
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
