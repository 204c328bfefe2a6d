package dev.watchword.memory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * The answered questions of a stream that may be followed up, in keyed state. Every method concerns
 * the stream that is the current key, and is called on the task's thread.
 *
 * <p>State, for each stream: {@code answered} query id to {@link AnsweredQuestion}; {@code
 * answered-order} one {@link AnsweredOrder}.
 */
public final class ConversationMemory {
    /** So many characters of a question and of an answer are kept. */
    static final int LONGEST_TEXT = 8_000;

    private final MapState<String, byte[]> answered;
    private final ValueState<byte[]> order;
    private final int most;

    /**
     * Opens the state.
     *
     * @param most of a stream's answered questions so many are remembered, the newest
     */
    public ConversationMemory(KeyedStateStore store, int most) {
        this.answered =
                store.getMapState(new MapStateDescriptor<>("answered", String.class, byte[].class));
        this.order = store.getState(new ValueStateDescriptor<>("answered-order", byte[].class));
        this.most = most;
    }

    /** Remembers a question that was answered, in place of another of the same id. */
    public void remember(
            String queryId, String question, String answer, Optional<String> followUpTo)
            throws Exception {
        if (most == 0) {
            return;
        }
        answered.put(
                queryId,
                StateCodecs.ANSWERED.encode(
                        AnsweredQuestion.newBuilder()
                                .setQuestion(shortened(question))
                                .setAnswer(shortened(answer))
                                .setFollowUpTo(followUpTo.orElse(null))
                                .build()));
        List<String> ids = new ArrayList<>(order());
        ids.remove(queryId);
        ids.add(queryId);
        while (ids.size() > most) {
            answered.remove(ids.remove(0));
        }
        order.update(StateCodecs.ANSWERED_ORDER.encode(new AnsweredOrder(ids)));
    }

    private List<String> order() throws Exception {
        byte[] state = order.value();
        return state == null
                ? List.of()
                : StateCodecs.decode(StateCodecs.ANSWERED_ORDER, state).getQueryIds();
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
        return text.substring(0, splits ? LONGEST_TEXT - 1 : LONGEST_TEXT);
    }

    /** Whether an answered question is remembered. */
    public boolean remembers(String queryId) throws Exception {
        return answered.contains(queryId);
    }

    /**
     * What was asked and answered up to a question, that one included.
     *
     * @param turns at most so many, the newest
     * @return oldest first; none if the question is not remembered
     */
    public List<EarlierTurn> upTo(String queryId, int turns) throws Exception {
        List<EarlierTurn> found = new ArrayList<>();
        // An id that was asked again may have made a circle.
        Set<String> seen = new HashSet<>();
        Optional<String> next = Optional.of(queryId);
        while (next.isPresent() && found.size() < turns && seen.add(next.get())) {
            byte[] state = answered.get(next.get());
            if (state == null) {
                break;
            }
            AnsweredQuestion question = StateCodecs.decode(StateCodecs.ANSWERED, state);
            found.add(0, new EarlierTurn(question.getQuestion(), question.getAnswer()));
            next = question.getFollowUpTo();
        }
        return found;
    }
}
