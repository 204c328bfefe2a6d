package dev.watchword.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;

/** A stream's keyframes: which they are in its head, and their features in keyed state. */
final class KeyframeFeatures {
    private final MapState<Long, byte[]> features;
    private final KeyframePolicy policy;
    private final FrameTokens frames;

    KeyframeFeatures(KeyedStateStore store, KeyframePolicy policy, FrameTokens frames) {
        this.features =
                store.getMapState(new MapStateDescriptor<>("keyframes", Long.class, byte[].class));
        this.policy = policy;
        this.frames = frames;
    }

    void put(long sequence, byte[] state) throws Exception {
        features.put(sequence, state);
    }

    void clear() {
        features.clear();
    }

    /** The keyframes of a history, those included that are only kept for pending queries. */
    List<Keyframe> all(StreamHead head) throws Exception {
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
        long[] all = frames.sequences(head.getFirstSequence(), head.getLastSequence());
        long dropped = head.getSeen() - head.getKept();
        List<Long> numbers = new ArrayList<>();
        for (long sequence : head.getKeyframes()) {
            int place = Arrays.binarySearch(all, sequence);
            // One that is older than all, and only kept for a pending query, has no place.
            numbers.add(place < 0 ? dropped - 1 : dropped + place);
        }
        return numbers;
    }

    /** The keyframes of a history that are among its frames. */
    List<Keyframe> remembered(StreamHead head) throws Exception {
        return all(head).stream()
                .filter(each -> each.sequence() >= head.getFirstSequence())
                .toList();
    }

    /** Sequences of the frames that are keyframes by the policy, rising. */
    List<Long> kept(String stream, StreamHead head) throws Exception {
        return policy.keep(stream, remembered(head), head.getSeen()).stream()
                .map(Keyframe::sequence)
                .toList();
    }

    /**
     * Drops what is no keyframe any more.
     *
     * @param needed those that stay all the same
     */
    StreamHead drop(String stream, StreamHead now, Set<Long> needed) throws Exception {
        Set<Long> kept = new HashSet<>(needed);
        kept.addAll(kept(stream, now));
        List<Keyframe> left = new ArrayList<>();
        for (Keyframe keyframe : all(now)) {
            if (kept.contains(keyframe.sequence())) {
                left.add(keyframe);
            } else {
                features.remove(keyframe.sequence());
            }
        }
        return with(StreamHead.newBuilder(now), left).build();
    }

    /** Names keyframes in a head. */
    static StreamHead.Builder with(StreamHead.Builder head, List<Keyframe> keyframes) {
        return head.setKeyframes(keyframes.stream().map(Keyframe::sequence).toList())
                .setKeyframeNumbers(keyframes.stream().map(Keyframe::number).toList());
    }

    /** The features of keyframes, in their order; empty if some are not there. */
    Optional<List<byte[]>> features(List<Long> sequences) throws Exception {
        List<byte[]> found = new ArrayList<>();
        for (long sequence : sequences) {
            byte[] state = features.get(sequence);
            if (state == null) {
                return Optional.empty();
            }
            found.add(state);
        }
        return Optional.of(found);
    }
}
