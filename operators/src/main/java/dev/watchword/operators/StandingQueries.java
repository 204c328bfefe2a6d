package dev.watchword.operators;

import dev.watchword.memory.StandingMemory;
import dev.watchword.memory.StandingQuery;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.ListedQuery;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.SentAnswer;
import dev.watchword.schemas.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The standing questions of one subtask: which of them are due at a frame, and which of their
 * answers are sent. What they are and what came of them is in keyed state; how many a stream has is
 * kept beside it, so that streams without any cost nothing. Every method but {@link #size} concerns
 * the stream that is the current key. Used on the task's thread alone; {@link #size} may be called on
 * any.
 */
final class StandingQueries {
    private final StandingMemory memory;
    private final Map<String, Integer> counts = new HashMap<>();
    private volatile int size;

    /** A question that is due. */
    record Due(String queryId, Query query) {}

    StandingQueries(StandingMemory memory) {
        this.memory = memory;
    }

    /** Notes what a checkpoint held of a stream. */
    void recover(String stream) throws Exception {
        changeCount(stream, memory.all().size());
    }

    private void changeCount(String stream, int by) {
        counts.merge(stream, by, (before, change) -> before + change == 0 ? null : before + change);
        size = counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    int count(String stream) {
        return counts.getOrDefault(stream, 0);
    }

    /** How many there are, of all streams. */
    int size() {
        return size;
    }

    boolean stands(String queryId) throws Exception {
        return memory.get(queryId).isPresent();
    }

    /** Lets a question stand; none of its id may stand already. */
    void add(String stream, Query query, Instant now) throws Exception {
        memory.put(
                query.getQueryId(),
                StandingQuery.newBuilder()
                        .setQuery(PendingQueries.encoded(query))
                        .setRegisteredAt(now)
                        .build());
        changeCount(stream, 1);
    }

    /** Ends a question that stands. */
    void remove(String stream, String queryId) throws Exception {
        memory.remove(queryId);
        changeCount(stream, -1);
    }

    /**
     * Those that are due at the frame that has just been remembered. They count as dealt with, so
     * that they are due again when their time has passed once more.
     *
     * @param seen how many frames the stream has seen with this one
     * @param capturedAt when this one was captured
     */
    List<Due> due(long seen, Instant capturedAt) throws Exception {
        List<Due> due = new ArrayList<>();
        for (Map.Entry<String, StandingQuery> entry : memory.all().entrySet()) {
            StandingQuery state = entry.getValue();
            Query query = PendingQueries.decoded(state.getQuery());
            if (isDue(terms(query), state, seen, capturedAt)) {
                due.add(new Due(entry.getKey(), query));
                memory.put(
                        entry.getKey(),
                        StandingQuery.newBuilder(state)
                                .setDueSeen(seen)
                                .setDueCapturedAt(capturedAt)
                                .build());
            }
        }
        return due;
    }

    private static boolean isDue(
            Standing terms, StandingQuery state, long seen, Instant capturedAt) {
        if (state.getDueSeen().isEmpty()) {
            return true;
        }
        if (terms.getEveryFrames().isPresent()) {
            long before = state.getDueSeen().get();
            // A history that began anew counts its frames anew.
            return seen - (before > seen ? 0 : before) >= terms.getEveryFrames().get();
        }
        Duration every = Duration.ofMillis(terms.getEveryMs().orElseThrow());
        return ChangeFilter.isApart(state.getDueCapturedAt().orElseThrow(), capturedAt, every);
    }

    /** Notes that a question was due and was not evaluated. */
    void skipped(String queryId) throws Exception {
        StandingQuery state = memory.get(queryId).orElseThrow();
        memory.put(
                queryId,
                StandingQuery.newBuilder(state).setSkipped(state.getSkipped() + 1).build());
    }

    /**
     * Notes what came of an evaluation.
     *
     * @param capturedAt when the frame was captured at which it was made
     * @return whether the answer is to be sent; then it is the one with which later ones are compared
     */
    boolean evaluated(String queryId, Answer answer, Instant capturedAt) throws Exception {
        StandingQuery before = memory.get(queryId).orElseThrow();
        Standing terms = terms(PendingQueries.decoded(before.getQuery()));
        boolean sent = ChangeFilter.passes(terms, before, answer, capturedAt);
        StandingQuery.Builder after =
                StandingQuery.newBuilder(before).setEvaluations(before.getEvaluations() + 1);
        if (sent) {
            after.setSent(before.getSent() + 1)
                    .setSentStatus(answer.getStatus().name())
                    .setSentText(answer.getText())
                    .setSentCapturedAt(capturedAt);
        }
        memory.put(queryId, after.build());
        return sent;
    }

    /** All of the stream, by their ids. */
    List<ListedQuery> list() throws Exception {
        return memory.all().values().stream().map(StandingQueries::listed).toList();
    }

    private static ListedQuery listed(StandingQuery state) {
        Query query = PendingQueries.decoded(state.getQuery());
        Standing terms = terms(query);
        Optional<SentAnswer> lastSent =
                state.getSentCapturedAt()
                        .map(at -> new SentAnswer(Shortened.reason(state.getSentText()), at));
        return ListedQuery.newBuilder()
                .setQueryId(query.getQueryId())
                .setText(Shortened.reason(query.getText()))
                .setEveryFrames(terms.getEveryFrames().orElse(null))
                .setEveryMs(terms.getEveryMs().orElse(null))
                .setReport(terms.getReport().name())
                .setCooldownMs(terms.getCooldownMs())
                .setPriority(query.getPriority().name())
                .setRegisteredAt(state.getRegisteredAt())
                .setEvaluations(state.getEvaluations())
                .setSkipped(state.getSkipped())
                .setSent(state.getSent())
                .setLastSent(lastSent.orElse(null))
                .build();
    }

    private static Standing terms(Query query) {
        return query.getStanding().orElseThrow();
    }
}
