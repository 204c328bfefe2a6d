package dev.watchword.job.bench;

import dev.watchword.model.LlavaMini;
import dev.watchword.model.Prefix;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/** Histories of as many streams as are asked for, which the decoder has read and which are kept. */
final class KeptHistories implements AutoCloseable {
    private final LlavaMini network;
    private final BenchHistory history;
    private final List<Prefix> kept = new ArrayList<>();

    /**
     * @param history what each of them holds
     */
    KeptHistories(LlavaMini network, BenchHistory history) {
        this.network = network;
        this.history = history;
    }

    LlavaMini network() {
        return network;
    }

    /** How many frames each of them has. */
    int frames() {
        return history.frames();
    }

    /** The first ones; those that are not there yet are read now. */
    List<Prefix> first(int count) {
        while (kept.size() < count) {
            try (TensorScope scope = network.newScope()) {
                Tensor front = network.embed(scope, history.prompt().before());
                Prefix prefix = network.newPrefix(front, frames());
                kept.add(prefix);
                prefix.append(history.tokens(scope));
            }
        }
        return List.copyOf(kept.subList(0, count));
    }

    /** A question behind the frames, as the decoder gets it [L, D]. */
    Tensor question(TensorScope scope) {
        return network.embed(scope, history.prompt().after());
    }

    @Override
    public void close() {
        kept.forEach(Prefix::close);
    }
}
