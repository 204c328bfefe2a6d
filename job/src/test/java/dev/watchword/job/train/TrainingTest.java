package dev.watchword.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.train.Stage.Lesson;
import dev.watchword.model.Compression;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.ModelFileException;
import dev.watchword.model.TrainableNetwork;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.training.SideWeights;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    private static final Set<String> SEEING =
            Set.of("vision tower", "compressor", "projector", "pre-fusion");

    @TempDir private Path folder;

    @Test
    void aModelIsTrainedThroughAllStagesAndCanBeLoadedAsTheJobLoadsIt() throws Exception {
        List<String> lines = new ArrayList<>();
        ModelDirectory model = new Training(plan(1), folder, lines::add).run();

        try (LlavaMini network = LlavaMini.load(model, ComputeDevice.CPU, Precision.BFLOAT16);
                TextModel text = TextModel.open(model, "auto")) {
            assertThat(network.config().visionTokens()).isEqualTo(1);
            assertThat(text.prompt("is the gate open?").before()).hasSize(1);
        }
        assertThat(lines).anyMatch(line -> line.startsWith("seeing: step 1 of 1"));
        assertThat(lines).anyMatch(line -> line.startsWith("answering: step 1 of 1"));
        assertThat(lines).anyMatch(line -> line.startsWith("noticing: step 1 of 1"));
        assertThat(lines).anyMatch(line -> line.startsWith("remembering: step 1 of 1"));
        assertThat(Files.size(model.path().resolve("model.safetensors"))).isLessThan(25_000_000);
    }

    @Test
    void whatWasInterruptedGoesOnWhereItWas() throws Exception {
        TrainingPlan whole = plan(2);
        Consumer<String> impatient =
                line -> {
                    if (line.startsWith("seeing")) {
                        Thread.currentThread().interrupt();
                    }
                };
        assertThatThrownBy(() -> new Training(whole, folder, impatient).run())
                .isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> new Training(plan(3), folder, impatient).run())
                .isInstanceOf(OtherPlanException.class)
                .hasMessageContaining("There: seed 5, 16 yards, left out [green van")
                .hasMessageContaining("seeing 2,")
                .hasMessageContaining("seeing 3,");

        List<String> lines = new ArrayList<>();
        new Training(whole, folder, lines::add).run();

        assertThat(lines).noneMatch(line -> line.startsWith("seeing"));
        assertThat(lines).anyMatch(line -> line.startsWith("remembering: step 2 of 2"));
    }

    @Test
    void furtherTrainingBeginsWithTheWeightsOfTheModelThatIsGiven() throws Exception {
        ModelDirectory first =
                BundledModel.write(
                        folder.resolve("first"), 7, StoredType.BF16, NetworkShape.BUNDLED);
        TrainingPlan still =
                withStages(new Stage(Lesson.SEEING, SEEING, 1, 1e-9, new SideWeights(1, 0, 0, 0)));

        ModelDirectory model =
                new Training(still, folder, folder.resolve("yards"), Optional.of(first), line -> {})
                        .run();

        assertThat(weights(model)).usingRecursiveComparison().isEqualTo(weights(first));
    }

    @Test
    void aModelOfAnotherShapeIsNotTrainedFurther() throws Exception {
        Path other = folder.resolve("other");
        BundledModel.write(other, 7, StoredType.BF16, new NetworkShape(1, Compression.QUERY, 1));

        assertThatThrownBy(() -> Training.further(other, folder, 7, Set.of(), 1, line -> {}))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(other.toString())
                .hasMessageContaining("of another shape than the bundled model's");
    }

    private static Map<String, float[]> weights(ModelDirectory model) {
        try (TrainableNetwork network = TrainableNetwork.load(model, ComputeDevice.CPU)) {
            return network.weights().entrySet().stream()
                    .collect(
                            Collectors.toMap(
                                    Map.Entry::getKey, each -> each.getValue().toFloats()));
        }
    }

    private static TrainingPlan withStages(Stage... stages) {
        return new TrainingPlan(
                5, 1, 8, 4, TrainingPlan.LEFT_OUT, NetworkShape.BUNDLED, List.of(stages));
    }

    private static TrainingPlan plan(int steps) {
        SideWeights histories = new SideWeights(0, 0, 1, 0.5);
        return withStages(
                new Stage(Lesson.SEEING, SEEING, steps, 1e-3, new SideWeights(1, 1, 0, 0)),
                new Stage(
                        Lesson.ANSWERING,
                        Set.of("vision tower", "compressor", "projector", "pre-fusion", "decoder"),
                        steps,
                        1e-3,
                        new SideWeights(0.3, 1, 0, 0)),
                new Stage(Lesson.NOTICING, Set.of("decoder"), steps, 1e-3, histories),
                new Stage(Lesson.REMEMBERING, Set.of("decoder"), steps, 1e-3, histories));
    }
}
