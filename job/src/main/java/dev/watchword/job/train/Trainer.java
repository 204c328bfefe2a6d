package dev.watchword.job.train;

import dev.watchword.model.TrainableNetwork;
import dev.watchword.model.training.AdamW;
import dev.watchword.model.training.BatchResult;
import dev.watchword.model.training.SideHeads;
import dev.watchword.model.training.StateHeads;
import dev.watchword.model.training.TrainingBatch;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.FastestPrecision;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Runs stages of training over one network, and keeps the state now and then.
 *
 * <p>For one thread; batches are made by others ahead of time.
 */
final class Trainer implements AutoCloseable {
    private static final String HEADS = "state_heads";
    private static final String PALETTE = "palette";
    private static final String EVENTS = "event_heads";
    private static final String MOMENTS = "moment_head";
    private static final String ORDER = "order_head";
    private static final String OWNERS = "owner_head";
    private static final double DECAY = 0.02;
    private static final long KEEP_EVERY_NANOS = 120_000_000_000L;
    private static final int AHEAD = 3;

    /**
     * Of so many batches a step learns, at once: operators of this size keep one core busy better
     * than several.
     */
    static final int BATCHES = 2;

    private final TrainableNetwork network;
    private final SideHeads heads;
    private final TensorScope scope;
    private final TrainingState state;
    private final TrainingLog log;
    private final long seed;
    private final Precision precision = FastestPrecision.on(ComputeDevice.CPU);
    private final ExecutorService makers = Daemons.pool("batches", 1);
    private double secondsBefore;
    private long begun = System.nanoTime();

    Trainer(TrainableNetwork network, TrainingState state, TrainingLog log, long seed) {
        this.network = network;
        this.state = state;
        this.log = log;
        this.seed = seed;
        this.scope = network.network().newScope();
        int width = network.network().config().language().width();
        SplittableRandom random = new SplittableRandom(seed);
        this.heads =
                new SideHeads(
                        StateHeads.random(scope, SceneStates.sizes(), width, random),
                        SceneStates.palette(scope, random),
                        StateHeads.random(scope, SceneEvents.sizes(), width, random),
                        SceneEvents.emphasis(),
                        StateHeads.random(scope, List.of(SceneEvents.times()), width, random),
                        StateHeads.random(scope, List.of(2), width, random),
                        StateHeads.random(scope, List.of(CombinedBatches.OWNERS), width, random));
    }

    /** Takes up what was kept. */
    void restore(TrainingState.Progress progress) {
        secondsBefore = progress.seconds();
        try (TensorScope step = scope.child()) {
            Map<String, Tensor> kept = state.tensors(step);
            all().forEach((name, weight) -> weight.set(kept.get(name).toFloats()));
        }
    }

    private Map<String, Tensor> all() {
        Map<String, Tensor> all = new LinkedHashMap<>(network.weights());
        all.put(HEADS, heads.states().weights());
        all.put(PALETTE, heads.palette().points());
        all.put(EVENTS, heads.events().weights());
        all.put(MOMENTS, heads.moments().weights());
        all.put(ORDER, heads.order().weights());
        all.put(OWNERS, heads.owners().weights());
        return all;
    }

    /**
     * Runs a stage.
     *
     * @param index which stage it is
     * @param from how many of its steps are done already; then the optimizer goes on as it was kept
     * @throws InterruptedException where it is interrupted; what was learnt until then is kept
     */
    void run(int index, Stage stage, int from, Batches batches)
            throws IOException, InterruptedException {
        Map<String, Tensor> learning = new LinkedHashMap<>();
        network.namesOf(stage.parts())
                .forEach(name -> learning.put(name, network.weights().get(name)));
        if (stage.weights().states() > 0) {
            learning.put(HEADS, heads.states().weights());
            learning.put(PALETTE, heads.palette().points());
        }
        if (stage.weights().events() > 0) {
            learning.put(EVENTS, heads.events().weights());
        }
        if (stage.weights().moments() > 0) {
            learning.put(MOMENTS, heads.moments().weights());
            learning.put(ORDER, heads.order().weights());
            learning.put(OWNERS, heads.owners().weights());
        }
        all().values().forEach(weight -> weight.wantGradient(false));
        learning.values().forEach(weight -> weight.wantGradient(true));
        try (TensorScope own = scope.child();
                Learners learners =
                        new Learners(BATCHES, network, heads, stage.weights(), precision);
                AdamW optimizer = new AdamW(own, learning, DECAY)) {
            if (from > 0) {
                optimizer.restore(state.tensors(own));
            }
            steps(index, stage, from, batches, learners, optimizer);
            keep(index + 1, 0, optimizer);
        }
    }

    private void steps(
            int index, Stage stage, int from, Batches batches, Learners learners, AdamW optimizer)
            throws IOException, InterruptedException {
        ArrayDeque<Future<List<TrainingBatch>>> ahead = new ArrayDeque<>();
        int asked = from;
        long kept = System.nanoTime();
        for (int step = from; step < stage.steps(); step++) {
            while (asked < stage.steps() && ahead.size() < AHEAD) {
                long own =
                        seed ^ (index + 1L) * 0x9e3779b97f4a7c15L ^ asked++ * 0xbf58476d1ce4e5b9L;
                ahead.add(makers.submit(() -> alike(batches, new SplittableRandom(own))));
            }
            if (Thread.interrupted()) {
                keep(index, step, optimizer);
                throw new InterruptedException();
            }
            List<TrainingBatch> taken = taken(ahead);
            List<BatchResult> results = learners.learn(taken);
            float norm = optimizer.step(stage.rateAt(step));
            for (int i = 0; i < taken.size(); i++) {
                log.batch(topics(taken.get(i)), results.get(i));
            }
            log.step(stage, step, seconds(), norm);
            if (System.nanoTime() - kept > KEEP_EVERY_NANOS) {
                keep(index, step + 1, optimizer);
                kept = System.nanoTime();
            }
        }
    }

    private static List<TrainingBatch> alike(Batches batches, SplittableRandom random) {
        Batches.Maker maker = batches.draw(random);
        return Stream.generate(() -> maker.make(random)).limit(BATCHES).toList();
    }

    private static List<String> topics(TrainingBatch batch) {
        return batch.questions().map(TrainingBatch.Questions::topics).orElse(List.of());
    }

    private static List<TrainingBatch> taken(ArrayDeque<Future<List<TrainingBatch>>> ahead)
            throws InterruptedException {
        try {
            return ahead.remove().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Making a batch failed", e.getCause());
        }
    }

    private double seconds() {
        return secondsBefore + (System.nanoTime() - begun) / 1e9;
    }

    private void keep(int stage, int step, AdamW optimizer) throws IOException {
        Map<String, Tensor> tensors = all();
        tensors.putAll(optimizer.state());
        TrainingState.Progress progress = new TrainingState.Progress(stage, step, seconds());
        try {
            state.keep(progress, tensors);
        } catch (ClosedByInterruptException e) {
            // Whoever interrupts wants it kept all the same.
            Thread.interrupted();
            state.keep(progress, tensors);
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        makers.shutdownNow();
        scope.close();
    }
}
