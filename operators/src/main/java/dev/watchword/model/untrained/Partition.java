package dev.watchword.model.untrained;

import java.util.ArrayList;
import java.util.List;

/** Cuts a list of tensors into files. */
final class Partition {
    private Partition() {}

    /**
     * Returns consecutive runs of the tensors, each with about as many elements as the others and
     * none empty.
     *
     * @throws IllegalArgumentException if there are fewer tensors than runs
     */
    static List<List<TensorPlan>> ofEqualSize(List<TensorPlan> tensors, int runs) {
        if (runs > tensors.size()) {
            throw new IllegalArgumentException(
                    "%d tensors cannot fill %d files".formatted(tensors.size(), runs));
        }
        long total = tensors.stream().mapToLong(TensorPlan::elements).sum();
        List<List<TensorPlan>> parts = new ArrayList<>();
        int next = 0;
        long before = 0;
        for (int run = 0; run < runs; run++) {
            int start = next;
            int last = tensors.size() - (runs - run - 1);
            while (next < last && (next == start || before * runs < total * (run + 1))) {
                before += tensors.get(next++).elements();
            }
            parts.add(tensors.subList(start, run == runs - 1 ? tensors.size() : next));
        }
        return parts;
    }
}
