package dev.watchword.job.train;

import dev.watchword.model.TrainableNetwork;
import dev.watchword.model.picture.ClipSettings;
import dev.watchword.model.training.BatchLoss;
import dev.watchword.model.training.BatchResult;
import dev.watchword.model.training.SideHeads;
import dev.watchword.model.training.SideWeights;
import dev.watchword.model.training.TrainingBatch;
import dev.watchword.tensor.LibTorch;
import dev.watchword.tensor.Precision;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;

/**
 * Several batches of one network at once, each on a thread of its own. While this is open, the
 * threads that operators may use are shared out among them.
 *
 * <p>For one thread.
 */
final class Learners implements AutoCloseable {
    private final List<BatchLoss> losses;
    private final ExecutorService threads;
    private final int threadsBefore = LibTorch.threads();

    Learners(
            int count,
            TrainableNetwork network,
            SideHeads heads,
            SideWeights weights,
            Precision precision) {
        ClipSettings pixels = ClipSettings.clip(BundledModel.SIDE, ClipSettings.Fit.PAD);
        losses =
                IntStream.range(0, count)
                        .mapToObj(i -> new BatchLoss(network, heads, weights, pixels, precision))
                        .toList();
        threads = Daemons.pool("learner", count);
        LibTorch.setThreads(Math.max(1, threadsBefore / count));
    }

    /** Adds the mean of the batches' gradients to the weights' own; returns how each batch went. */
    List<BatchResult> learn(List<TrainingBatch> batches) {
        float share = 1f / batches.size();
        List<CompletableFuture<BatchResult>> learning =
                IntStream.range(0, batches.size())
                        .mapToObj(
                                i ->
                                        CompletableFuture.supplyAsync(
                                                () -> losses.get(i).learn(batches.get(i), share),
                                                threads))
                        .toList();
        CompletableFuture.allOf(learning.toArray(CompletableFuture[]::new)).join();
        return learning.stream().map(CompletableFuture::join).toList();
    }

    @Override
    public void close() {
        threads.shutdown();
        LibTorch.setThreads(threadsBefore);
        losses.forEach(BatchLoss::close);
    }
}
