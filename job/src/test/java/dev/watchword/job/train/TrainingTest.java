package dev.watchword.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.train.Stage.Lesson;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.training.SideWeights;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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

        List<String> lines = new ArrayList<>();
        new Training(whole, folder, lines::add).run();

        assertThat(lines).noneMatch(line -> line.startsWith("seeing"));
        assertThat(lines).anyMatch(line -> line.startsWith("remembering: step 2 of 2"));
    }

    private static TrainingPlan plan(int steps) {
        SideWeights histories = new SideWeights(0, 0, 1, 0.5);
        return new TrainingPlan(
                5,
                1,
                8,
                4,
                TrainingPlan.LEFT_OUT,
                NetworkShape.BUNDLED,
                List.of(
                        new Stage(Lesson.SEEING, SEEING, steps, 1e-3, new SideWeights(1, 1, 0, 0)),
                        new Stage(
                                Lesson.ANSWERING,
                                Set.of(
                                        "vision tower",
                                        "compressor",
                                        "projector",
                                        "pre-fusion",
                                        "decoder"),
                                steps,
                                1e-3,
                                new SideWeights(0.3, 1, 0, 0)),
                        new Stage(Lesson.NOTICING, Set.of("decoder"), steps, 1e-3, histories),
                        new Stage(Lesson.REMEMBERING, Set.of("decoder"), steps, 1e-3, histories)));
    }
}
