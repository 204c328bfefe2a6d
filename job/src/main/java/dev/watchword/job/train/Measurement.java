package dev.watchword.job.train;

import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.QuestionWriter;
import dev.watchword.job.yard.Population;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.TrainableNetwork;
import dev.watchword.model.picture.ClipSettings;
import dev.watchword.model.training.BatchLoss;
import dev.watchword.model.training.SideHeads;
import dev.watchword.model.training.SideWeights;
import dev.watchword.model.training.StateHeads;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.TensorScope;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * How many questions about single frames a model answers rightly: every token of the answer is the
 * likeliest, which is what greedy decoding would write.
 */
record Measurement(double share, int questions) {
    private static final int PICTURES = 32;
    private static final int ASKED = 8;

    /**
     * Asks a model, which is loaded once, as many questions of each family.
     *
     * @param batches how many for each family
     * @param seed of the frames and the questions
     */
    static Map<Family, Measurement> of(
            ModelDirectory model, SceneBank bank, List<Family> families, int batches, long seed) {
        try (TrainableNetwork network = TrainableNetwork.load(model, ComputeDevice.CPU);
                TensorScope scope = network.network().newScope();
                QuestionCoder coder = new QuestionCoder(model, Set.of());
                BatchLoss loss =
                        new BatchLoss(
                                network,
                                new SideHeads(
                                        heads(scope, model, SceneStates.sizes()),
                                        SceneStates.palette(scope, new SplittableRandom(0)),
                                        heads(scope, model, SceneEvents.sizes()),
                                        SceneEvents.emphasis(),
                                        heads(scope, model, List.of(SceneEvents.times())),
                                        heads(scope, model, List.of(2)),
                                        heads(scope, model, List.of(CombinedBatches.OWNERS))),
                                new SideWeights(0, 0, 0, 0),
                                ClipSettings.clip(BundledModel.SIDE, ClipSettings.Fit.PAD),
                                Precision.FLOAT32)) {
            QuestionWriter writer = new QuestionWriter(Population.allPairs());
            Map<Family, Measurement> measured = new EnumMap<>(Family.class);
            for (Family family : families) {
                QuestionMix mix = new QuestionMix(writer, coder, Map.of(family, 1));
                Batches asked = new SingleFrameBatches(bank, mix, PICTURES, ASKED);
                measured.put(family, of(loss, asked, batches, seed));
            }
            return measured;
        }
    }

    private static Measurement of(BatchLoss loss, Batches asked, int batches, long seed) {
        double right = 0;
        int questions = 0;
        for (int i = 0; i < batches; i++) {
            for (float each : loss.measure(asked.next(new SplittableRandom(seed + i))).right()) {
                right += each;
                questions++;
            }
        }
        return new Measurement(right / questions, questions);
    }

    /** Heads that nobody listens to. */
    private static StateHeads heads(TensorScope scope, ModelDirectory model, List<Integer> sizes) {
        return StateHeads.random(
                scope, sizes, model.config().language().width(), new SplittableRandom(0));
    }
}
