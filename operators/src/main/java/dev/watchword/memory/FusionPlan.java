package dev.watchword.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * With which keyframes a question is fused, and how much each counts in the mean over the frames in
 * scope.
 *
 * <p>The newest frames of a stream are all keyframes: each counts for itself. The older frames in
 * scope are estimated from those of them that are in the stream's uniform sample, which share the
 * older frames' weight evenly: an unbiased estimate of the mean. Where every frame in scope is a
 * keyframe the mean is exact.
 *
 * @param keyframes sequences; those that count rise
 * @param weights of the keyframes; together 1, and 0 for one that is only there to be kept
 * @param exact whether every frame in scope is among the keyframes
 */
public record FusionPlan(List<Long> keyframes, List<Double> weights, boolean exact) {
    public FusionPlan {
        keyframes = List.copyOf(keyframes);
        weights = List.copyOf(weights);
    }

    /**
     * Plans the fusion of a scope.
     *
     * @param all the stream's keyframes, rising; not empty
     * @param first the scope's first sequence
     * @param last the scope's last sequence
     * @param frames how many frames are in scope, at least 1
     */
    public static FusionPlan of(
            KeyframePolicy policy,
            String stream,
            List<Long> all,
            long first,
            long last,
            long frames) {
        NavigableSet<Long> newest = within(policy.recent(all), first, last);
        NavigableSet<Long> sampled = within(policy.sample(stream, all), first, last);
        sampled.removeAll(newest);
        long older = frames - newest.size();
        if (older == sampled.size()) {
            return weighted(newest, 1.0 / frames, sampled, 1.0 / frames, true);
        }
        if (newest.isEmpty() && sampled.isEmpty()) {
            return new FusionPlan(List.of(nearest(all, first, last)), List.of(1.0), false);
        }
        if (sampled.isEmpty()) {
            return weighted(newest, 1.0 / newest.size(), sampled, 0, false);
        }
        double share = (double) older / frames / sampled.size();
        return weighted(newest, 1.0 / frames, sampled, share, false);
    }

    /**
     * The same plan in which a frame counts at least a given share, and the others share the rest
     * as before. A frame that is no keyframe of the plan changes nothing.
     *
     * @param newest the newest sequence in scope
     * @param share from 0 to 1
     */
    public FusionPlan withNewestShare(long newest, double share) {
        int place = keyframes.indexOf(newest);
        if (place < 0 || weights.get(place) >= share) {
            return this;
        }
        if (share == 1) {
            return new FusionPlan(List.of(newest), List.of(1.0), exact);
        }
        double shrunk = (1 - share) / (1 - weights.get(place));
        List<Double> shared = new ArrayList<>();
        weights.forEach(weight -> shared.add(weight * shrunk));
        shared.set(place, share);
        return new FusionPlan(keyframes, shared, exact);
    }

    /**
     * The same plan, which also has a keyframe that counts nothing; if it has it already, the same.
     */
    public FusionPlan withAnchor(long anchor) {
        if (keyframes.contains(anchor)) {
            return this;
        }
        List<Long> more = new ArrayList<>(keyframes);
        List<Double> counts = new ArrayList<>(weights);
        more.add(0, anchor);
        counts.add(0, 0.0);
        return new FusionPlan(more, counts, exact);
    }

    private static NavigableSet<Long> within(List<Long> sequences, long first, long last) {
        return new TreeSet<>(sequences.stream().filter(s -> s >= first && s <= last).toList());
    }

    private static FusionPlan weighted(
            NavigableSet<Long> newest,
            double newestWeight,
            NavigableSet<Long> sampled,
            double sampledWeight,
            boolean exact) {
        // INVARIANT: the sampled that are left are older than the newest.
        List<Long> keyframes = new ArrayList<>(sampled);
        keyframes.addAll(newest);
        List<Double> weights = new ArrayList<>(Collections.nCopies(sampled.size(), sampledWeight));
        weights.addAll(Collections.nCopies(newest.size(), newestWeight));
        return new FusionPlan(keyframes, weights, exact);
    }

    /** A scope without a keyframe is fused with the keyframe that is nearest to it. */
    private static long nearest(List<Long> all, long first, long last) {
        long best = all.get(0);
        for (long sequence : all) {
            if (distance(sequence, first, last) < distance(best, first, last)) {
                best = sequence;
            }
        }
        return best;
    }

    private static long distance(long sequence, long first, long last) {
        return sequence < first ? first - sequence : Math.max(0, sequence - last);
    }
}
