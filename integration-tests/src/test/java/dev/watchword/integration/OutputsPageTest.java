package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.watchword.integration.rig.ConsoleClient;
import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the lines of docs/outputs.md that post answers to a webhook. */
class OutputsPageTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final Path PAGE = Path.of("..", "docs", "outputs.md");
    private static final Pattern FIRST_SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path directory;

    private static String linesOfThePage() throws IOException {
        Matcher lines = FIRST_SHELL.matcher(Files.readString(PAGE));
        assertThat(lines.find()).isTrue();
        return lines.group(1);
    }

    private static void publish(
            TopicsUnderTest topics, String queryId, Status status, String text) {
        boolean partial = status == Status.PARTIAL;
        Answer answer =
                Answer.newBuilder()
                        .setQueryId(queryId)
                        .setStream("door")
                        .setAnswerId(
                                partial
                                        ? AnswerId.ofPart(queryId, "door", 1)
                                        : AnswerId.of(queryId, "door"))
                        .setPart(partial ? 1 : null)
                        .setStatus(status)
                        .setText(text)
                        .build();
        byte[] value = RecordCodecs.of(Answer.class, RecordFormat.JSON).encode(answer);
        TopicsUnderTest.sent(topics.send(topics.names().answers(), "door", value));
    }

    @Test
    void eachAnswerIsPostedOnceAndPartsAreNot() throws Exception {
        assumeTrue(ConsoleClient.kcat(KAFKA.bootstrap()).isPresent(), "kcat is not installed");
        List<JsonNode> posted = new CopyOnWriteArrayList<>();
        AtomicInteger refusals = new AtomicInteger(1);
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    boolean refused = refusals.getAndDecrement() > 0;
                    if (!refused) {
                        posted.add(JSON.readTree(body));
                    }
                    exchange.sendResponseHeaders(refused ? 503 : 204, -1);
                    exchange.close();
                });
        server.start();
        Files.createFile(directory.resolve("sent.txt"));
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap())) {
            publish(topics, "1", Status.PARTIAL, "A");
            publish(topics, "1", Status.OK, "A \"fox\" & 'hen' $HOME \\ ça\nva");
            publish(topics, "1", Status.OK, "A \"fox\" & 'hen' $HOME \\ ça\nva");
            Process shell =
                    shell(
                            Map.of(
                                    "BROKER",
                                    topics.bootstrap(),
                                    "TOPIC",
                                    topics.names().answers(),
                                    "WEBHOOK",
                                    "http://127.0.0.1:" + server.getAddress().getPort() + "/"));
            try {
                publish(topics, "2", Status.REJECTED, "");
                Eventually.until("two answers are posted", () -> posted.size() >= 2);
                publish(topics, "1", Status.OK, "again");
                publish(topics, "3", Status.OK, "last");
                Eventually.until("the last answer is posted", () -> posted.size() >= 3);

                assertThat(posted)
                        .extracting(answer -> answer.path("query_id").asText())
                        .containsExactly("1", "2", "3");
                assertThat(posted.get(0).path("text").asText())
                        .isEqualTo("A \"fox\" & 'hen' $HOME \\ ça\nva");
            } finally {
                shell.descendants().forEach(ProcessHandle::destroy);
                shell.destroy();
                assertThat(shell.waitFor(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            server.stop(0);
        }
    }

    private Process shell(Map<String, String> variables) throws IOException {
        Path script = directory.resolve("webhook.sh");
        Files.writeString(script, linesOfThePage(), StandardCharsets.UTF_8);
        ProcessBuilder builder =
                new ProcessBuilder("bash", script.toString())
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("output.txt").toFile());
        builder.environment().putAll(variables);
        return builder.start();
    }
}
