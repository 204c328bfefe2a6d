package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.DirectModel;
import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.FaultyJob;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TestPictures;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.Status;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a query may ask for besides its question: a scope, a deadline, the end of another query. */
class QueryTermsTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final String STREAM = "lane";
    private static final String QUESTION = "Is the lane free?";
    private static final int FRAMES = 10;
    private static final int TOKENS = 24;

    private static TopicsUnderTest topics;
    private static FaultyJob job;
    private static DirectModel direct;

    @BeforeAll
    static void start() throws Exception {
        topics = new TopicsUnderTest(KAFKA.bootstrap());
        job =
                FaultyJob.start(
                        JobUnderTest.settings(topics, "engine.answers-at-once=1"), TestModel.TINY);
        direct = new DirectModel(TestModel.TINY);
        topics.publish(STREAM, 1, FRAMES);
        topics.awaitRemembered(STREAM, FRAMES);
    }

    @AfterAll
    static void stop() {
        direct.close();
        job.close();
        topics.close();
    }

    @Test
    void aScopeOfTheLastFramesIsAnsweredFromThoseOnly() {
        Answer answer = askIn(Scope.newBuilder().setLastFrames(3L));

        assertIsAbout(answer, 8, 10);
    }

    @Test
    void aScopeOfMoreFramesThanThereAreIsAnsweredFromAll() {
        Answer answer = askIn(Scope.newBuilder().setLastFrames(1_000_000L));

        assertIsAbout(answer, 1, 10);
    }

    @Test
    void aSpanIsAnsweredFromItsBeginningOnAndUpToBeforeItsEnd() {
        Answer middle =
                askIn(
                        Scope.newBuilder()
                                .setFrom(TopicsUnderTest.capturedAt(4))
                                .setTo(TopicsUnderTest.capturedAt(7)));
        Answer later = askIn(Scope.newBuilder().setFrom(TopicsUnderTest.capturedAt(9)));
        Answer earlier = askIn(Scope.newBuilder().setTo(TopicsUnderTest.capturedAt(3)));

        assertIsAbout(middle, 4, 6);
        assertIsAbout(later, 9, 10);
        assertIsAbout(earlier, 1, 2);
    }

    @Test
    void aSpanWithoutFramesSaysSo() {
        Answer answer = askIn(Scope.newBuilder().setFrom(TopicsUnderTest.capturedAt(11)));

        assertThat(answer.getStatus()).isEqualTo(Status.NO_FRAMES);
        assertThat(answer.getReason()).contains(STREAM).contains("scope");
        assertThat(answer.getFrames().getCount()).isZero();
    }

    @Test
    void aQuestionIsCancelledWhileItIsAnsweredAndWhileItWaits() {
        job.engine().holdAnswers();
        Query running = topics.ask(topics.question(STREAM, QUESTION));
        Query waiting = topics.ask(topics.question(STREAM, QUESTION));
        Eventually.until("one is with the engine", () -> job.engine().questionsTaken() == 1);
        Query cancelWaiting = topics.ask(cancelOf(waiting));
        Query cancelRunning = topics.ask(cancelOf(running));

        assertThat(topics.answer(waiting).getStatus()).isEqualTo(Status.CANCELLED);
        assertThat(topics.answer(cancelWaiting).getStatus()).isEqualTo(Status.OK);
        Answer cancelled = topics.answer(running);
        assertThat(cancelled.getStatus()).isEqualTo(Status.CANCELLED);
        assertThat(cancelled.getReason()).contains(cancelRunning.getQueryId());
        assertThat(cancelled.getText()).isEmpty();
        assertThat(topics.answer(cancelRunning).getStatus()).isEqualTo(Status.OK);
        job.engine().releaseAnswers();
        assertIsAbout(askIn(Scope.newBuilder()), 1, FRAMES);
    }

    @Test
    void aStandingQuestionThatIsCancelledReachesTheEngineNoMore() {
        String gate = "gate";
        int before = job.engine().questionsTaken();
        Query standing =
                topics.ask(
                        topics.question(gate, QUESTION)
                                .setMode(QueryMode.STANDING)
                                .setStanding(Standing.newBuilder().setEveryFrames(1L).build()));
        topics.publish(gate, 1, 2);
        Eventually.until("it is evaluated", () -> job.engine().questionsTaken() > before);
        Answer cancelled =
                topics.askAndAwait(topics.question(gate, "").setCancel(standing.getQueryId()));
        assertThat(cancelled.getStatus()).isEqualTo(Status.OK);
        int taken = job.engine().questionsTaken();
        topics.publish(gate, 3, 6);
        topics.askAndAwait(topics.question(gate, QUESTION).setAsOf(TopicsUnderTest.capturedAt(6)));

        assertThat(job.engine().questionsTaken()).isEqualTo(taken + 1);
    }

    @Test
    void cancellingWhatDoesNotWaitIsRefused() {
        Query done = topics.ask(topics.question(STREAM, QUESTION));
        topics.answer(done);

        Answer refusal = topics.askAndAwait(cancelOf(done));

        assertThat(refusal.getStatus()).isEqualTo(Status.REJECTED);
        assertThat(refusal.getReason()).contains(done.getQueryId());
    }

    @Test
    void aQuestionPastItsDeadlineIsExpired() {
        Answer answer =
                topics.askAndAwait(
                        topics.question(STREAM, QUESTION)
                                .setDeadline(Instant.now().minusSeconds(1)));

        assertThat(answer.getStatus()).isEqualTo(Status.EXPIRED);
        assertThat(answer.getReason()).contains("deadline");
    }

    @Test
    void anAnswerThatIsNotReadyAtItsDeadlineIsExpired() {
        job.engine().holdAnswers();
        Instant deadline = Instant.now().plusSeconds(1);
        Query late = topics.ask(topics.question(STREAM, QUESTION).setDeadline(deadline));
        Query later = topics.ask(topics.question(STREAM, QUESTION).setDeadline(deadline));
        Query patient = topics.ask(topics.question(STREAM, QUESTION));
        Eventually.until("the deadline is past", () -> Instant.now().isAfter(deadline));
        job.engine().releaseAnswers();

        for (Query query : List.of(late, later)) {
            Answer answer = topics.answer(query);
            assertThat(answer.getStatus()).isEqualTo(Status.EXPIRED);
            assertThat(answer.getText()).isEmpty();
        }
        assertIsAbout(topics.answer(patient), 1, FRAMES);
    }

    private static Query.Builder cancelOf(Query query) {
        return topics.question(STREAM, "").setCancel(query.getQueryId());
    }

    private static Answer askIn(Scope.Builder scope) {
        return topics.askAndAwait(topics.question(STREAM, QUESTION).setScope(scope.build()));
    }

    private static void assertIsAbout(Answer answer, long first, long last) {
        assertThat(answer.getFrames().getCount()).isEqualTo(last - first + 1);
        assertThat(answer.getFrames().getFirstSequence()).contains(first);
        assertThat(answer.getFrames().getLastSequence()).contains(last);
        assertThat(answer.getText()).isEqualTo(textOf(first, last));
    }

    private static String textOf(long first, long last) {
        return direct.answer(
                LongStream.rangeClosed(first, last).mapToObj(n -> TestPictures.of(STREAM, n)),
                QUESTION,
                TOKENS);
    }
}
