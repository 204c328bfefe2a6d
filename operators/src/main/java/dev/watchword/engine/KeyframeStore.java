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
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * The keyframes that questions were fused with, as pre-fusion left them: their keys and values serve
 * any later question, so that of a question only its text is fused. Bounded in bytes of the device's
 * memory; what was needed longest ago goes first.
 *
 * <p>For the device's thread, where nothing else is said.
 */
final class KeyframeStore implements AutoCloseable {
    private final LlavaMini network;
    private final RecentFrames recent;
    private final long mostBytes;
    private final LinkedHashMap<KeyframeName, OwnedFrames> kept =
            new LinkedHashMap<>(16, 0.75f, true);
    private final Queue<Long> forgotten = new ConcurrentLinkedQueue<>();
    private final LongAdder encoded = new LongAdder();
    private volatile long bytes;

    /**
     * @param recent where keyframes are looked for that no question was fused with yet
     * @param mostBytes of the device's memory, between two questions
     */
    KeyframeStore(LlavaMini network, RecentFrames recent, long mostBytes) {
        this.network = network;
        this.recent = recent;
        this.mostBytes = mostBytes;
    }

    /**
     * Keyframes ready for text. Those that are neither kept nor recent are encoded, all together.
     *
     * @param keyframes not empty
     * @param weights how much each of them counts; together 1
     */
    KeyframeFusion fusion(List<AnswerRequest.Keyframe> keyframes, float[] weights) {
        List<AnswerRequest.Keyframe> missing = new ArrayList<>();
        for (AnswerRequest.Keyframe each : keyframes) {
            if (!keeps(each.name()) && !keepRecent(each)) {
                missing.add(each);
            }
        }
        if (!missing.isEmpty()) {
            encode(missing);
        }
        List<EncodedFrames> found = new ArrayList<>();
        keyframes.forEach(each -> found.add(kept.get(each.name()).frames()));
        KeyframeFusion fusion = new KeyframeFusion(network, found, weights);
        dropTooMuch();
        return fusion;
    }

    /** Keeps a keyframe, if it is a recent frame. */
    private boolean keepRecent(AnswerRequest.Keyframe keyframe) {
        Optional<OwnedFrames> found = recent.find(keyframe.features());
        found.ifPresent(frame -> keep(keyframe.name(), frame));
        return found.isPresent();
    }

    private void encode(List<AnswerRequest.Keyframe> missing) {
        encoded.add(missing.size());
        try (TensorScope step = network.newScope();
                EncodedFrames all = network.encode(step, features(step, missing), 0)) {
            for (int i = 0; i < missing.size(); i++) {
                keep(missing.get(i).name(), OwnedFrames.copy(network, all, i));
            }
        }
    }

    private void keep(KeyframeName name, OwnedFrames frame) {
        bytes += frame.bytes();
        kept.put(name, frame);
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
