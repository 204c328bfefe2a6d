package dev.watchword.model.training;

import dev.watchword.tensor.Script;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorList;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * AdamW (Loshchilov and Hutter 2019). Matrices decay, vectors do not. A weight takes part from the
 * first step in which it has a gradient.
 *
 * <p>For one thread at a time.
 */
public final class AdamW implements AutoCloseable {
    private static final double CLIP = 1.0;

    private final TensorScope scope;
    private final Script script;
    private final double decay;
    private final Map<String, Tensor> weights;
    private final Map<String, Moments> moments = new LinkedHashMap<>();
    private final Map<String, Tensor> restored = new LinkedHashMap<>();

    /** What is remembered of a weight's gradients, and for how many steps. */
    private record Moments(Tensor gradient, Tensor first, Tensor second, Tensor steps) {}

    /**
     * Makes an optimizer.
     *
     * @param weights by name; those that want no gradient stay as they are
     * @param decay by how much matrices shrink in a step, times the rate
     */
    public AdamW(TensorScope scope, Map<String, Tensor> weights, double decay) {
        this.scope = scope;
        this.script = Script.load("adam_w", scope.device());
        this.weights = weights;
        this.decay = decay;
    }

    /**
     * Changes the weights by their gradients, and forgets the gradients.
     *
     * @return the norm of all gradients together, before it was cut to 1
     */
    public float step(double rate) {
        List<String> matrices = new ArrayList<>();
        List<String> vectors = new ArrayList<>();
        for (Map.Entry<String, Tensor> weight : weights.entrySet()) {
            if (moments.containsKey(weight.getKey()) || begin(weight.getKey(), weight.getValue())) {
                (weight.getValue().shape().length > 1 ? matrices : vectors).add(weight.getKey());
            }
        }
        List<String> all = new ArrayList<>(matrices);
        all.addAll(vectors);
        try (TensorScope step = scope.child();
                TensorList gradients =
                        new TensorList(all.stream().map(n -> moments.get(n).gradient()).toList())) {
            List<Tensor> scaleAndNorm = script.callForList(step, "scale", gradients, CLIP);
            float norm = scaleAndNorm.get(1).toFloats()[0];
            if (Float.isFinite(norm)) {
                update(step, matrices, scaleAndNorm.get(0), rate, decay);
                update(step, vectors, scaleAndNorm.get(0), rate, 0);
            } else {
                script.call(step, "forget", gradients);
            }
            return norm;
        }
    }

    private boolean begin(String name, Tensor weight) {
        Optional<Tensor> gradient = weight.gradient();
        gradient.ifPresent(
                found ->
                        moments.put(
                                name,
                                new Moments(
                                        found,
                                        kept("first." + name, weight.shape()),
                                        kept("second." + name, weight.shape()),
                                        kept("steps." + name, 1))));
        return gradient.isPresent();
    }

    private Tensor kept(String name, long... shape) {
        return Optional.ofNullable(restored.remove(name)).orElseGet(() -> zeros(shape));
    }

    private Tensor zeros(long... shape) {
        long count = 1;
        for (long length : shape) {
            count *= length;
        }
        return scope.floats(new float[Math.toIntExact(count)], shape);
    }

    private void update(
            TensorScope step, List<String> names, Tensor scale, double rate, double decay) {
        if (names.isEmpty()) {
            return;
        }
        List<Moments> own = names.stream().map(moments::get).toList();
        try (TensorList changed = new TensorList(names.stream().map(weights::get).toList());
                TensorList gradients =
                        new TensorList(own.stream().map(Moments::gradient).toList());
                TensorList first = new TensorList(own.stream().map(Moments::first).toList());
                TensorList second = new TensorList(own.stream().map(Moments::second).toList());
                TensorList steps = new TensorList(own.stream().map(Moments::steps).toList())) {
            script.call(
                    step, "update", changed, gradients, first, second, steps, rate, decay, scale);
        }
    }

    /** What is to be kept so that training can go on later, by name. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        moments.forEach(
                (name, kept) -> {
                    state.put("first." + name, kept.first());
                    state.put("second." + name, kept.second());
                    state.put("steps." + name, kept.steps());
                });
        return state;
    }

    /**
     * Goes on with what {@link #state} gave.
     *
     * @param state owned by a scope that lives as long as this
     */
    public void restore(Map<String, Tensor> state) {
        restored.putAll(state);
    }

    @Override
    public void close() {
        script.close();
    }
}
