package dev.watchword.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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
 * The history of a stream in keyed state: its frames' tokens, its keyframes and its pending
 * queries, those asked once apart from evaluations of those that stand. Every method concerns the stream that is the current key, and is called on the task's
 * thread.
 *
 * <p>State, for each stream: {@code head} one {@link StreamHead}; {@code times} sequence to capture
 * time; {@code tokens} sequence to vision tokens; {@code keyframes} sequence to features; {@code
 * pending} query id to {@link PendingQuery}; {@code evaluations} the same of standing questions.
 */
public final class StreamMemory {
    private static final ValueStateDescriptor<byte[]> HEAD =
            new ValueStateDescriptor<>("head", byte[].class);
    private static final MapStateDescriptor<String, byte[]> PENDING =
            new MapStateDescriptor<>("pending", String.class, byte[].class);
    private static final MapStateDescriptor<String, byte[]> EVALUATIONS =
            new MapStateDescriptor<>("evaluations", String.class, byte[].class);

    private final ValueState<byte[]> head;
    private final MapState<Long, Long> times;
    private final MapState<Long, byte[]> tokens;
    private final MapState<Long, byte[]> keyframes;
    private final MapState<String, byte[]> pending;
    private final MapState<String, byte[]> evaluations;

    private final Retention retention;
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
     * All frames of a stream.
     *
     * @param tokens oldest first
     * @param lastSequence of the last
     */
    public record WholeHistory(List<byte[]> tokens, long lastSequence) {}

    /**
     * Opens the state.
     *
     * @param model which model makes the tokens; a history of another one is dropped with the next
     *     frame
     */
    public StreamMemory(
            KeyedStateStore store, Retention retention, KeyframePolicy policy, String model) {
        this.head = store.getState(HEAD);
        this.times = store.getMapState(new MapStateDescriptor<>("times", Long.class, Long.class));
        this.tokens =
                store.getMapState(new MapStateDescriptor<>("tokens", Long.class, byte[].class));
        this.keyframes =
                store.getMapState(new MapStateDescriptor<>("keyframes", Long.class, byte[].class));
        this.pending = store.getMapState(PENDING);
        this.evaluations = store.getMapState(EVALUATIONS);
        this.retention = retention;
        this.policy = policy;
        this.model = model;
    }

    /**
     * The state of pending queries, so that all of them can be found after a restart.
     *
     * @param standing of evaluations of standing questions, or else of queries asked once
     */
    public static MapStateDescriptor<String, byte[]> pendingState(boolean standing) {
        return standing ? EVALUATIONS : PENDING;
    }

    /** The state that every stream has which has a history, so that all can be found. */
    public static ValueStateDescriptor<byte[]> headState() {
        return HEAD;
    }

    /** Which model made the history of the stream, if it has one and another model made it. */
    public Optional<String> otherModel() throws Exception {
        return head().filter(now -> !isOfThisModel(now)).map(StreamHead::getModel);
    }

