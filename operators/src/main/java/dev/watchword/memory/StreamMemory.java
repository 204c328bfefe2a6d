package dev.watchword.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * The history of a stream in keyed state: its frames' tokens, its keyframes and its pending
 * queries, those asked once apart from evaluations of those that stand. Every method concerns the
 * stream that is the current key, and is called on the task's thread.
 *
 * <p>State, for each stream: {@code head} one {@link StreamHead}; {@code times} sequence to capture
 * time; {@code tokens} sequence to vision tokens; {@code keyframes} sequence to features; {@code
 * pending} query id to {@link PendingQuery}; {@code evaluations} the same of standing questions.
 */
public final class StreamMemory {
    private static final ValueStateDescriptor<byte[]> HEAD =
            new ValueStateDescriptor<>("head", byte[].class);

    private final ValueState<byte[]> head;
    private final FrameTokens frames;
    private final KeyframeFeatures keyframes;
    private final PendingMemory pending;
    private final ScopeWindows windows;
    private final KeyframePolicy policy;
    private final String model;

    /** What became of a frame. */
    public enum Remembered {
        KEPT,
        /** Its sequence does not rise: it is a repeat, or out of order. Nothing was changed. */
        REPEATED,
        /** It was kept, after a history of another model's tokens had been dropped. */
        KEPT_ANEW
    }

    /**
     * Opens the state.
     *
     * @param model which model makes the tokens; a history of another one is dropped with the next
     *     frame
     */
    public StreamMemory(
            KeyedStateStore store, Retention retention, KeyframePolicy policy, String model) {
        this.head = store.getState(HEAD);
        this.frames = new FrameTokens(store, retention);
        this.keyframes = new KeyframeFeatures(store, policy, frames);
        this.pending = new PendingMemory(store);
        this.windows = new ScopeWindows(frames);
        this.policy = policy;
        this.model = model;
    }

    /**
     * The state of pending queries, so that all of them can be found after a restart.
     *
     * @param standing of evaluations of standing questions, or else of queries asked once
     */
    public static MapStateDescriptor<String, byte[]> pendingState(boolean standing) {
        return PendingMemory.state(standing);
    }

    /** The state that every stream has which has a history, so that all can be found. */
    public static ValueStateDescriptor<byte[]> headState() {
        return HEAD;
    }

    /** Which model made the history of the stream, if it has one and another model made it. */
    public Optional<String> otherModel() throws Exception {
        return head().filter(now -> !isOfThisModel(now)).map(StreamHead::getModel);
    }

    /** Remembers a frame. */
    public Remembered remember(
            String stream, long sequence, Instant capturedAt, byte[] token, byte[] features)
            throws Exception {
        Optional<StreamHead> known = head();
        Optional<StreamHead> before = known.filter(this::isOfThisModel);
        if (before.isPresent() && sequence <= before.get().getLastSequence()) {
            return Remembered.REPEATED;
        }
        boolean anew = known.isPresent() && before.isEmpty();
        if (anew) {
            frames.clear();
            keyframes.clear();
        }
        frames.put(sequence, capturedAt, token);
        keyframes.put(sequence, features);
        int waiting = known.map(StreamHead::getPending).orElse(0);
        StreamHead after = frames.dropOldest(appended(before, sequence, capturedAt, waiting));
        update(dropKeyframes(stream, after));
        return anew ? Remembered.KEPT_ANEW : Remembered.KEPT;
    }

    private boolean isOfThisModel(StreamHead head) {
        return head.getModel().equals(model);
    }

