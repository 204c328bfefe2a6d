package dev.watchword.model.training;

import dev.watchword.model.Activation;
import dev.watchword.model.LanguageConfig;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.TrainableNetwork;
import dev.watchword.model.picture.Channels;
import dev.watchword.model.picture.ClipSettings;
import dev.watchword.tensor.Linear;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Script;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The loss of a batch, computed by the network's own scripts, and its gradients.
 *
 * <p>For one thread at a time.
 */
public final class BatchLoss implements AutoCloseable {
    private static final List<String> SCRIPTS =
            List.of(
                    Linear.scriptName(),
                    "vision_tower",
                    "compressor",
                    "projector",
                    "llama",
                    "training");

    private final TrainableNetwork network;
    private final SideHeads heads;
    private final Precision precision;
    private final Script script;
    private final TensorScope scope;
    private final List<Tensor> weights;
    private final List<Tensor> constants;
    private final Tensor shape;
    private final Tensor headSizes;
    private final Tensor headKinds;
    private final Tensor eventSizes;
    private final Tensor reals;
    private final Tensor emphasis;

    /**
     * Makes the loss of a network.
     *
     * @param precision in which products are computed; weights and their gradients are float32
     * @param sideWeights how much what the heads tell counts beside the answers
     */
    public BatchLoss(
            TrainableNetwork network,
            SideHeads heads,
            SideWeights sideWeights,
            ClipSettings pixels,
            Precision precision) {
        this.network = network;
        this.heads = heads;
        this.precision = precision;
        this.scope = network.network().newScope();
        this.script = Script.loadTogether(SCRIPTS, scope.device());
        this.weights = new ArrayList<>(network.weights().values());
        this.weights.add(heads.states().weights());
        this.weights.add(heads.palette().points());
        this.weights.add(heads.events().weights());
        this.weights.add(heads.moments().weights());
        this.weights.add(heads.order().weights());
        this.weights.add(heads.owners().weights());
        this.constants = constants(pixels);
        this.shape = shape();
        this.headSizes = sizes(heads.states());
        this.headKinds =
                longs(heads.palette().kinds().stream().mapToLong(HeadKind::ordinal).toArray());
        this.eventSizes = sizes(heads.events());
        ModelConfig config = network.network().config();
        this.reals =
                scope.floats(
                        new float[] {
                            (float) config.vision().layerNormEpsilon(),
                            (float) config.language().rmsNormEpsilon(),
                            (float) sideWeights.states(),
                            (float) sideWeights.events(),
                            (float) sideWeights.moments(),
                            (float) config.positionCode(),
                            (float) config.nameCode(),
                            (float) sideWeights.shades()
                        },
                        8);
        this.emphasis = scope.floats(heads.emphasis(), heads.emphasis().length);
    }

    private List<Tensor> constants(ClipSettings pixels) {
        float[] frequencies = network.network().config().language().rotaryFrequencies();
        return List.of(
                scope.floats(frequencies, frequencies.length),
                channels(pixels.mean()),
                channels(pixels.deviation()));
    }

    private Tensor channels(Channels levels) {
        double[] exact = levels.toArray();
        return scope.floats(
                new float[] {(float) exact[0], (float) exact[1], (float) exact[2]}, 3, 1, 1);
    }

    private Tensor shape() {
        ModelConfig config = network.network().config();
        LanguageConfig language = config.language();
        Map<String, Integer> tensors = network.tensorsByPart();
        return longs(
                precision == Precision.BFLOAT16 ? 15 : 6,
                config.vision().selectLayer(),
                config.vision().heads(),
                config.vision().activation() == Activation.QUICK_GELU ? 1 : 0,
                tensors.getOrDefault("compressor", 0),
                config.compressorHeads(),
                tensors.get("projector"),
                config.prefusionLayers(),
                language.layers(),
                language.heads(),
                language.keyValueHeads(),
                language.headSize(),
                language.tiedEmbeddings() ? 1 : 0,
                config.compressorGrid());
    }

    private Tensor sizes(StateHeads told) {
        return longs(told.sizes().stream().mapToLong(Integer::longValue).toArray());
    }

    private Tensor longs(long... numbers) {
        return scope.longs(numbers, numbers.length);
    }

    /**
     * Computes the loss of a batch and adds a share of its gradients to those of the weights that
     * want them. The losses of a network may do so at once, each on a thread of its own.
     */
    public BatchResult learn(TrainingBatch batch, float share) {
        try (TensorScope step = scope.child()) {
            List<Tensor> results = run(step, batch);
            results.get(0).backward(share);
            return result(results);
        }
    }

    /** Computes the loss of a batch, and nothing else. */
    public BatchResult measure(TrainingBatch batch) {
        try (TensorScope step = scope.child()) {
            return result(run(step, batch));
        }
    }