    private MapState<String, byte[]> pending(boolean standing) {
        return standing ? evaluations : pending;
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
            forget();
        }
        times.put(sequence, capturedAt.toEpochMilli());
        tokens.put(sequence, token);
        keyframes.put(sequence, features);
        int waiting = known.map(StreamHead::getPending).orElse(0);
        StreamHead after = dropOldest(appended(before, sequence, capturedAt, waiting));
        head.update(StateCodecs.HEAD.encode(dropKeyframes(stream, after)));
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
            candidates.addAll(keyframes(before.get()));
        }
        candidates.add(new Keyframe(sequence, number));
        return StreamHead.newBuilder()
                .setModel(model)
                .setSeen(number + 1)
                .setKept(before.map(StreamHead::getKept).orElse(0L) + 1)
                .setFirstSequence(before.map(StreamHead::getFirstSequence).orElse(sequence))
                .setFirstCapturedAt(before.map(StreamHead::getFirstCapturedAt).orElse(capturedAt))
                .setLastSequence(sequence)
                .setLastCapturedAt(capturedAt)
                .setKeyframes(sequencesOf(candidates))
                .setKeyframeNumbers(numbersOf(candidates))
                .setPending(waiting)
                .setLatestCapturedAt(
                        before.map(StreamMemory::latestCapture)
                                .filter(latest -> latest.isAfter(capturedAt))
                                .orElse(capturedAt))
                .setRisingFrom(
                        before.filter(old -> !capturedAt.isBefore(old.getLastCapturedAt()))
                                .map(old -> old.getRisingFrom().orElse(old.getLastSequence()))
                                .orElse(sequence))
                .build();
    }

    /** Applies the retention, at times and then to several frames: finding the oldest is work. */
    private StreamHead dropOldest(StreamHead now) throws Exception {
        long slack = retention.slack();
        boolean tooMany = now.getKept() >= retention.frames() + slack;
        boolean lookAtAge =
                retention.limitsAge()
                        && now.getSeen() % slack == 0
                        && now.getFirstCapturedAt().isBefore(oldestAllowed(now));
        if (!tooMany && !lookAtAge) {
            return now;
        }
        long[] sequences = sequences(now.getFirstSequence(), now.getLastSequence());
        int from = (int) Math.max(0, sequences.length - retention.frames());
        while (retention.limitsAge()
                && from < sequences.length - 1
                && times.get(sequences[from]) < oldestAllowed(now).toEpochMilli()) {
            from++;
        }
        for (int i = 0; i < from; i++) {
            times.remove(sequences[i]);
            tokens.remove(sequences[i]);
        }
        return StreamHead.newBuilder(now)
                .setKept(sequences.length - from)
                .setFirstSequence(sequences[from])
                .setFirstCapturedAt(Instant.ofEpochMilli(times.get(sequences[from])))
                .build();
    }

    private Instant oldestAllowed(StreamHead now) {
        return now.getLastCapturedAt().minus(retention.age());
    }

    private static List<Long> sequencesOf(List<Keyframe> keyframes) {
        return keyframes.stream().map(Keyframe::sequence).toList();
    }

    private static List<Long> numbersOf(List<Keyframe> keyframes) {
        return keyframes.stream().map(Keyframe::number).toList();
    }

    private List<Keyframe> keyframes(StreamHead head) throws Exception {
        List<Long> sequences = head.getKeyframes();
        List<Long> numbers =
                head.getKeyframeNumbers().size() == sequences.size()
                        ? head.getKeyframeNumbers()
                        : countedNumbers(head);
        List<Keyframe> keyframes = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            keyframes.add(new Keyframe(sequences.get(i), numbers.get(i)));
        }
        return keyframes;
    }

    /** The numbers of keyframes that an older version kept: once, by listing the frames. */
    private List<Long> countedNumbers(StreamHead head) throws Exception {
        long[] all = sequences(head.getFirstSequence(), head.getLastSequence());
        long dropped = head.getSeen() - head.getKept();
        List<Long> numbers = new ArrayList<>();
        for (long sequence : head.getKeyframes()) {
            int place = Arrays.binarySearch(all, sequence);
            // One that is older than all, and only kept for a pending query, has no place.
            numbers.add(place < 0 ? dropped - 1 : dropped + place);
        }
        return numbers;
    }

    private List<Keyframe> remembered(StreamHead head) throws Exception {
        return keyframes(head).stream()
                .filter(each -> each.sequence() >= head.getFirstSequence())
                .toList();
    }

    /** Drops what is no keyframe any more, except where a pending query needs it. */
    private StreamHead dropKeyframes(String stream, StreamHead now) throws Exception {
        Set<Long> kept =
                new HashSet<>(sequencesOf(policy.keep(stream, remembered(now), now.getSeen())));
        if (now.getPending() > 0) {
            addKeyframes(pending, kept);
            addKeyframes(evaluations, kept);
        }
        List<Keyframe> left = new ArrayList<>();
        for (Keyframe keyframe : keyframes(now)) {
            if (kept.contains(keyframe.sequence())) {
                left.add(keyframe);
            } else {
                keyframes.remove(keyframe.sequence());
            }
        }
        return StreamHead.newBuilder(now)
                .setKeyframes(sequencesOf(left))
                .setKeyframeNumbers(numbersOf(left))
                .build();
    }

    private static void addKeyframes(MapState<String, byte[]> waiting, Set<Long> kept)
            throws Exception {
        for (byte[] state : waiting.values()) {
            kept.addAll(StateCodecs.decode(StateCodecs.PENDING, state).getKeyframes());
        }
    }

    /** Drops the frames of the stream, but not its pending queries. */
    private void forget() throws Exception {
        times.clear();
        tokens.clear();
        keyframes.clear();
    }

    /** How many frames there were since the history began, those dropped since included. */
    public long seen() throws Exception {
        return head().map(StreamHead::getSeen).orElse(0L);
    }

    /** The frames that a scope names, as of now; empty if there are none. */
    public Optional<FrameWindow> resolve(Scope scope) throws Exception {
        Optional<StreamHead> now = head().filter(this::isOfThisModel);
        if (now.isEmpty()) {
            return Optional.empty();
        }
        FrameWindow all = window(now.get());
        if (scope.containsAll(all)) {
            return Optional.of(all);
        }
        Places places = places(now.get());
        int[] range =
                scope.within(
                        new Timeline(
                                Math.toIntExact(all.count()),
                                place -> time(places.sequence(place)),
                                rises(now.get())));
        return range[0] == range[1]
                ? Optional.empty()
                : Optional.of(window(now.get(), places, range[0], range[1]));
    }

    /** The sequences of a history's frames by their places, from 0. */
    private interface Places {
        long sequence(int place);
    }

    /** Without listing the frames, where no sequence is missing. */
    private Places places(StreamHead head) throws Exception {
        long first = head.getFirstSequence();
        if (head.getLastSequence() - first + 1 == head.getKept()) {
            return place -> first + place;
        }
        long[] sequences = sequences(first, head.getLastSequence());
        return place -> sequences[place];
    }

    private static boolean rises(StreamHead head) {
        return head.getRisingFrom().filter(from -> from <= head.getFirstSequence()).isPresent();
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

    private static FrameWindow window(StreamHead head) {
        return new FrameWindow(
                head.getKept(),
                head.getSeen() - head.getKept(),
                head.getFirstSequence(),
                head.getFirstCapturedAt(),
                head.getLastSequence(),
                head.getLastCapturedAt());
    }

    private FrameWindow window(StreamHead head, Places places, int from, int to) {
        long first = places.sequence(from);
        long last = places.sequence(to - 1);
        return new FrameWindow(
                to - from,
                head.getSeen() - head.getKept() + from,
                first,
                Instant.ofEpochMilli(time(first)),
                last,
                Instant.ofEpochMilli(time(last)));
    }

    private long time(long sequence) {
        try {
            return times.get(sequence);
        } catch (Exception e) {
            throw new IllegalStateException("Reading state", e);
        }
    }

    /** The sequences of the frames that are there, between two, both included, rising. */
    private long[] sequences(long first, long last) throws Exception {
        List<Long> found = new ArrayList<>();
        for (long sequence : times.keys()) {
            if (sequence >= first && sequence <= last) {
                found.add(sequence);
            }
        }
        long[] sorted = found.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Plans with which keyframes a question over these frames is fused. */
    public FusionPlan plan(String stream, FrameWindow window) throws Exception {
        StreamHead now = head().orElseThrow();
        return FusionPlan.of(
                policy,
                stream,
                remembered(now),
                now.getSeen(),
                window.firstNumber(),
                window.count());
    }

    /**
     * Keeps a query until it is answered.
     *
     * @param standing whether it is an evaluation of a standing question
     */
    public void await(boolean standing, String queryId, PendingQuery query) throws Exception {
        pending(standing).put(queryId, StateCodecs.PENDING.encode(query));
        changePending(1);
    }

    /** Keeps a pending query that was asked once as it is now. */
    public void change(String queryId, PendingQuery query) throws Exception {
        pending.put(queryId, StateCodecs.PENDING.encode(query));
    }

    /**
     * A query that is not answered yet.
     *
     * @param standing whether it is an evaluation of a standing question
     */
    public Optional<PendingQuery> pending(boolean standing, String queryId) throws Exception {
        byte[] state = pending(standing).get(queryId);
        return state == null
                ? Optional.empty()
                : Optional.of(StateCodecs.decode(StateCodecs.PENDING, state));
    }

    /**
     * Ends the waiting of a query, and drops keyframes that were only kept for it.
     *
     * @param standing whether it is an evaluation of a standing question
     */
    public void answered(String stream, boolean standing, String queryId) throws Exception {
        if (pending(standing).contains(queryId)) {
            pending(standing).remove(queryId);
            changePending(-1);
            Optional<StreamHead> now = head();
            if (now.isPresent()) {
                head.update(StateCodecs.HEAD.encode(dropKeyframes(stream, now.get())));
            }
        }
    }

    private void changePending(int by) throws Exception {
        Optional<StreamHead> now = head();
        if (now.isPresent()) {
            StreamHead changed =
                    StreamHead.newBuilder(now.get())
                            .setPending(now.get().getPending() + by)
                            .build();
            head.update(StateCodecs.HEAD.encode(changed));
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
        List<byte[]> features = new ArrayList<>();
        for (long sequence : sequences) {
            byte[] state = keyframes.get(sequence);
            if (state == null) {
                return Optional.empty();
            }
            features.add(state);
        }
        return Optional.of(features);
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
        long[] scope = sequences(query.getFirstSequence(), query.getLastSequence());
        return scope.length == query.getFrames() ? Optional.of(tokens(scope)) : Optional.empty();
    }

    /**
     * The tokens of the whole history, of which a query that {@link #reachesBack} is about the first
     * frames; empty if some of those have been dropped since.
     */
    public Optional<WholeHistory> whole(PendingQuery query) throws Exception {
        long last = head().orElseThrow().getLastSequence();
        long[] all = sequences(query.getFirstSequence(), last);
        long inScope = Arrays.stream(all).filter(s -> s <= query.getLastSequence()).count();
        return inScope == query.getFrames()
                ? Optional.of(new WholeHistory(tokens(all), last))
                : Optional.empty();
    }

    /**
     * The frames of a window that was resolved just now, oldest first.
     *
     * @param capturedAt of each, in milliseconds since 1970
     * @param tokens of each
     */
    public record WindowFrames(List<Long> sequences, List<Long> capturedAt, List<byte[]> tokens) {}

    /** Reads the frames of a window that was resolved just now. */
    public WindowFrames read(FrameWindow window) throws Exception {
        long[] sequences = sequences(window.first(), window.last());
        return new WindowFrames(
                Arrays.stream(sequences).boxed().toList(),
                Arrays.stream(sequences).mapToObj(this::time).toList(),
                tokens(sequences));
    }

    /** A frame of the history. */
    public record RememberedFrame(long sequence, Instant capturedAt) {}

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
                        : sequences(first, query.getLastSequence());
        List<RememberedFrame> found = new ArrayList<>();
        for (int place : places) {
            if (!unbroken && all.length != query.getFrames()) {
                return List.of();
            }
            long sequence = unbroken ? first + place : all[place];
            Long capturedAt = times.get(sequence);
            if (capturedAt == null) {
                return List.of();
            }
            found.add(new RememberedFrame(sequence, Instant.ofEpochMilli(capturedAt)));
        }
        return found;
    }

    private List<byte[]> tokens(long[] sequences) throws Exception {
        List<byte[]> found = new ArrayList<>(sequences.length);
        for (long sequence : sequences) {
            found.add(tokens.get(sequence));
        }
        return found;
    }

    private Optional<StreamHead> head() throws Exception {
        byte[] state = head.value();
        return state == null
                ? Optional.empty()
                : Optional.of(StateCodecs.decode(StateCodecs.HEAD, state));
    }
}