    private StreamHead appended(
            Optional<StreamHead> before, long sequence, Instant capturedAt, int waiting)
            throws Exception {
        long number = before.map(StreamHead::getSeen).orElse(0L);
        List<Keyframe> candidates = new ArrayList<>();
        if (before.isPresent()) {
            candidates.addAll(keyframes.all(before.get()));
        }
        candidates.add(new Keyframe(sequence, number));
        StreamHead.Builder after =
                StreamHead.newBuilder()
                        .setModel(model)
                        .setSeen(number + 1)
                        .setKept(before.map(StreamHead::getKept).orElse(0L) + 1)
                        .setFirstSequence(before.map(StreamHead::getFirstSequence).orElse(sequence))
                        .setFirstCapturedAt(
                                before.map(StreamHead::getFirstCapturedAt).orElse(capturedAt))
                        .setLastSequence(sequence)
                        .setLastCapturedAt(capturedAt)
                        .setPending(waiting)
                        .setLatestCapturedAt(
                                before.map(StreamMemory::latestCapture)
                                        .filter(latest -> latest.isAfter(capturedAt))
                                        .orElse(capturedAt))
                        .setRisingFrom(
                                before.filter(old -> !capturedAt.isBefore(old.getLastCapturedAt()))
                                        .map(
                                                old ->
                                                        old.getRisingFrom()
                                                                .orElse(old.getLastSequence()))
                                        .orElse(sequence));
        return KeyframeFeatures.with(after, candidates).build();
    }

    /** Drops what is no keyframe any more, except where a pending query needs it. */
    private StreamHead dropKeyframes(String stream, StreamHead now) throws Exception {
        Set<Long> needed = now.getPending() > 0 ? pending.keyframes() : Set.of();
        return keyframes.drop(stream, now, needed);
    }

    /** How many frames there were since the history began, those dropped since included. */
    public long seen() throws Exception {
        return head().map(StreamHead::getSeen).orElse(0L);
    }

    /** The frames that a scope names, as of now; empty if there are none. */
    public Optional<FrameWindow> resolve(Scope scope) throws Exception {
        Optional<StreamHead> now = head().filter(this::isOfThisModel);
        return now.isPresent() ? windows.of(now.get(), scope) : Optional.empty();
    }

    /** Whether a frame captured at a moment or later has come. */
    public boolean hasReached(Instant moment) throws Exception {
        return head().filter(this::isOfThisModel)
                .filter(now -> !latestCapture(now).isBefore(moment))
                .isPresent();
    }

    private static Instant latestCapture(StreamHead head) {
        return head.getLatestCapturedAt().orElse(head.getLastCapturedAt());
    }

    /** Plans with which keyframes a question over these frames is fused. */
    public FusionPlan plan(String stream, FrameWindow window) throws Exception {
        StreamHead now = head().orElseThrow();
        return FusionPlan.of(
                policy,
                stream,
                keyframes.remembered(now),
                now.getSeen(),
                window.firstNumber(),
                window.count());
    }

    /**
     * The keyframe that stands for the newest frame of a window: that frame, or where it is no
     * keyframe its look-alike, which may be outside the window.
     *
     * @param numbers gives the numbers of a frame's vision tokens
     */
    public long lookalike(String stream, FrameWindow window, Function<byte[], float[]> numbers)
            throws Exception {
        List<Long> kept = keyframes.kept(stream, head().orElseThrow());
        return Lookalike.of(window.last(), kept, frame -> numbers.apply(frames.tokens(frame)));
    }

    /**
     * Keeps a query until it is answered.
     *
     * @param standing whether it is an evaluation of a standing question
     */
    public void await(boolean standing, String queryId, PendingQuery query) throws Exception {
        pending.put(standing, queryId, query);
        changePending(1);
    }

    /** Keeps a pending query that was asked once as it is now. */
    public void change(String queryId, PendingQuery query) throws Exception {
        pending.put(false, queryId, query);
    }

    /**
     * A query that is not answered yet.
     *
     * @param standing whether it is an evaluation of a standing question
     */
    public Optional<PendingQuery> pending(boolean standing, String queryId) throws Exception {
        return pending.get(standing, queryId);
    }