    private static BatchResult result(List<Tensor> results) {
        return new BatchResult(
                results.get(0).toFloats()[0],
                results.get(1).toFloats()[0],
                results.get(2).toFloats()[0],
                results.get(3).toFloats(),
                results.get(4).toFloats(),
                results.get(6).toFloats()[0],
                results.get(7).toFloats()[0],
                results.get(8).toFloats()[0],
                results.get(9).toFloats()[0],
                results.get(10).toFloats()[0],
                results.get(11).toFloats()[0]);
    }

    private List<Tensor> run(TensorScope step, TrainingBatch batch) {
        return script.callWithGradients(
                step,
                "batch_loss",
                List.of(
                        List.of(shape, sizes(step, batch), headSizes, eventSizes, headKinds),
                        List.of(reals, emphasis),
                        weights,
                        constants,
                        pictures(step, batch),
                        text(step, batch),
                        history(step, batch),
                        moments(step, batch)));
    }

    private static Tensor sizes(TensorScope step, TrainingBatch batch) {
        long frames = batch.history().map(TrainingBatch.History::frames).orElse(0);
        long before = 1 + names(batch);
        return batch.questions()
                .map(
                        q ->
                                step.longs(
                                        new long[] {
                                            q.histories(),
                                            q.keyframes(),
                                            q.slots(),
                                            q.length(),
                                            frames,
                                            before,
                                            q.asked()
                                        },
                                        7))
                .orElseGet(() -> step.longs(new long[] {batch.size(), 1, 0, 0, 0, 1, 0}, 7));
    }

    private static int names(TrainingBatch batch) {
        return batch.history().map(history -> history.names().tokens()).orElse(0);
    }

    private List<Tensor> pictures(TensorScope step, TrainingBatch batch) {
        TrainingBatch.Pictures pictures = batch.pictures();
        int count = batch.size();
        int side = pictures.side();
        ByteBuffer bytes = ByteBuffer.allocate(count * 3 * side * side);
        pictures.bytes().forEach(bytes::put);
        return List.of(
                step.octets(bytes.array(), count, 3, side, side),
                step.floats(pictures.shifts(), count, 2, 3),
                step.floats(pictures.gains(), count, 2),
                classes(step, batch.states(), heads.states()));
    }

    private static Tensor classes(TensorScope step, int[][] told, StateHeads heads) {
        int width = heads.sizes().size();
        long[] classes = new long[told.length * width];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = told[i / width][i % width];
        }
        return step.longs(classes, told.length, width);
    }

    private static List<Tensor> text(TensorScope step, TrainingBatch batch) {
        if (batch.questions().isEmpty()) {
            return List.of(step.longs(new long[] {1}, 1, 1));
        }
        TrainingBatch.Questions questions = batch.questions().get();
        int rows = questions.histories();
        int asked = questions.slots() * questions.length();
        int length = 1 + names(batch) + asked;
        return List.of(
                step.longs(questions.ids(), rows, length),
                step.octets(questions.isAnswer(), rows, length),
                step.floats(questions.counts(), rows, length),
                step.floats(questions.shares(), rows, questions.keyframes()),
                longs(step, questions.spared().places()),
                longs(step, questions.spared().ids()),
                longs(step, questions.doubted().places()),
                longs(step, questions.doubted().ids()),
                longs(step, questions.alsoRight().places()),
                longs(step, questions.alsoRight().ids()),
                step.longs(questions.numbers(), rows, asked));
    }

    private static Tensor longs(TensorScope step, long[] numbers) {
        return step.longs(numbers, numbers.length);
    }

    private static List<Tensor> moments(TensorScope step, TrainingBatch batch) {
        TrainingBatch.Moments moments =
                batch.history()
                        .map(TrainingBatch.History::moments)
                        .orElse(TrainingBatch.Moments.NONE);
        return List.of(
                longs(step, moments.places()),
                longs(step, moments.classes()),
                longs(step, moments.later()),
                longs(step, moments.owned()),
                longs(step, moments.owners()));
    }

    private List<Tensor> history(TensorScope step, TrainingBatch batch) {
        if (batch.history().isEmpty()) {
            return List.of(step.floats(new float[1], 1));
        }
        TrainingBatch.History history = batch.history().get();
        TrainingBatch.Questions questions = batch.questions().orElseThrow();
        int rows = questions.histories();
        int frames = history.frames();
        int width = network.network().config().language().width();
        TrainingBatch.Names names = history.names();
        return List.of(
                step.floats(history.tokens(), rows, frames, width),
                step.octets(history.there(), rows, frames),
                step.longs(history.positions(), rows, frames),
                step.longs(history.starts(), rows),
                step.floats(history.multiples(), rows, questions.asked(), frames),
                classes(step, history.events(), heads.events()),
                step.longs(history.anchors(), rows),
                step.floats(
                        names.owners(),
                        questions.keyframes(),
                        names.owners().length / questions.keyframes()),
                step.longs(names.places(), rows, names.tokens()));
    }

    @Override
    public void close() {
        script.close();
        scope.close();
    }
}
