package dev.watchword.job.bench;

import dev.watchword.engine.LocalEngine;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.Prefix;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;

/** The frames that come to a history that is kept, as many as the engine reads together. */
final class HistoryAppend implements Rival {
    /** How many frames are read together. */
    static final int TOGETHER = LocalEngine.FRAMES_READ_TOGETHER;

    private final LlavaMini network;
    private final BenchHistory history;

    HistoryAppend(LlavaMini network, BenchHistory history) {
        this.network = network;
        this.history = history;
    }

    LlavaMini network() {
        return network;
    }

    int frames() {
        return history.frames();
    }

    @Override
    public String name() {
        return "frames read behind %d, in %s".formatted(frames(), Setup.name(network.precision()));
    }

    @Override
    public void run(Lap lap) {
        if (history.kept().frames() > frames() + frames() / 10 + 10 * TOGETHER) {
            history.drop();
        }
        Prefix kept = history.kept();
        lap.ends();
        try (TensorScope scope = network.newScope()) {
            Tensor frames = history.next(scope, TOGETHER);
            kept.append(frames);
            CeilingScript.await(frames);
        }
        lap.ends();
    }

    @Override
    public int parts() {
        return 2;
    }
}