    /**
     * Ends the waiting of a query, and drops keyframes that were only kept for it.
     *
     * @param standing whether it is an evaluation of a standing question
     */
    public void answered(String stream, boolean standing, String queryId) throws Exception {
        if (pending.remove(standing, queryId)) {
            changePending(-1);
            Optional<StreamHead> now = head();
            if (now.isPresent()) {
                update(dropKeyframes(stream, now.get()));
            }
        }
    }

    private void changePending(int by) throws Exception {
        Optional<StreamHead> now = head();
        if (now.isPresent()) {
            int changed = now.get().getPending() + by;
            update(StreamHead.newBuilder(now.get()).setPending(changed).build());
        }
    }

    /**
     * The features of the keyframes of a query, in their order; empty if some have been dropped
     * since, with another model's history.
     */
    public Optional<List<byte[]>> features(PendingQuery query) throws Exception {
        return features(query.getKeyframes());
    }

    /** The features of keyframes, in their order; empty if some are not there. */
    public Optional<List<byte[]>> features(List<Long> sequences) throws Exception {
        return keyframes.features(sequences);
    }

    /** Whether a query is about the whole history that there was when it was taken. */
    public boolean reachesBack(PendingQuery query) throws Exception {
        return head().filter(this::isOfThisModel)
                .filter(now -> now.getFirstSequence() == query.getFirstSequence())
                .isPresent();
    }

    /**
     * The tokens of the frames that a query is about, oldest first; empty if some have been dropped
     * since, by the retention or with another model's history.
     */
    public Optional<List<byte[]>> tokens(PendingQuery query) throws Exception {
        long[] scope = frames.sequences(query.getFirstSequence(), query.getLastSequence());
        return scope.length == query.getFrames()
                ? Optional.of(frames.tokens(scope))
                : Optional.empty();
    }

    /**
     * The tokens of the whole history, of which a query that {@link #reachesBack} is about the first
     * frames; empty if some of those have been dropped since.
     */
    public Optional<WholeHistory> whole(PendingQuery query) throws Exception {
        long last = head().orElseThrow().getLastSequence();
        long[] all = frames.sequences(query.getFirstSequence(), last);
        long inScope = Arrays.stream(all).filter(s -> s <= query.getLastSequence()).count();
        return inScope == query.getFrames()
                ? Optional.of(new WholeHistory(frames.tokens(all), last))
                : Optional.empty();
    }

    /** Reads the frames of a window that was resolved just now. */
    public WindowFrames read(FrameWindow window) throws Exception {
        long[] sequences = frames.sequences(window.first(), window.last());
        return new WindowFrames(
                Arrays.stream(sequences).boxed().toList(),
                Arrays.stream(sequences).mapToObj(frames::time).toList(),
                frames.tokens(sequences));
    }

    /**
     * Frames of those that a query is about, by their places among them, from 0; none if some of the
     * history has been dropped since.
     */
    public List<RememberedFrame> frames(PendingQuery query, List<Integer> places) throws Exception {
        long first = query.getFirstSequence();
        boolean unbroken = query.getLastSequence() - first + 1 == query.getFrames();
        long[] all =
                unbroken || places.isEmpty()
                        ? new long[0]
                        : frames.sequences(first, query.getLastSequence());
        List<RememberedFrame> found = new ArrayList<>();
        for (int place : places) {
            if (!unbroken && all.length != query.getFrames()) {
                return List.of();
            }
            Optional<RememberedFrame> frame = frames.frame(unbroken ? first + place : all[place]);
            if (frame.isEmpty()) {
                return List.of();
            }
            found.add(frame.get());
        }
        return found;
    }

    private Optional<StreamHead> head() throws Exception {
        return Optional.ofNullable(head.value())
                .map(state -> StateCodecs.decode(StateCodecs.HEAD, state));
    }

    private void update(StreamHead now) throws Exception {
        head.update(StateCodecs.HEAD.encode(now));
    }
}
