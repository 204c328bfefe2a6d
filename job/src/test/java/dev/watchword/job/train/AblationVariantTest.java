package dev.watchword.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.TrainableNetwork;
import dev.watchword.model.picture.ClipSettings;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.training.BatchLoss;
import dev.watchword.model.training.BatchResult;
import dev.watchword.model.training.SideHeads;
import dev.watchword.model.training.SideWeights;
import dev.watchword.model.training.StateHeads;
import dev.watchword.model.training.TrainingBatch;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AblationVariantTest {
    @TempDir private Path folder;

    static Stream<AblationVariant> variants() {
        return AblationVariant.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everyWeightOfEveryNetworkLearnsFromAnAnswer(AblationVariant variant) throws Exception {
        ModelDirectory model =
                BundledModel.write(folder.resolve("model"), 1, StoredType.F32, variant.shape());
        SplittableRandom random = new SplittableRandom(1);
        try (TrainableNetwork network = TrainableNetwork.load(model, ComputeDevice.CPU);
                TensorScope scope = network.network().newScope();
                QuestionCoder coder = new QuestionCoder(model, Set.of());
                BatchLoss loss =
                        new BatchLoss(
                                network,
                                new SideHeads(
                                        heads(scope, model, SceneStates.sizes(), random),
                                        SceneStates.palette(scope, random),
                                        heads(scope, model, SceneEvents.sizes(), random),
                                        SceneEvents.emphasis(),
                                        heads(scope, model, List.of(72), random),
                                        heads(scope, model, List.of(2), random),
                                        heads(scope, model, List.of(100), random)),
                                new SideWeights(0, 0, 0, 0),
                                ClipSettings.clip(BundledModel.SIDE, ClipSettings.Fit.PAD),
                                Precision.FLOAT32)) {
            network.weights().values().forEach(weight -> weight.wantGradient(true));
            BatchResult result = loss.learn(batch(coder, random), 1);
            assertThat(result.answerLoss()).isPositive().isFinite();
            for (Map.Entry<String, Tensor> weight : network.weights().entrySet()) {
                float[] gradient = weight.getValue().gradient().orElseThrow().toFloats();
                assertThat(IntStream.range(0, gradient.length).filter(i -> gradient[i] != 0))
                        .as(weight.getKey())
                        .isNotEmpty();
            }
        }
    }

    private static StateHeads heads(
            TensorScope scope, ModelDirectory model, List<Integer> sizes, SplittableRandom random) {
        return StateHeads.random(scope, sizes, model.config().language().width(), random);
    }

    private static TrainingBatch batch(QuestionCoder coder, SplittableRandom random) {
        byte[] picture = new byte[3 * BundledModel.SIDE * BundledModel.SIDE];
        random.nextBytes(picture);
        YardQuestion question =
                new YardQuestion(
                        Family.NOW_ATTRIBUTE, "is the gate open?", "yes", List.of(), Set.of());
        return new TrainingBatch(
                Variation.none(List.of(picture, picture)),
                new int[2][SceneStates.sizes().size()],
                Optional.of(
                        QuestionLayout.of(
                                        List.of(
                                                List.of(coder.code(question)),
                                                List.of(coder.code(question))))
                                .laid(new float[][] {{1}, {1}})),
                Optional.empty());
    }
}
