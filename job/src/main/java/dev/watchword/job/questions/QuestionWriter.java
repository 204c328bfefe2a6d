package dev.watchword.job.questions;

import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Draws questions with their true answers. Immutable, for any thread: the same writer, truth and
 * state of the random generator give the same question.
 */
public final class QuestionWriter {
    private final NowQuestions now;
    private final CountQuestions counts;
    private final PastQuestions past;
    private final OrderQuestions order;
    private final EventCountQuestions events;
    private final UnanswerableQuestions unanswerable;
    private final WaitQuestions wait;
    private final FollowUpQuestions followUps;

    /**
     * A writer that asks whether one thing was before another as often as whether it was after it.
     *
     * @param askable the pairs that questions may name and answers may be; of others there is no
     *     word, not even that they were not there
     */
    public QuestionWriter(Collection<Pair> askable) {
        this(askable, false);
    }

    /**
     * A writer for training, which asks four times as often whether one thing was before another as
     * whether it was after it. Asked evenly, neither which thing was later nor how it is asked tells
     * anything of the answer by itself, so that neither is learnt.
     *
     * @param askable the pairs that questions may name and answers may be
     */
    public static QuestionWriter ofMostlyBefore(Collection<Pair> askable) {
        return new QuestionWriter(askable, true);
    }

    private QuestionWriter(Collection<Pair> askable, boolean mostlyBefore) {
        List<Pair> sorted =
                askable.stream()
                        .filter(pair -> pair.kind() != Kind.PARCEL)
                        .distinct()
                        .sorted(Comparator.comparing(Pair::kind).thenComparing(Pair::colour))
                        .toList();
        this.now = new NowQuestions(sorted);
        this.counts = new CountQuestions();
        this.past = new PastQuestions(sorted);
        this.order = new OrderQuestions(sorted, mostlyBefore);
        this.events = new EventCountQuestions(sorted);
        this.unanswerable = new UnanswerableQuestions(sorted);
        this.wait = new WaitQuestions(sorted);
        this.followUps = new FollowUpQuestions(sorted);
    }

    /**
     * Draws a question that is asked right after the last second of the truth's span. The wanted
     * answer is drawn first, so that over many spans no answer is much more frequent than another
     * one.
     *
     * @param family one {@link Family#OF_ONE_YARD}
     * @return none where the span has no question of the family with the answer that was drawn; then
     *     go on with another span, for the answers of which there are most come first where one span
     *     is asked until it yields
     */
    public Optional<YardQuestion> ask(Family family, Truth truth, RandomGenerator random) {
        return switch (family) {
            case NOW_ATTRIBUTE -> now.ask(truth, random);
            case NOW_COUNT -> counts.ask(truth, random);
            case PAST -> past.ask(truth, random);
            case ORDER -> order.ask(truth, random);
            case EVENT_COUNT -> events.ask(truth, random);
            case UNANSWERABLE -> unanswerable.ask(truth, random);
            case WAIT_UNTIL -> wait.ask(truth, random);
            case FOLLOW_UP -> followUps.ask(truth, random);
            case WHICH_YARD ->
                    throw new IllegalArgumentException(
                            "Which yard it was is asked about several: by CombinedQuestions.");
        };
    }

    /**
     * Draws a standing wish.
     *
     * @param fulfilled whether it is to be so at the last second of the span
     * @return none where there is none; another draw may have one
     */
    public Optional<Wish> wish(Truth truth, boolean fulfilled, RandomGenerator random) {
        return wait.wish(truth, fulfilled, random);
    }
}
