package dev.watchword.integration.deploy;

import static dev.watchword.integration.deploy.DeployFiles.at;
import static dev.watchword.integration.deploy.DeployFiles.documents;
import static dev.watchword.integration.deploy.DeployFiles.list;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.kafka.KafkaConnection;
import dev.watchword.job.kafka.LoopbackPorts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A broker with TLS, SASL and rights: with the topics, the users and their rights from
 * deploy/kubernetes. Whoever comes over the other listener may do everything.
 */
final class GuardedBroker implements AutoCloseable {
    private static final int ITERATIONS = 4_096;
    private static final String STORE_PASSWORD = "of-the-store";

    private final Path directory;
    private final KafkaRaftServer server;
    private final String inside;
    private final String secure;
    private final String tokens;

    private GuardedBroker(
            Path directory, KafkaRaftServer server, String inside, String secure, String tokens) {
        this.directory = directory;
        this.server = server;
        this.inside = inside;
        this.secure = secure;
        this.tokens = tokens;
    }

    /** Starts it; its files are in the directory. */
    static GuardedBroker start(Path directory) throws Exception {
        Path log = directory.resolve("log");
        format(log);
        Path store = directory.resolve("broker.p12");
        keytool(
                store,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1");
        keytool(store, "-exportcert", "-rfc", "-file", directory.resolve("ca.crt").toString());
        String inside = "127.0.0.1:" + LoopbackPorts.free();
        String secure = "127.0.0.1:" + LoopbackPorts.free();
        String tokens = "127.0.0.1:" + LoopbackPorts.free();
        Properties properties =
                properties(inside, secure, tokens, "127.0.0.1:" + LoopbackPorts.free(), store);
        properties.put("log.dirs", log.toString());
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        server.startup();
        GuardedBroker broker = new GuardedBroker(directory, server, inside, secure, tokens);
        broker.setUp();
        return broker;
    }

    private static Properties properties(
            String inside, String secure, String tokens, String controller, Path store) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@" + controller);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put(
                "listeners",
                "INSIDE://%s,SECURE://%s,TOKENS://%s,CONTROLLER://%s"
                        .formatted(inside, secure, tokens, controller));
        properties.put(
                "advertised.listeners",
                "INSIDE://%s,SECURE://%s,TOKENS://%s".formatted(inside, secure, tokens));
        properties.put(
                "listener.security.protocol.map",
                "INSIDE:PLAINTEXT,SECURE:SASL_SSL,TOKENS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("listener.name.tokens.sasl.enabled.mechanisms", "OAUTHBEARER");
        properties.put(
                "listener.name.tokens.oauthbearer.sasl.jaas.config",
                OAuthBearerLoginModule.class.getName()
                        + " required unsecuredLoginStringClaim_sub=\"broker\";");
        properties.put("inter.broker.listener.name", "INSIDE");
        properties.put("listener.name.secure.sasl.enabled.mechanisms", "SCRAM-SHA-512");
        properties.put(
                "listener.name.secure.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        properties.put("listener.name.secure.ssl.keystore.type", "PKCS12");
        properties.put("listener.name.secure.ssl.keystore.location", store.toString());
        properties.put("listener.name.secure.ssl.keystore.password", STORE_PASSWORD);
        properties.put("listener.name.secure.ssl.key.password", STORE_PASSWORD);
        properties.put("authorizer.class.name", StandardAuthorizer.class.getName());
        properties.put("super.users", "User:ANONYMOUS");
        properties.put("auto.create.topics.enable", "false");
        for (String topic : List.of("offsets.topic", "transaction.state.log")) {
            properties.put(topic + ".replication.factor", "1");
            properties.put(topic + ".num.partitions", "1");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
        return properties;
    }

    private static void format(Path log) throws Exception {
        try (PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setDirectories(List.of(log.toString()))
                    .setMetadataLogDirectory(log.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setPrintStream(nowhere)
                    .run();
        }
    }

    private static void keytool(Path store, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "broker", "-keystore", store.toString()));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
    }

    private void setUp() throws Exception {
        try (Admin admin = Admin.create(KafkaConnection.to(inside).admin())) {
            List<NewTopic> topics = new ArrayList<>();
            for (Object topic : documents("kubernetes/kafka-topics.yaml")) {
                String bytes = at(topic, "spec", "config", "max.message.bytes").toString();
                topics.add(
                        new NewTopic(at(topic, "metadata", "name").toString(), 1, (short) 1)
                                .configs(Map.of("max.message.bytes", bytes)));
            }
            admin.createTopics(topics).all().get();
            List<UserScramCredentialAlteration> logins = new ArrayList<>();
            List<AclBinding> rights = new ArrayList<>();
            for (Object user : documents("kubernetes/kafka-users.yaml")) {
                String name = at(user, "metadata", "name").toString();
                logins.add(
                        new UserScramCredentialUpsertion(
                                name,
                                new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                                password(name)));
                for (Object rule : list(user, "spec", "authorization", "acls")) {
                    for (Object operation : list(rule, "operations")) {
                        rights.add(right(name, at(rule, "resource"), operation.toString()));
                    }
                }
            }
            admin.alterUserScramCredentials(logins).all().get();
            admin.createAcls(rights).all().get();
        }
    }

    private static AclBinding right(String user, Object resource, String operation) {
        ResourceType type =
                switch (at(resource, "type").toString()) {
                    case "topic" -> ResourceType.TOPIC;
                    case "group" -> ResourceType.GROUP;
                    case "transactionalId" -> ResourceType.TRANSACTIONAL_ID;
                    default -> throw new AssertionError(resource);
                };
        PatternType pattern =
                at(resource, "patternType").equals("prefix")
                        ? PatternType.PREFIXED
                        : PatternType.LITERAL;
        AclOperation allowed =
                operation.equals("DescribeConfigs")
                        ? AclOperation.DESCRIBE_CONFIGS
                        : AclOperation.valueOf(operation.toUpperCase(Locale.ROOT));
        return new AclBinding(
                new ResourcePattern(type, at(resource, "name").toString(), pattern),
                new AccessControlEntry("User:" + user, "*", allowed, AclPermissionType.ALLOW));
    }

    private static String password(String user) {
        return "secret-of-" + user;
    }

    /** Where users with a login come in. */
    String secure() {
        return secure;
    }

    /** Over the other listener. */
    KafkaConnection everythingAllowed() {
        return KafkaConnection.to(inside);
    }

    /** A settings file with a user's login, as deploy/README.md shows it. */
    Path settings(String user) throws IOException {
        Path login =
                Files.writeString(
                        directory.resolve(user + ".jaas"),
                        "org.apache.kafka.common.security.scram.ScramLoginModule required"
                                + " username=\"%s\" password=\"%s\";\n"
                                        .formatted(user, password(user)));
        return Files.writeString(
                directory.resolve(user + ".yaml"),
                """
                kafka:
                  bootstrap: %s
                  create-topics: false
                  properties:
                    security.protocol: SASL_SSL
                    sasl.mechanism: SCRAM-SHA-512
                    sasl.jaas.config: ${file:%s}
                    ssl.truststore.type: PEM
                    ssl.truststore.location: %s
                """
                        .formatted(secure, login, directory.resolve("ca.crt")));
    }

    /** A settings file for a user who comes with a token that nobody has signed. */
    Path tokenSettings(String user) throws IOException {
        return Files.writeString(
                directory.resolve(user + "-token.yaml"),
                """
                kafka:
                  bootstrap: %s
                  create-topics: false
                  properties:
                    security.protocol: SASL_PLAINTEXT
                    sasl.mechanism: OAUTHBEARER
                    sasl.jaas.config: %s required unsecuredLoginStringClaim_sub="%s";
                """
                        .formatted(tokens, OAuthBearerLoginModule.class.getName(), user));
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
