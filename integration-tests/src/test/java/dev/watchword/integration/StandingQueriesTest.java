package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.watchword.integration.rig.Checkpoints;
import dev.watchword.integration.rig.Eventually;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.questions.Fact;
import dev.watchword.job.questions.Verdict;
import dev.watchword.job.questions.Wish;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.job.yard.YardPainter;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.ListedQuery;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Report;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The bundled model waits for a parcel in a drawn yard. Frames come one by one, so that the question
 * is evaluated at each; a frame's sequence is its second.
 */
class StandingQueriesTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    /** Of a yard about which the bundled model is right; its card says how often it is. */
    private static final long SEED = 22;

    private static final int SECONDS = 300;
    private static final int FIRST = 15;

    /** The first second at which the parcel lies there. */
    private static final int COMES = 21;

    private static final int END = 26;

    /** So many frames late it may be noticed. */
    private static final int FEW = 2;

    private static final String STREAM = "yard";
    private static final Yard YARD = ScriptedYard.of(SEED, SECONDS, YardOptions.of(SEED));
    private static final Wish WISH =
            new Wish(
                    new Fact.Present(Kind.PARCEL, Optional.empty()),
                    "Tell me when a parcel is at the door.",
                    Set.of());

    private final YardPainter painter = new YardPainter(YardPainter.SIDE, SEED);

    @BeforeAll
    static void theParcelComesWhenTheTestSaysSo() {
        for (int second = FIRST; second < END; second++) {
            assertThat(WISH.fact().in(YARD.at(second)))
                    .isEqualTo(second < COMES ? Verdict.NO : Verdict.YES);
        }
    }

    private static Settings settings(TopicsUnderTest topics) {
        return JobUnderTest.settings(topics, "engine.max-tokens=8", "engine.prefix=anchored");
    }

    private static Query.Builder wish(TopicsUnderTest topics) {
        return topics.question(STREAM, WISH.text())
                .setMode(QueryMode.STANDING)
                .setStanding(
                        Standing.newBuilder().setEveryFrames(1L).setReport(Report.ON_FLIP).build());
    }

    private void publish(TopicsUnderTest topics, int second) {
        topics.publish(TopicsUnderTest.frame(STREAM, second, painter.jpeg(YARD, second)));
    }

    /** Publishes seconds up to and without the last, each when the one before has been dealt with. */
    private void show(TopicsUnderTest topics, int from, int to) {
        for (int second = from; second < to; second++) {
            publish(topics, second);
            awaitDue(topics, second - FIRST + 1);
        }
    }

    private static void awaitDue(TopicsUnderTest topics, int times) {
        Eventually.until(
                "the question has been due and dealt with " + times + " times",
                () ->
                        list(topics).stream()
                                .anyMatch(one -> one.getEvaluations() + one.getSkipped() == times));
    }

    private static List<ListedQuery> list(TopicsUnderTest topics) {
        Answer answer = topics.askAndAwait(topics.question(STREAM, "").setMode(QueryMode.LIST));
        assertThat(answer.getStatus()).isEqualTo(Status.OK);
        return answer.getStanding();
    }

    /** What the question was answered from frames; repeats of an answer left out. */
    private static List<Answer> reports(TopicsUnderTest topics, Query query) {
        return topics.answers().all().stream()
                .filter(answer -> answer.getQueryId().equals(query.getQueryId()))
                .filter(answer -> answer.getFrames().getLastSequence().isPresent())
                .collect(
                        Collectors.toMap(
                                Answer::getAnswerId,
                                answer -> answer,
                                (one, repeat) -> one,
                                LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** There were two reports: not yet, at some frame, and now, soon after the parcel came. */
    private static void assertNoticedOnce(List<Answer> reports, Query query) {
        assertThat(reports).extracting(Answer::getText).containsExactly(Wish.NOT_YET, Wish.NOW);
        long first = reports.get(0).getFrames().getLastSequence().orElseThrow();
        long noticed = reports.get(1).getFrames().getLastSequence().orElseThrow();
        assertThat(first).isEqualTo(FIRST);
        assertThat(noticed).isBetween((long) COMES, (long) COMES + FEW);
        assertThat(reports)
                .extracting(Answer::getAnswerId)
                .containsExactly(
                        AnswerId.ofFrame(query.getQueryId(), STREAM, first),
                        AnswerId.ofFrame(query.getQueryId(), STREAM, noticed));
        assertThat(reports.get(1).getFrames().getCount()).isEqualTo(noticed - FIRST + 1);
    }

    @Test
    void itNoticesTheParcelWithinAFewFramesAndReportsItOnce() throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                JobUnderTest job = JobUnderTest.startBundled(settings(topics), false)) {
            Query query = topics.ask(wish(topics));
            assertThat(topics.answer(query).getReason()).contains("stands");
            show(topics, FIRST, END);

            assertNoticedOnce(reports(topics, query), query);
            assertThat(list(topics))
                    .extracting(
                            ListedQuery::getQueryId,
                            ListedQuery::getEvaluations,
                            ListedQuery::getSent)
                    .containsExactly(tuple(query.getQueryId(), (long) END - FIRST, 2L));
            assertThat(job.isRunning()).isTrue();
        }
    }

    @Test
    void aJobThatGoesOnFromItsCheckpointReportsTheParcelOnce() throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap())) {
            int broken = COMES - 2;
            Query query;
            try (JobUnderTest job = JobUnderTest.startBundled(settings(topics), false)) {
                query = topics.ask(wish(topics));
                assertThat(topics.answer(query).getReason()).contains("stands");
                show(topics, FIRST, broken);
                new Checkpoints(topics.checkpointDirectory()).awaitAnother();
                assertThat(job.isRunning()).isTrue();
            }
            publish(topics, broken);
            try (JobUnderTest job = JobUnderTest.startBundled(settings(topics), true)) {
                awaitDue(topics, broken - FIRST + 1);
                assertThat(list(topics)).hasSize(1);
                show(topics, broken + 1, END);

                assertNoticedOnce(reports(topics, query), query);
                assertThat(job.isRunning()).isTrue();
            }
        }
    }

    @Test
    void onceCancelledItMakesNoMoreAnswers() throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap());
                JobUnderTest job = JobUnderTest.startBundled(settings(topics), false)) {
            Query query = topics.ask(wish(topics));
            assertThat(topics.answer(query).getReason()).contains("stands");
            show(topics, FIRST, COMES - 2);
            Query.Builder cancel = topics.question(STREAM, "").setCancel(query.getQueryId());

            assertThat(topics.askAndAwait(cancel).getStatus()).isEqualTo(Status.OK);
            for (int second = COMES - 2; second < END; second++) {
                publish(topics, second);
            }
            topics.awaitRemembered(STREAM, END - FIRST);

            assertThat(reports(topics, query))
                    .extracting(Answer::getText)
                    .containsExactly(Wish.NOT_YET);
            assertThat(topics.answers().soFar())
                    .filteredOn(answer -> answer.getQueryId().equals(query.getQueryId()))
                    .filteredOn(answer -> answer.getStatus() == Status.CANCELLED)
                    .hasSize(1);
            assertThat(list(topics)).isEmpty();
            cancel.setQueryId("again");
            assertThat(topics.askAndAwait(cancel).getStatus()).isEqualTo(Status.REJECTED);
            assertThat(job.isRunning()).isTrue();
        }
    }
}
