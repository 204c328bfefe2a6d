package dev.watchword.model.untrained;

import java.util.List;

/**
 * One tensor that is to be written.
 *
 * @param name its name in Hugging Face's layout
 * @param shape dimensions, outermost first
 * @param initialisation what its values are
 */
record TensorPlan(String name, List<Long> shape, Initialisation initialisation) {
    TensorPlan {
        shape = List.copyOf(shape);
    }

    long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
