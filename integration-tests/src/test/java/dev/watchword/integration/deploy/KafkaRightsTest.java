package dev.watchword.integration.deploy;

import static dev.watchword.integration.deploy.DeployFiles.at;
import static dev.watchword.integration.deploy.DeployFiles.documents;
import static dev.watchword.integration.deploy.DeployFiles.list;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.kafka.Topics;
import dev.watchword.job.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts for Kafka's own tools and the resources for Strimzi say the same. */
class KafkaRightsTest {
    private static final Set<String> OPERATIONS =
            Set.of("Read", "Write", "Create", "Describe", "DescribeConfigs");

    /** A right to one of these holds the right to describe. */
    private static final Set<String> THAT_DESCRIBE = Set.of("Read", "Write", "Create");

    @TempDir private Path directory;

    @Test
    void theTopicsAreMadeAlike() throws Exception {
        Map<String, Map<String, String>> script = new TreeMap<>();
        for (List<String> call : calls("kafka-topics.sh", "create-topics.sh")) {
            assertThat(value(call, "--partitions")).isEqualTo("4");
            Map<String, String> config = new TreeMap<>();
            for (String setting : values(call, "--config")) {
                config.put(setting.split("=")[0], setting.split("=")[1]);
            }
            script.put(value(call, "--topic"), config);
        }
        Map<String, Map<String, String>> strimzi = new TreeMap<>();
        for (Object topic : documents("kubernetes/kafka-topics.yaml")) {
            assertThat(at(topic, "apiVersion")).isEqualTo("kafka.strimzi.io/v1");
            assertThat(DeployFiles.keys(topic, "spec"))
                    .containsExactlyInAnyOrder("partitions", "replicas", "config");
            assertThat(at(topic, "spec", "partitions")).isEqualTo(4);
            Map<String, String> config = new TreeMap<>();
            ((Map<?, ?>) at(topic, "spec", "config"))
                    .forEach((key, value) -> config.put(key.toString(), value.toString()));
            // Of use where a partition has copies.
            config.remove("min.insync.replicas");
            strimzi.put(at(topic, "metadata", "name").toString(), config);
        }

        assertThat(script).isEqualTo(strimzi);
        assertThat(script.keySet()).containsExactlyInAnyOrderElementsOf(Topics.defaults().names());
        int record = Settings.defaults().kafka().maxRecordSize().toIntBytes();
        script.forEach(
                (topic, config) ->
                        assertThat(config)
                                .containsEntry(
                                        "max.message.bytes",
                                        Integer.toString(
                                                topic.equals(Topics.defaults().deadLetters())
                                                        ? Topics.deadLetterBytes(record)
                                                        : record)));
    }

    @Test
    void theRightsAreGivenAlike() throws Exception {
        Map<String, Set<String>> script = new TreeMap<>();
        for (List<String> call : calls("kafka-acls.sh", "create-acls.sh")) {
            String user = value(call, "--allow-principal").replace("User:", "");
            boolean prefix = call.contains("prefixed");
            for (String kind : List.of("topic", "group", "transactional-id")) {
                for (String name : values(call, "--" + kind)) {
                    script.computeIfAbsent(user, key -> new TreeSet<>())
                            .addAll(rights(kind, name, prefix, values(call, "--operation")));
                }
            }
        }
        Map<String, Set<String>> strimzi = new TreeMap<>();
        for (Object user : documents("kubernetes/kafka-users.yaml")) {
            assertThat(at(user, "apiVersion")).isEqualTo("kafka.strimzi.io/v1");
            Set<String> rights = new TreeSet<>();
            for (Object rule : list(user, "spec", "authorization", "acls")) {
                assertThat(DeployFiles.keys(rule))
                        .containsExactlyInAnyOrder("resource", "operations");
                List<String> operations =
                        list(rule, "operations").stream().map(Object::toString).toList();
                assertThat(OPERATIONS).containsAll(operations);
                rights.addAll(
                        rights(
                                at(rule, "resource", "type").toString(),
                                at(rule, "resource", "name").toString(),
                                at(rule, "resource", "patternType").equals("prefix"),
                                operations));
            }
            strimzi.put(at(user, "metadata", "name").toString(), rights);
        }

        assertThat(script).isEqualTo(strimzi);
    }

    private static Set<String> rights(
            String kind, String name, boolean prefix, List<String> operations) {
        Set<String> rights = new TreeSet<>();
        String on = " %s %s%s".formatted(kind.replace("-", ""), name, prefix ? "*" : "");
        for (String operation : operations) {
            rights.add(operation + on.toLowerCase(Locale.ROOT));
            if (THAT_DESCRIBE.contains(operation)) {
                rights.add("Describe" + on.toLowerCase(Locale.ROOT));
            }
        }
        return rights;
    }

    private static String value(List<String> call, String flag) {
        return values(call, flag).get(0);
    }

    private static List<String> values(List<String> call, String flag) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i + 1 < call.size(); i++) {
            if (call.get(i).equals(flag)) {
                values.add(call.get(i + 1));
            }
        }
        return values;
    }

    /** Runs a script with a tool in the place of Kafka's that writes down how it was called. */
    private List<List<String>> calls(String tool, String script) throws Exception {
        Path log = directory.resolve(script + ".log");
        Path stub = directory.resolve(tool);
        Files.writeString(stub, "#!/usr/bin/env bash\necho \"$*\" >> '%s'\n".formatted(log));
        assertThat(stub.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder =
                new ProcessBuilder(
                                "bash",
                                DeployFiles.FOLDER.resolve("kafka").resolve(script).toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("printed").toFile());
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("KAFKA_BIN", directory.toString());
        environment.put("COMMAND_CONFIG", "login.properties");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(directory.resolve("printed"))).isZero();
        List<List<String>> calls =
                Files.readAllLines(log).stream().map(line -> List.of(line.split(" "))).toList();
        assertThat(calls)
                .isNotEmpty()
                .allSatisfy(
                        call ->
                                assertThat(call)
                                        .containsSubsequence(
                                                "--bootstrap-server",
                                                "kafka:9092",
                                                "--command-config",
                                                "login.properties"));
        return calls;
    }
}
