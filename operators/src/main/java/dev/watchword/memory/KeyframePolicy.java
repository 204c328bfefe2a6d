package dev.watchword.memory;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Which frames of a stream are keyframes: the newest, and a uniform sample of all. The sample is
 * the frames with the smallest hashes of (stream, sequence), so that a replay keeps the same ones.
 *
 * @param recent how many of the newest frames, at least 1
 * @param sample how many frames of the sample
 */
public record KeyframePolicy(int recent, int sample) implements Serializable {
    public KeyframePolicy {
        if (recent < 1 || sample < 0) {
            throw new IllegalArgumentException(
                    "At least one of the newest frames must be a keyframe: recent "
                            + recent
                            + ", sample "
                            + sample);
        }
    }

    /**
     * The keyframes among candidates, rising.
     *
     * @param candidates the keyframes so far and the frames that came since, rising
     */
    public List<Long> keep(String stream, List<Long> candidates) {
        TreeSet<Long> kept = new TreeSet<>(recent(candidates));
        kept.addAll(sample(stream, candidates));
        return List.copyOf(kept);
    }

    /** The newest of some keyframes, rising. */
    List<Long> recent(List<Long> keyframes) {
        return keyframes.subList(Math.max(0, keyframes.size() - recent), keyframes.size());
    }

    /** Those of some keyframes that are in the stream's sample. */
    List<Long> sample(String stream, List<Long> keyframes) {
        return byHash(stream, keyframes).subList(0, Math.min(sample, keyframes.size()));
    }

    private static List<Long> byHash(String stream, List<Long> keyframes) {
        long seed = hash(stream);
        List<Long> byHash = new ArrayList<>(keyframes);
        byHash.sort(
                Comparator.comparing((Long sequence) -> mix(seed ^ mix(sequence)))
                        .thenComparing(Comparator.naturalOrder()));
        return byHash;
    }

    /**
     * The keyframe with which the text in front of a history is fused: of some keyframes the one with
     * the smallest hash. Among all keyframes of a growing history it is a frame drawn uniformly from
     * all its frames, and it changes about ln n times in n frames.
     *
     * @param keyframes not empty
     */
    public long anchor(String stream, List<Long> keyframes) {
        return byHash(stream, keyframes).get(0);
    }

    /** FNV-1a, 64 bits. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The finalizer of splitmix64: every bit of the input changes every bit of the output. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
