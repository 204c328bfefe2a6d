package dev.watchword.integration;

import static dev.watchword.integration.rig.AwaitedParcel.COMES;
import static dev.watchword.integration.rig.AwaitedParcel.END;
import static dev.watchword.integration.rig.AwaitedParcel.FIRST;
import static dev.watchword.integration.rig.AwaitedParcel.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.watchword.integration.rig.AwaitedParcel;
import dev.watchword.integration.rig.Checkpoints;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.job.questions.Wish;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.ListedQuery;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bundled model waits for a parcel in a drawn yard. */
class StandingQueriesTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    @Test
    void itNoticesTheParcelWithinAFewFramesAndReportsItOnce() throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap())) {
            AwaitedParcel parcel = new AwaitedParcel(topics);
            try (JobUnderTest job = JobUnderTest.startBundled(parcel.settings(), false)) {
                Query query = parcel.ask();
                parcel.show(FIRST, END);

                parcel.assertNoticedOnce(query);
                assertThat(parcel.list())
                        .extracting(
                                ListedQuery::getQueryId,
                                ListedQuery::getEvaluations,
                                ListedQuery::getSent)
                        .containsExactly(tuple(query.getQueryId(), (long) END - FIRST, 2L));
                assertThat(job.isRunning()).isTrue();
            }
        }
    }

    @Test
    void aJobThatGoesOnFromItsCheckpointReportsTheParcelOnce() throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap())) {
            AwaitedParcel parcel = new AwaitedParcel(topics);
            int broken = COMES - 2;
            Query query;
            try (JobUnderTest job = JobUnderTest.startBundled(parcel.settings(), false)) {
                query = parcel.ask();
                parcel.show(FIRST, broken);
                new Checkpoints(topics.checkpointDirectory()).awaitAnother();
                assertThat(job.isRunning()).isTrue();
            }
            parcel.publish(broken);
            try (JobUnderTest job = JobUnderTest.startBundled(parcel.settings(), true)) {
                parcel.awaitDealtWith(broken);
                assertThat(parcel.list()).hasSize(1);
                parcel.show(broken + 1, END);

                parcel.assertNoticedOnce(query);
                assertThat(job.isRunning()).isTrue();
            }
        }
    }

    @Test
    void onceCancelledItMakesNoMoreAnswers() throws Exception {
        try (TopicsUnderTest topics = new TopicsUnderTest(KAFKA.bootstrap())) {
            AwaitedParcel parcel = new AwaitedParcel(topics);
            try (JobUnderTest job = JobUnderTest.startBundled(parcel.settings(), false)) {
                Query query = parcel.ask();
                parcel.show(FIRST, COMES - 2);
                Query.Builder cancel = topics.question(STREAM, "").setCancel(query.getQueryId());

                assertThat(topics.askAndAwait(cancel).getStatus()).isEqualTo(Status.OK);
                for (int second = COMES - 2; second < END; second++) {
                    parcel.publish(second);
                }
                topics.awaitRemembered(STREAM, END - FIRST);

                assertThat(parcel.reports(query))
                        .extracting(Answer::getText)
                        .containsExactly(Wish.NOT_YET);
                assertThat(topics.answers().soFar())
                        .filteredOn(answer -> answer.getQueryId().equals(query.getQueryId()))
                        .filteredOn(answer -> answer.getStatus() == Status.CANCELLED)
                        .hasSize(1);
                assertThat(parcel.list()).isEmpty();
                cancel.setQueryId("again");
                assertThat(topics.askAndAwait(cancel).getStatus()).isEqualTo(Status.REJECTED);
                assertThat(job.isRunning()).isTrue();
            }
        }
    }
}
