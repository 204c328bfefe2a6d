package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.watchword.integration.rig.ConsoleClient;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.DeadLetter;
import dev.watchword.schemas.Status;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People with a console who know nothing of Avro. */
class ConsoleClientTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final JsonMapper JSON = new JsonMapper();

    private static TopicsUnderTest topics;
    private static JobUnderTest job;

    @BeforeAll
    static void start() throws InterruptedException {
        topics = new TopicsUnderTest(KAFKA.bootstrap());
        job = JobUnderTest.start(topics, TestModel.TINY, "kafka.answers-format=json");
        topics.publish("door", 1, 3);
        topics.awaitRemembered("door", 3);
    }

    @AfterAll
    static void stop() {
        job.close();
        topics.close();
    }

    @Test
    void aJsonQuestionOfAStringClientGetsAJsonAnswer() throws Exception {
        assertGetsAJsonAnswer(ConsoleClient.plain(topics.bootstrap()), "string-1");
    }

    @Test
    void aJsonQuestionOfKcatGetsAJsonAnswer() throws Exception {
        Optional<ConsoleClient> kcat = ConsoleClient.kcat(topics.bootstrap());
        System.out.println(
                kcat.isPresent()
                        ? "Asking with kcat"
                        : "No kcat here: asking with a string client");
        assertGetsAJsonAnswer(kcat.orElse(ConsoleClient.plain(topics.bootstrap())), "kcat-1");
    }

    private static void assertGetsAJsonAnswer(ConsoleClient client, String queryId)
            throws Exception {
        client.put(
                topics.names().queries(),
                "door",
                """
                {"query_id":"%s","stream":"door","text":"Who is there? Ça va?","max_tokens":5,"scope":{"last_frames":2}}"""
                        .formatted(queryId));
        topics.answers().await(queryId, answer -> answer.getQueryId().equals(queryId));

        String line =
                client.read(topics.names().answers()).stream()
                        .filter(value -> value.contains(queryId))
                        .findFirst()
                        .orElseThrow();
        JsonNode answer = JSON.readTree(line);
        assertThat(answer.path("query_id").asText()).isEqualTo(queryId);
        assertThat(answer.path("stream").asText()).isEqualTo("door");
        assertThat(answer.path("status").asText()).isEqualTo("TRUNCATED");
        assertThat(answer.path("reason").asText()).contains("5 tokens");
        assertThat(answer.path("text").asText()).isNotEmpty();
        assertThat(answer.path("frames").path("count").asLong()).isEqualTo(2);
        assertThat(answer.path("frames").path("last_captured_at").asText())
                .isEqualTo(TopicsUnderTest.capturedAt(3).toString());
    }

    @Test
    void aSlipInAJsonQuestionIsRefusedAndADeadLetter() throws Exception {
        ConsoleClient.plain(topics.bootstrap())
                .put(
                        topics.names().queries(),
                        "door",
                        "{\"query_id\":\"slip-1\",\"stream\":\"door\",\"txt\":\"Who?\"}");

        Answer refusal =
                topics.answers()
                        .await("the refusal", answer -> answer.getQueryId().equals("slip-1"));
        assertThat(refusal.getStatus()).isEqualTo(Status.REJECTED);
        assertThat(refusal.getReason()).contains("txt");
        DeadLetter letter =
                topics.deadLetters().await("the slip", found -> found.getReason().contains("txt"));
        assertThat(letter.getTopic()).isEqualTo(topics.names().queries());
        assertThat(letter.getStream()).contains("door");
    }
}
