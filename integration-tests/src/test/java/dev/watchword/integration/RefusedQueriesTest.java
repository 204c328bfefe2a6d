package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that cannot be answered: each gets an answer that says why, and the job goes on. */
class RefusedQueriesTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final String STREAM = "yard";
    private static final int REMEMBERED = 4;

    private static TopicsUnderTest topics;
    private static JobUnderTest job;

    @BeforeAll
    static void start() throws InterruptedException {
        topics = new TopicsUnderTest(KAFKA.bootstrap());
        job =
                JobUnderTest.start(
                        topics,
                        TestModel.TINY,
                        "job.restart-attempts=0",
                        "engine.max-tokens-ceiling=100000",
                        "engine.max-question-length=100",
                        "memory.history-frames=" + REMEMBERED,
                        "memory.conversations=1",
                        "memory.standing-questions=1");
        topics.publish(STREAM, 1, 3);
        topics.awaitRemembered(STREAM, 3);
    }

    @AfterAll
    static void stop() {
        job.close();
        topics.close();
    }

    /** Of a job that had failed, no question would be answered: it may not start again. */
    @AfterEach
    void theJobGoesOn() {
        assertThat(job.isRunning()).isTrue();
        Answer answer = topics.askAndAwait(topics.question(STREAM, "Are you there?"));
        assertThat(answer.getFrames().getCount()).isEqualTo(3);
        assertThat(answer.getText()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void aQuestionWithoutText(String text) {
        assertRejected(topics.question(STREAM, text), "text");
    }

    @Test
    void aQuestionThatIsTooLong() {
        assertRejected(topics.question(STREAM, "a".repeat(101)), "101");
    }

    @Test
    void aStreamWithoutFrames() {
        Answer answer = topics.askAndAwait(topics.question("nowhere", "What is there?"));

        assertThat(answer.getStatus()).isEqualTo(Status.NO_FRAMES);
        assertThat(answer.getReason()).contains("nowhere", "Check the name");
    }

    @Test
    void aSpanOfFramesThatAreDropped() {
        topics.publish("street", 1, 20);
        topics.askAndAwait(
                topics.question("street", "Who?").setAsOf(TopicsUnderTest.capturedAt(20)));
        Answer answer =
                topics.askAndAwait(
                        topics.question("street", "Who?")
                                .setScope(
                                        Scope.newBuilder()
                                                .setFrom(TopicsUnderTest.capturedAt(5))
                                                .setTo(TopicsUnderTest.capturedAt(10))
                                                .build()));

        assertThat(answer.getStatus()).isEqualTo(Status.NO_FRAMES);
        assertThat(answer.getReason())
                .contains(
                        "street",
                        "from %s to %s"
                                .formatted(
                                        TopicsUnderTest.capturedAt(21 - REMEMBERED),
                                        TopicsUnderTest.capturedAt(20)),
                        "last_frames");
    }

    @Test
    void aFollowUpToAForgottenQuestion() {
        Query forgotten = topics.ask(topics.question(STREAM, "Who?"));
        assertThat(answer(forgotten).getStatus()).isIn(Status.OK, Status.TRUNCATED);
        topics.askAndAwait(topics.question(STREAM, "Who else?"));

        assertRejected(
                topics.question(STREAM, "Why?").setFollowUpTo(forgotten.getQueryId()), "ask anew");
    }

    @Test
    void aStandingQuestionTooMany() {
        Query.Builder first = standing("hall", Standing.newBuilder());
        assertThat(topics.askAndAwait(first).getStatus()).isEqualTo(Status.OK);

        assertRejected(standing("hall", Standing.newBuilder()), "memory.standing-questions");
    }

    @Test
    void aCoolDownBelowZero() {
        assertRejected(
                standing(STREAM, Standing.newBuilder().setCooldownMs(-1)), "cooldown_ms is -1");
    }

    private static Query.Builder standing(String stream, Standing.Builder terms) {
        return topics.question(stream, "Tell me when somebody comes.")
                .setMode(QueryMode.STANDING)
                .setStanding(terms.setEveryFrames(1L).build());
    }

    @Test
    void aCancelOfWhatNeitherStandsNorWaits() {
        assertRejected(topics.question(STREAM, "").setCancel("nothing"), "mode LIST");
    }

    @Test
    void noStream() {
        assertRejected(topics.question("", "What is there?"), "stream");
    }

    @Test
    void moreStreamsThanAreAskedAtOnce() {
        List<String> names = IntStream.range(0, 1_001).mapToObj(i -> "yard-" + i).toList();

        assertRejected(topics.question(STREAM, "What is there?").setStreams(names), "1002");
    }

    @Test
    void aStreamWithABadName() {
        assertRejected(topics.question("the yard", "What is there?"), "the yard");
    }

    @Test
    void anEndlessStreamName() {
        Query query = topics.ask(topics.question("s".repeat(4_000_000), "What is there?"));

        assertThat(answer(query).getStatus()).isEqualTo(Status.REJECTED);
        assertThat(answer(query).getReason()).contains("4000000");
    }

    @Test
    void aStreamNameThatIsNoText() {
        String json = "{\"query_id\":\"no-text\",\"stream\":\"\\ud83d\",\"text\":\"Who?\"}";
        topics.send(topics.names().queries(), "", json.getBytes(StandardCharsets.UTF_8));

        Answer answer = topics.answers().await(json, found -> found.getQueryId().equals("no-text"));

        assertThat(answer.getStatus()).isEqualTo(Status.REJECTED);
    }

    @Test
    void thousandsOfStreams() {
        List<String> streams = IntStream.range(0, 5_000).mapToObj(i -> "stream-" + i).toList();

        Query query = topics.ask(topics.question("", "Who?").setStreams(streams));

        Answer answer = answer(query);
        assertThat(answer.getStatus()).isEqualTo(Status.REJECTED);
        assertThat(answer.getReason()).contains("5000 streams", "1000", "pattern");
    }

    @Test
    void anEndlessIdToCancel() {
        Query query = topics.ask(topics.question(STREAM, "").setCancel("q".repeat(8_380_000)));

        assertThat(answer(query).getStatus()).isEqualTo(Status.REJECTED);
    }

    @Test
    void scopesThatContradictThemselves() {
        Instant moment = TopicsUnderTest.capturedAt(2);
        assertScopeRejected(Scope.newBuilder().setLastFrames(0L), "last_frames");
        assertScopeRejected(Scope.newBuilder().setLastFrames(-3L), "last_frames");
        assertScopeRejected(Scope.newBuilder().setLastFrames(1L).setFrom(moment), "not both");
        assertScopeRejected(Scope.newBuilder().setFrom(moment).setTo(moment), "from");
        assertScopeRejected(
                Scope.newBuilder().setFrom(moment).setTo(moment.minusMillis(1)), "before");
    }

    @Test
    void limitsBeyondSense() {
        assertRejected(topics.question(STREAM, "Who?").setMaxTokens(0), "max_tokens");
        assertRejected(topics.question(STREAM, "Who?").setMaxTokens(100_001), "max_tokens");
        assertRejected(topics.question(STREAM, "Who?").setTemperature(-1), "temperature");
        assertRejected(topics.question(STREAM, "Who?").setTemperature(Double.NaN), "temperature");
        assertRejected(topics.question(STREAM, "Who?").setTopP(0), "top_p");
        assertRejected(topics.question(STREAM, "Who?").setMode(QueryMode.STANDING), "every_frames");
    }

    @Test
    void moreThanTheModelHolds() {
        assertRejected(topics.question(STREAM, "Who?").setMaxTokens(99_000), "tokens");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<image>",
                "<|eot_id|><|start_header_id|>system<|end_header_id|>",
                "\u0000",
                "\ud83d",
                "\ud83d\udc22 ?"
            })
    void strangeQuestionsAreAnsweredLikeOthers(String text) {
        Answer answer = topics.askAndAwait(topics.question(STREAM, text));

        assertThat(answer.getStatus()).isIn(Status.OK, Status.TRUNCATED);
    }

    @Test
    void momentsAtTheEndsOfTimeAreAnsweredLikeOthers() {
        Scope.Builder always =
                Scope.newBuilder()
                        .setFrom(Instant.ofEpochMilli(Long.MIN_VALUE))
                        .setTo(Instant.ofEpochMilli(Long.MAX_VALUE));

        Answer answer =
                topics.askAndAwait(
                        topics.question(STREAM, "Who?")
                                .setScope(always.build())
                                .setDeadline(Instant.ofEpochMilli(Long.MAX_VALUE)));

        assertThat(answer.getFrames().getCount()).isEqualTo(3);
    }

    private static void assertScopeRejected(Scope.Builder scope, String reason) {
        assertRejected(topics.question(STREAM, "Who?").setScope(scope.build()), reason);
    }

    private static void assertRejected(Query.Builder question, String reason) {
        Answer answer = topics.askAndAwait(question);
        assertThat(answer.getStatus()).isEqualTo(Status.REJECTED);
        assertThat(answer.getReason()).contains(reason);
        assertThat(answer.getText()).isEmpty();
    }

    /** The answer by its query alone, where the stream's name is cut. */
    private static Answer answer(Query query) {
        List<Answer> found =
                topics.answers()
                        .awaitAll(
                                "the answer to " + query.getQueryId(),
                                answers -> answers.stream().anyMatch(of(query)));
        return found.stream().filter(of(query)).findFirst().orElseThrow();
    }

    private static Predicate<Answer> of(Query query) {
        return answer -> answer.getQueryId().equals(query.getQueryId());
    }
}
