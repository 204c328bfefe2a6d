package dev.watchword.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * With which keyframes a question is fused, and how much each counts in the mean over the frames in
 * scope.
 *
 * <p>The newest frames of a stream are all keyframes: each counts for itself. The older frames in
 * scope are estimated from those of them that are in the stream's uniform sample, which share the
 * older frames' weight evenly: an unbiased estimate of the mean. Where none of the sample is in
 * scope, the keyframes of its ages stand for the older frames, each for those of its {@link
 * AgeBlock} that are in scope. Where every frame in scope is a keyframe the mean is exact.
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
     * @param seen how many frames the history has seen
     * @param first the number of the scope's first frame
     * @param frames how many frames are in scope, at least 1
     */
    public static FusionPlan of(
            KeyframePolicy policy,
            String stream,
            List<Keyframe> all,
            long seen,
            long first,
            long frames) {
        List<Keyframe> kept = policy.keep(stream, all, seen);
        long end = first + frames;
        List<Keyframe> inScope = within(kept, first, end);
        if (inScope.isEmpty()) {
            Keyframe nearest = nearest(kept, first, end);
            return weighted(Map.of(nearest, 1.0), false);
        }
        Map<Keyframe, Double> weights = new HashMap<>();
        if (inScope.size() == frames) {
            inScope.forEach(each -> weights.put(each, 1.0 / frames));
            return weighted(weights, true);
        }
        List<Keyframe> newest = within(policy.recent(kept), first, end);
        List<Keyframe> older = new ArrayList<>(inScope);
        older.removeAll(newest);
        long olderFrames = frames - newest.size();
        Set<Keyframe> sampled = new HashSet<>(policy.sample(stream, kept));
        sampled.retainAll(older);
        if (older.isEmpty()) {
            newest.forEach(each -> weights.put(each, 1.0 / newest.size()));
            return weighted(weights, false);
        }
        newest.forEach(each -> weights.put(each, 1.0 / frames));
        if (!sampled.isEmpty()) {
            double share = (double) olderFrames / frames / sampled.size();
            sampled.forEach(each -> weights.put(each, share));
        } else {
            // INVARIANT: the older frames are in front of the newest.
            long from = first;
            for (int i = 0; i < older.size(); i++) {
                boolean isLast = i == older.size() - 1;
                long to = isLast ? first + olderFrames : policy.block(older.get(i), seen).end();
                weights.put(older.get(i), (double) (to - from) / frames);
                from = to;
            }
        }
        return weighted(weights, false);
    }

    private static List<Keyframe> within(List<Keyframe> keyframes, long first, long end) {
        return keyframes.stream()
                .filter(each -> each.number() >= first && each.number() < end)
                .toList();
    }

    private static FusionPlan weighted(Map<Keyframe, Double> weights, boolean exact) {
        List<Keyframe> rising =
                weights.keySet().stream()
                        .sorted(Comparator.comparingLong(Keyframe::number))
                        .toList();
        return new FusionPlan(
                rising.stream().map(Keyframe::sequence).toList(),
                rising.stream().map(weights::get).toList(),
                exact);
    }

    /**
     * The same plan in which a keyframe counts at least a given share, and the others share the rest
     * as before.
     *
     * @param keyframe what stands for the newest frame in scope: that frame, or its {@link Lookalike},
     *     which may be out of scope
     * @param share from 0 to 1
     */
    public FusionPlan withShare(long keyframe, double share) {
        int place = keyframes.indexOf(keyframe);
        double counts = place < 0 ? 0 : weights.get(place);
        if (counts >= share) {
            return this;
        }
        if (share == 1) {
            return new FusionPlan(List.of(keyframe), List.of(1.0), exact);
        }
        double shrunk = (1 - share) / (1 - counts);
        TreeMap<Long, Double> shared = new TreeMap<>();
        for (int i = 0; i < weights.size(); i++) {
            shared.put(keyframes.get(i), weights.get(i) * shrunk);
        }
        shared.put(keyframe, share);
        return new FusionPlan(List.copyOf(shared.keySet()), List.copyOf(shared.values()), exact);
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

    /** A scope without a keyframe is fused with the keyframe that is nearest to it. */
    private static Keyframe nearest(List<Keyframe> all, long first, long end) {
        Keyframe best = all.get(0);
        for (Keyframe each : all) {
            if (distance(each.number(), first, end) < distance(best.number(), first, end)) {
                best = each;
            }
        }
        return best;
    }

    private static long distance(long number, long first, long end) {
        return number < first ? first - number : Math.max(0, number - end + 1);
    }
}
