package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.watchword.integration.rig.Checkpoints;
import dev.watchword.integration.rig.DirectModel;
import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.FaultyEngine;
import dev.watchword.integration.rig.FaultyJob;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TestPictures;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.Evidence;
import dev.watchword.schemas.FusionKind;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.Status;
import dev.watchword.schemas.StreamFrames;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Questions about several streams: named by patterns, and answered from all of them together. */
class CombinedQuestionsTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final String QUESTION = "Where is the gate open?";
    private static final int TOKENS = 16;

    /** A model that is not trained may never come to an end. */
    private static final List<Status> WITH_TEXT = List.of(Status.OK, Status.TRUNCATED);

    private static TopicsUnderTest topics;
    private static FaultyJob job;
    private static DirectModel direct;

    @BeforeAll
    static void start() throws Exception {
        topics = new TopicsUnderTest(KAFKA.bootstrap());
        job =
                FaultyJob.start(
                        JobUnderTest.settings(
                                topics,
                                "engine.max-tokens=" + TOKENS,
                                "engine.combine-wait=10 min",
                                "engine.partial-interval=0 s"),
                        TestModel.TINY);
        direct = new DirectModel(TestModel.TINY);
        remember("yard-2", 2);
        remember("yard-1", 3);
        remember("gate", 4);
    }

    @AfterAll
    static void stop() {
        direct.close();
        job.close();
        topics.close();
    }

    /** Publishes frames of a stream; returns when the job remembers them and knows the stream. */
    private static void remember(String stream, long frames) {
        topics.publish(stream, 1, frames);
        topics.awaitRemembered(stream, frames);
        topics.awaitKnown(stream);
    }

    private static Query.Builder named(String... streams) {
        return topics.question("", QUESTION).setStreams(List.of(streams));
    }

    private static Query.Builder together(String... streams) {
        return named(streams).setCombine(true);
    }

    private static List<byte[]> pictures(String stream, long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(sequence -> TestPictures.of(stream, sequence))
                .toList();
    }

    /** What the model says of the frames that an answer names. */
    private static String directly(Answer answer) {
        Map<String, List<byte[]>> streams = new LinkedHashMap<>();
        for (StreamFrames frames : answer.getStreams()) {
            if (frames.getCount() > 0) {
                long last = frames.getLastSequence().orElseThrow();
                long first = frames.getFirstSequence().orElseThrow();
                assertThat(last - first + 1).isEqualTo(frames.getCount());
                streams.put(frames.getStream(), pictures(frames.getStream(), first, last));
            }
        }
        return direct.answerTogether(streams, QUESTION, TOKENS);
    }

    private static List<Answer> answersTo(Query query) {
        return topics.answers().all().stream()
                .filter(answer -> answer.getQueryId().equals(query.getQueryId()))
                .toList();
    }

    @Test
    void aPatternIsAnsweredByEachStreamThatMatches() {
        Query query = topics.ask(named("yard-*"));
        for (String stream : List.of("yard-1", "yard-2")) {
            Answer answer = topics.answer(query, stream);
            long frames = stream.equals("yard-1") ? 3 : 2;
            assertThat(answer.getFrames().getCount()).isEqualTo(frames);
            assertThat(answer.getText())
                    .isEqualTo(
                            direct.answer(pictures(stream, 1, frames).stream(), QUESTION, TOKENS));
        }
        assertThat(answersTo(query)).hasSize(2);
    }

    @Test
    void aPatternThatNoStreamMatchesIsRefusedWithTheStreamsThatThereAre() {
        Query query = topics.ask(named("attic-*"));
        Answer answer = topics.answer(query, "attic-*");

        assertThat(answer.getStatus()).isEqualTo(Status.REJECTED);
        assertThat(answer.getReason()).contains("No stream matches attic-*.", "gate");
        assertThat(answer.getAnswerId()).isEqualTo(AnswerId.of(query.getQueryId(), "attic-*"));
    }

    @Test
    void aQuestionIsCancelledOnEachStreamThatAPatternMeans() {
        Query standing =
                topics.ask(
                        topics.question("yard-1", QUESTION)
                                .setMode(QueryMode.STANDING)
                                .setStanding(Standing.newBuilder().setEveryFrames(1_000L).build()));
        topics.answer(standing, "yard-1");
        Query cancel = topics.ask(topics.question("yard-*", "").setCancel(standing.getQueryId()));

        assertThat(topics.answer(cancel, "yard-1").getStatus()).isEqualTo(Status.OK);
        assertThat(topics.answer(cancel, "yard-2").getStatus()).isEqualTo(Status.REJECTED);
        assertThat(answersTo(standing))
                .extracting(Answer::getStatus)
                .containsExactly(Status.OK, Status.CANCELLED);
    }

    @Test
    void oneAnswerComesFromAllStreamsTogether() {
        Query query = topics.ask(together("gate", "yard-*", "nowhere"));
        Answer answer = topics.answer(query, "gate,yard-*,nowhere");

        assertThat(answer.getStatus()).isIn(WITH_TEXT);
        assertThat(answer.getStreams())
                .extracting(
                        StreamFrames::getStream, StreamFrames::getCount, StreamFrames::getMissing)
                .containsExactly(
                        tuple("gate", 4L, ""),
                        tuple("yard-1", 3L, ""),
                        tuple("yard-2", 2L, ""),
                        tuple("nowhere", 0L, "No frame has come yet."));
        assertThat(answer.getText()).isEqualTo(directly(answer)).isNotEmpty();
        assertThat(answer.getFrames().getCount()).isEqualTo(9);
        assertThat(answer.getFusion().orElseThrow().getKind()).isEqualTo(FusionKind.EXACT);
        assertThat(answer.getFusion().orElseThrow().getFrames()).isEqualTo(9);
        assertThat(answer.getEvidence())
                .isNotEmpty()
                .extracting(Evidence::getStream)
                .isSubsetOf("gate", "yard-1", "yard-2");
        assertThat(answersTo(query)).hasSize(1);
    }

    @Test
    void theScopeIsOfEachStream() {
        Query query =
                topics.ask(
                        together("yard-2", "gate")
                                .setScope(Scope.newBuilder().setLastFrames(1L).build()));
        Answer answer = topics.answer(query, "yard-2,gate");

        assertThat(answer.getStreams())
                .extracting(StreamFrames::getStream, each -> each.getFirstSequence().orElseThrow())
                .containsExactly(tuple("yard-2", 2L), tuple("gate", 4L));
        assertThat(answer.getText()).isEqualTo(directly(answer));
    }

    @Test
    void itIsSentInPartsAndThenWhole() {
        Query query = topics.ask(together("gate", "yard-2").setPartial(true));
        Answer whole = topics.answer(query, "gate,yard-2");

        assertThat(whole.getText()).isEqualTo(directly(whole));
        assertThat(whole.getAnswerId()).isEqualTo(AnswerId.of(query.getQueryId(), "gate,yard-2"));
        List<Answer> parts =
                answersTo(query).stream()
                        .filter(answer -> answer.getStatus() == Status.PARTIAL)
                        .toList();
        assertThat(parts).isNotEmpty();
        for (int i = 0; i < parts.size(); i++) {
            assertThat(parts.get(i).getPart()).contains(i + 1);
            assertThat(parts.get(i).getStream()).isEqualTo("gate,yard-2");
            assertThat(whole.getText()).startsWith(parts.get(i).getText());
        }
    }

    @Test
    void asOfAMomentEachStreamIsSeenUpToIt() {
        remember("tower-1", 2);
        remember("tower-2", 5);
        Query late =
                topics.ask(
                        together("tower-*")
                                .setAsOf(TopicsUnderTest.capturedAt(4))
                                .setDeadline(Instant.now().plusSeconds(1)));
        assertThat(topics.answer(late, "tower-*").getStatus()).isEqualTo(Status.EXPIRED);
        assertThat(topics.answer(late, "tower-*").getStreams().get(0).getMissing())
                .contains(TopicsUnderTest.capturedAt(4).toString());
        Query query = topics.ask(together("tower-*").setAsOf(TopicsUnderTest.capturedAt(3)));
        topics.publish("tower-1", 3, 5);
        Answer answer = topics.answer(query, "tower-*");

        assertThat(answer.getStatus()).isIn(WITH_TEXT);
        assertThat(answer.getStreams())
                .extracting(StreamFrames::getStream, StreamFrames::getCount)
                .containsExactly(tuple("tower-1", 3L), tuple("tower-2", 3L));
        assertThat(answer.getText()).isEqualTo(directly(answer));
    }

    @Test
    void aSingleStreamMayBeAskedSo() {
        Answer answer = topics.askAndAwait(topics.question("gate", QUESTION).setCombine(true));

        assertThat(answer.getStreams()).hasSize(1);
        assertThat(answer.getText()).isEqualTo(directly(answer));
    }

    @Test
    void withoutFramesOrMatchItSaysSo() {
        Query none = topics.ask(together("nowhere", "nobody"));
        Query unmatched = topics.ask(together("attic-*"));

        assertThat(topics.answer(none, "nowhere,nobody").getStatus()).isEqualTo(Status.NO_FRAMES);
        assertThat(topics.answer(unmatched, "attic-*").getStatus()).isEqualTo(Status.REJECTED);
    }

    @Test
    void aRestartInTheWaitLosesNothingAndAnswersOnce() throws Exception {
        FaultyEngine engine = job.engine();
        remember("dock-1", 2);
        remember("dock-2", 2);
        new Checkpoints(topics.checkpointDirectory()).awaitAnother();
        engine.holdAnswers();
        Query held = topics.ask(together("dock-*"));
        Eventually.until("the question is with the engine", () -> engine.questionsTaken() > 0);
        engine.delayFrames(Duration.ofSeconds(2));
        topics.publish("dock-2", 3, 3);
        Query waiting = topics.ask(together("dock-*", "gate"));
        engine.failAtNextFrame();
        topics.publish("dock-1", 3, 3);
        Eventually.until("the engine failed", engine::hasFailed);
        engine.delayFrames(Duration.ZERO);
        engine.releaseAnswers();

        for (Query query : List.of(held, waiting)) {
            String name = query == held ? "dock-*" : "dock-*,gate";
            Answer answer = topics.answer(query, name);
            assertThat(answer.getStatus()).isIn(WITH_TEXT);
            assertThat(answer.getText()).isEqualTo(directly(answer));
            assertThat(answersTo(query))
                    .extracting(Answer::getAnswerId)
                    .containsOnly(AnswerId.of(query.getQueryId(), name));
        }
    }
}
