package dev.watchword.memory;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which frames of a stream are keyframes: the newest, a uniform sample of all, and one of each {@link
 * AgeBlock}, so that every span that is long for its age has some. Sampled are the frames with the
 * smallest hashes of (stream, sequence), so that a replay keeps the same ones.
 *
 * @param recent how many of the newest frames, at least 1
 * @param sample how many frames of the uniform sample
 * @param perAge about how many frames of each power of two of ages; with 2 or more every span has a
 *     keyframe that is at least half as long as its oldest frame is back. 0: none
 */
public record KeyframePolicy(int recent, int sample, int perAge) implements Serializable {
    public KeyframePolicy {
        if (recent < 1 || sample < 0 || perAge < 0) {
            throw new IllegalArgumentException(
                    "At least one of the newest frames must be a keyframe: recent %d, sample %d, per age %d"
                            .formatted(recent, sample, perAge));
        }
    }

    /**
     * The keyframes among candidates, rising.
     *
     * @param candidates the keyframes so far and the frames that came since, rising
     * @param seen how many frames the history has seen
     */
    public List<Keyframe> keep(String stream, List<Keyframe> candidates, long seen) {
        List<Keyframe> byHash = byHash(stream, candidates);
        Set<Keyframe> kept = new HashSet<>(recent(candidates));
        kept.addAll(byHash.subList(0, Math.min(sample, byHash.size())));
        if (perAge > 0) {
            Map<AgeBlock, Keyframe> ages = new HashMap<>();
            byHash.forEach(each -> ages.putIfAbsent(block(each, seen), each));
            kept.addAll(ages.values());
        }
        return candidates.stream().filter(kept::contains).toList();
    }

    /** The newest of some keyframes, rising. */
    List<Keyframe> recent(List<Keyframe> keyframes) {
        return keyframes.subList(Math.max(0, keyframes.size() - recent), keyframes.size());
    }

    /** Those of some keyframes that are in the stream's uniform sample. */
    List<Keyframe> sample(String stream, List<Keyframe> keyframes) {
        return byHash(stream, keyframes).subList(0, Math.min(sample, keyframes.size()));
    }

    /** The block in which a keyframe stands for its age. */
    AgeBlock block(Keyframe keyframe, long seen) {
        return AgeBlock.of(keyframe.number(), seen, perAge);
    }

    private static List<Keyframe> byHash(String stream, List<Keyframe> keyframes) {
        record Hashed(Keyframe keyframe, long hash) {}
        long seed = hash(stream);
        List<Hashed> hashed = new ArrayList<>();
        for (Keyframe keyframe : keyframes) {
            hashed.add(new Hashed(keyframe, hash(seed, keyframe.sequence())));
        }
        hashed.sort(
                Comparator.comparingLong(Hashed::hash)
                        .thenComparingLong(each -> each.keyframe().sequence()));
        return hashed.stream().map(Hashed::keyframe).toList();
    }

    /**
     * The keyframe with which the text in front of a history is fused: of some keyframes the one with
     * the smallest hash. Among all keyframes of a growing history it is a frame drawn uniformly from
     * all its frames, and it changes about ln n times in n frames.
     *
     * @param keyframes sequences; not empty
     */
    public long anchor(String stream, List<Long> keyframes) {
        long seed = hash(stream);
        return keyframes.stream()
                .min(
                        Comparator.comparing((Long sequence) -> hash(seed, sequence))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /**
     * The anchor of a plan for a scope and of the one that was made from it for a model: of both, so
     * that it is found again among the keyframes of the latter and itself.
     */
    public long anchor(String stream, FusionPlan scope, FusionPlan plan) {
        List<Long> keyframes = new ArrayList<>(scope.keyframes());
        keyframes.addAll(plan.keyframes());
        return anchor(stream, keyframes);
    }

    private static long hash(long seed, long sequence) {
        return mix(seed ^ mix(sequence));
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
