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
import java.util.concurrent.atomic.LongAdder;

/**
 * The keyframes that questions were fused with, as pre-fusion left them: their keys and values serve
 * any later question, so that of a question only its text is fused; and of that only what is behind
 * the text in front of the frames, which is the same for all. Bounded in bytes of the device's memory;
 * what was needed longest ago goes first.
 *
 * <p>For the device's thread, where nothing else is said.
 */
final class KeyframeStore implements AutoCloseable {
    private final LlavaMini network;
    private final RecentFrames recent;
    private final long[] front;
    private final long mostBytes;
    private final LinkedHashMap<KeyframeName, OwnedFrames> kept =
            new LinkedHashMap<>(16, 0.75f, true);
    private final Queue<Long> forgotten = new ConcurrentLinkedQueue<>();
    private final LongAdder encoded = new LongAdder();
    private volatile long bytes;

    /**
     * @param recent where keyframes are looked for that no question was fused with yet
     * @param front the token ids with which every question's text begins; they are fused with a
     *     keyframe once for all. Empty: with every question
     * @param mostBytes of the device's memory, between two questions
     */
    KeyframeStore(LlavaMini network, RecentFrames recent, long[] front, long mostBytes) {
        this.network = network;
        this.recent = recent;
        this.front = front.clone();
        this.mostBytes = mostBytes;
    }

    /**
     * Keyframes ready for text. Those that are neither kept nor recent are encoded, all together.
     *
     * @param keyframes not empty
     * @param weights how much each of them counts; together 1
     */
    KeyframeFusion fusion(List<AnswerRequest.Keyframe> keyframes, float[] weights) {
        List<AnswerRequest.Keyframe> missing =
                keyframes.stream().filter(each -> !keeps(each.name())).toList();
        if (!missing.isEmpty()) {
            keep(missing);
        }
        List<EncodedFrames> found = new ArrayList<>();
        keyframes.forEach(each -> found.add(kept.get(each.name()).frames()));
        KeyframeFusion fusion = new KeyframeFusion(network, found, weights);
        dropTooMuch();
        return fusion;
    }

    private void keep(List<AnswerRequest.Keyframe> missing) {
        Map<KeyframeName, OwnedFrames> ready = new LinkedHashMap<>();
        try {
            List<AnswerRequest.Keyframe> unknown = new ArrayList<>();
            for (AnswerRequest.Keyframe each : missing) {
                recent.find(each.features())
                        .ifPresentOrElse(
                                found -> ready.put(each.name(), found), () -> unknown.add(each));
            }
            if (!unknown.isEmpty()) {
                encode(unknown, ready);
            }
            if (front.length > 0) {
                fuseFront(ready);
            }
        } catch (RuntimeException e) {
            ready.values().forEach(OwnedFrames::close);
            throw e;
        }
        ready.forEach(
                (name, one) -> {
                    bytes += one.bytes();
                    kept.put(name, one);
                });
    }

    private void encode(
            List<AnswerRequest.Keyframe> unknown, Map<KeyframeName, OwnedFrames> ready) {
        encoded.add(unknown.size());
        try (TensorScope step = network.newScope();
                OwnedFrames all = OwnedFrames.encode(network, features(step, unknown))) {
            for (int i = 0; i < unknown.size(); i++) {
                ready.put(unknown.get(i).name(), OwnedFrames.copy(network, all.frames(), i));
            }
        }
    }

    /** Puts copies with the text in front in the frames' place. All are fused together. */
    private void fuseFront(Map<KeyframeName, OwnedFrames> ready) {
        List<EncodedFrames> frames = ready.values().stream().map(OwnedFrames::frames).toList();
        try (TensorScope step = network.newScope();
                EncodedFrames all = EncodedFrames.joined(step, frames, front.length)) {
            network.fuseFront(step, all, front);
            int next = 0;
            for (Map.Entry<KeyframeName, OwnedFrames> each : ready.entrySet()) {
                OwnedFrames without = each.setValue(OwnedFrames.copy(network, all, next++));
                without.close();
            }
        }
    }

    private Tensor features(TensorScope step, List<AnswerRequest.Keyframe> keyframes) {
        return network.keptFeatures(
                step, keyframes.stream().map(AnswerRequest.Keyframe::features).toList());
    }

    private void dropTooMuch() {
        Iterator<OwnedFrames> oldestFirst = kept.values().iterator();
        while (bytes > mostBytes) {
            OwnedFrames oldest = oldestFirst.next();
            oldestFirst.remove();
            drop(oldest);
        }
    }

    private void drop(OwnedFrames one) {
        bytes -= one.bytes();
        one.close();
    }

    /** Drops all of an owner, at the next {@link #dropForgotten}. For any thread. */
    void forget(long owner) {
        forgotten.add(owner);
    }

    /** Drops what was forgotten. */
    void dropForgotten() {
        for (Long owner = forgotten.poll(); owner != null; owner = forgotten.poll()) {
            Iterator<Map.Entry<KeyframeName, OwnedFrames>> all = kept.entrySet().iterator();
            while (all.hasNext()) {
                Map.Entry<KeyframeName, OwnedFrames> each = all.next();
                if (each.getKey().owner() == owner) {
                    all.remove();
                    drop(each.getValue());
                }
            }
        }
    }

    /** Drops all, and the recent frames too. */
    void dropAll() {
        kept.values().forEach(this::drop);
        kept.clear();
        recent.dropAll();
    }

    boolean keeps(KeyframeName name) {
        return kept.containsKey(name);
    }

    /** See {@link EngineLoad#keyframes}. For any thread. */
    EngineLoad.Keyframes load() {
        return new EngineLoad.Keyframes(bytes, recent.bytes(), encoded.sum());
    }

    @Override
    public void close() {
        dropAll();
    }
}
