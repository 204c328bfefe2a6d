package dev.watchword.integration.rig;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A drawn yard into which a parcel comes, and a standing question that waits for it. Frames come one
 * by one, so that the question is evaluated at each; a frame's sequence is its second. For one
 * thread.
 */
public final class AwaitedParcel {
    /** The first second that is shown. */
    public static final int FIRST = 15;

    /** The first second at which the parcel lies there. */
    public static final int COMES = 21;

    /** The seconds that are shown end before this one. */
    public static final int END = 26;

    /** Of the yard's stream. */
    public static final String STREAM = "yard";

    /** Of a yard about which the bundled model is right; its card says how often it is. */
    private static final long SEED = 22;

    private static final int SECONDS = 300;

    /** So many frames late it may be noticed. */
    private static final int FEW = 2;

    private static final Yard YARD = ScriptedYard.of(SEED, SECONDS, YardOptions.of(SEED));
    private static final Wish WISH =
            new Wish(
                    new Fact.Present(Kind.PARCEL, Optional.empty()),
                    "Tell me when a parcel is at the door.",
                    Set.of());

    private final YardPainter painter = new YardPainter(YardPainter.SIDE, SEED);
    private final TopicsUnderTest topics;

    /** On these topics. */
    public AwaitedParcel(TopicsUnderTest topics) {
        this.topics = topics;
        for (int second = FIRST; second < END; second++) {
            assertThat(WISH.fact().in(YARD.at(second)))
                    .isEqualTo(second < COMES ? Verdict.NO : Verdict.YES);
        }
    }

    /** The settings with which the bundled model is right about it, and more. */
    public Settings settings(String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("engine.max-tokens=8", "engine.prefix=anchored"));
        return JobUnderTest.settings(topics, all.toArray(String[]::new));
    }

    /** Asks to be told of the parcel, and waits until the question stands. */
    public Query ask() {
        Query query =
                topics.ask(
                        topics.question(STREAM, WISH.text())
                                .setMode(QueryMode.STANDING)
                                .setStanding(
                                        Standing.newBuilder()
                                                .setEveryFrames(1L)
                                                .setReport(Report.ON_FLIP)
                                                .build()));
        assertThat(topics.answer(query).getReason()).contains("stands");
        return query;
    }

    /** Publishes a second, and does not wait. */
    public void publish(int second) {
        topics.publish(TopicsUnderTest.frame(STREAM, second, painter.jpeg(YARD, second)));
    }

    /** Publishes seconds up to and without the last, each when the one before has been dealt with. */
    public void show(int from, int to) {
        for (int second = from; second < to; second++) {
            publish(second);
            awaitDealtWith(second);
        }
    }

    /** Waits until the question has been evaluated, or left out, at a second. */
    public void awaitDealtWith(int second) {
        int times = second - FIRST + 1;
        Eventually.until(
                "the question has been due and dealt with " + times + " times",
                () ->
                        list().stream()
                                .anyMatch(one -> one.getEvaluations() + one.getSkipped() == times));
    }

    /** The questions that stand on the yard's stream. */
    public List<ListedQuery> list() {
        Answer answer = topics.askAndAwait(topics.question(STREAM, "").setMode(QueryMode.LIST));
        assertThat(answer.getStatus()).isEqualTo(Status.OK);
        return answer.getStanding();
    }

    /** What the question was answered from frames; repeats of an answer left out. */
    public List<Answer> reports(Query query) {
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

    /** There were two reports: not yet, at the first frame, and now, soon after the parcel came. */
    public void assertNoticedOnce(Query query) {
        List<Answer> reports = reports(query);
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
}
