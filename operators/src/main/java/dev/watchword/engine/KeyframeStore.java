package dev.watchword.engine;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.KeyframeFusion;
import dev.watchword.model.LlavaMini;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The keyframes that questions were fused with, as pre-fusion left them: their keys and values serve
 * any later question, so that of a question only its text is fused. Bounded in bytes of the device's
 * memory; what was needed longest ago goes first.
 *
 * <p>For the device's thread, where nothing else is said.
 */
final class KeyframeStore implements AutoCloseable {
    private final LlavaMini network;
    private final long mostBytes;
    private final LinkedHashMap<KeyframeName, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Queue<Long> forgotten = new ConcurrentLinkedQueue<>();
    private volatile long bytes;

    private record Kept(EncodedFrames frame, TensorScope scope) {
        void close() {
            frame.close();
            scope.close();
        }
    }

    KeyframeStore(LlavaMini network, long mostBytes) {
        this.network = network;
        this.mostBytes = mostBytes;
    }

    /**
     * Keyframes ready for text; those that are not kept are encoded, all together.
     *
     * @param keyframes not empty
     * @param weights how much each of them counts; together 1
     */
    KeyframeFusion fusion(List<AnswerRequest.Keyframe> keyframes, float[] weights) {
        if (mostBytes == 0) {
            return encoded(keyframes, weights);
        }
        List<AnswerRequest.Keyframe> missing =
                keyframes.stream().filter(each -> !keeps(each.name())).toList();
        if (!missing.isEmpty()) {
            encode(missing);
        }
        List<EncodedFrames> found = new ArrayList<>();
        keyframes.forEach(each -> found.add(kept.get(each.name()).frame()));
        KeyframeFusion fusion = new KeyframeFusion(network, found, weights);
        dropTooMuch();
        return fusion;
    }

    private KeyframeFusion encoded(List<AnswerRequest.Keyframe> keyframes, float[] weights) {
        try (TensorScope step = network.newScope()) {
            return new KeyframeFusion(network, features(step, keyframes), weights);
        }
    }

    private void encode(List<AnswerRequest.Keyframe> missing) {
        try (TensorScope step = network.newScope();
                EncodedFrames all = network.encode(step, features(step, missing), 0)) {
            for (int i = 0; i < missing.size(); i++) {
                keep(missing.get(i).name(), all, i);
            }
        }
    }

    private void keep(KeyframeName name, EncodedFrames all, int index) {
        TensorScope own = network.newScope();
        try {
            Kept one = new Kept(all.frame(own, index), own);
            bytes += one.frame().bytes();
            kept.put(name, one);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private Tensor features(TensorScope step, List<AnswerRequest.Keyframe> keyframes) {
        return network.keptFeatures(
                step, keyframes.stream().map(AnswerRequest.Keyframe::features).toList());
    }

    private void dropTooMuch() {
        Iterator<Kept> oldestFirst = kept.values().iterator();
        while (bytes > mostBytes) {
            Kept oldest = oldestFirst.next();
            oldestFirst.remove();
            drop(oldest);
        }
    }

    private void drop(Kept one) {
        bytes -= one.frame().bytes();
        one.close();
    }

    /** Drops all of an owner, at the next {@link #dropForgotten}. For any thread. */
    void forget(long owner) {
        forgotten.add(owner);
    }

    /** Drops what was forgotten. */
    void dropForgotten() {
        for (Long owner = forgotten.poll(); owner != null; owner = forgotten.poll()) {
            Iterator<Map.Entry<KeyframeName, Kept>> all = kept.entrySet().iterator();
            while (all.hasNext()) {
                Map.Entry<KeyframeName, Kept> each = all.next();
                if (each.getKey().owner() == owner) {
                    all.remove();
                    drop(each.getValue());
                }
            }
        }
    }

    /** Drops all. */
    void dropAll() {
        kept.values().forEach(this::drop);
        kept.clear();
    }

    boolean keeps(KeyframeName name) {
        return kept.containsKey(name);
    }

    /** How many bytes of the device's memory are kept. For any thread. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        dropAll();
    }
}
