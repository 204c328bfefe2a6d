package dev.watchword.model.untrained;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects tensor plans whose names share a beginning. */
final class TensorPlans {
    private final String prefix;
    private final List<TensorPlan> plans;

    TensorPlans(String prefix) {
        this(prefix, new ArrayList<>());
    }

    private TensorPlans(String prefix, List<TensorPlan> plans) {
        this.prefix = prefix;
        this.plans = plans;
    }

    /** Returns a collector for a part of this one; what it collects stands here too. */
    TensorPlans part(String name) {
        return new TensorPlans(prefix + name + ".", plans);
    }

    TensorPlans add(String name, Initialisation initialisation, long... shape) {
        plans.add(
                new TensorPlan(
                        prefix + name, Arrays.stream(shape).boxed().toList(), initialisation));
        return this;
    }

    /** A linear map without a bias. */
    TensorPlans linear(String name, long outputs, long inputs) {
        return add(name + ".weight", Initialisation.linear(inputs), outputs, inputs);
    }

    /** A linear map with a bias. */
    TensorPlans biasedLinear(String name, long outputs, long inputs) {
        return linear(name, outputs, inputs).add(name + ".bias", Initialisation.zeros(), outputs);
    }

    TensorPlans rmsNorm(String name, long width) {
        return add(name + ".weight", Initialisation.ones(), width);
    }

    TensorPlans layerNorm(String name, long width) {
        return rmsNorm(name, width).add(name + ".bias", Initialisation.zeros(), width);
    }

    List<TensorPlan> plans() {
        return List.copyOf(plans);
    }
}
