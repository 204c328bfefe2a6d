package dev.watchword.model.untrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.model.ModelConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NetworkPlanTest {
    /** The file holds the names and shapes of a checkpoint of the same shape, made elsewhere. */
    @Test
    void namesAndShapesTensorsAsPublicCheckpoints() throws IOException {
        ModelConfig config = Shapes.withVocabulary(UntrainedShapes.tiny(), 128);
        List<TensorPlan> plans = new ArrayList<>(NetworkPlan.model(config));
        plans.addAll(NetworkPlan.visionTower(config.vision(), NetworkPlan.INSIDE));
        assertThat(plans.stream().map(NetworkPlanTest::described))
                .containsExactlyInAnyOrderElementsOf(expected());
    }

    @Test
    void leavesTheOutputLayerOutWhereEmbeddingsAreTied() {
        assertThat(NetworkPlan.model(UntrainedShapes.clipLargeAndOneBillion()))
                .extracting(TensorPlan::name)
                .contains("model.embed_tokens.weight")
                .doesNotContain("lm_head.weight");
    }

    @Test
    void givesAOneLayerProjectorNoNumber() {
        assertThat(names(Shapes.withProjectorLayers(1)))
                .contains("model.mm_projector.weight", "model.mm_projector.bias")
                .noneMatch(name -> name.startsWith("model.mm_projector.0"));
        assertThat(names(Shapes.withProjectorLayers(3)))
                .contains(
                        "model.mm_projector.0.weight",
                        "model.mm_projector.2.weight",
                        "model.mm_projector.4.bias");
    }

    @Test
    void leavesOutWhatAModeHasNot() {
        List<String> pooling = new ArrayList<>(names(UntrainedShapes.tiny()));
        pooling.removeIf(name -> name.startsWith("model.compressor."));
        assertThat(names(UntrainedShapes.tiny().withPooling())).isEqualTo(pooling);
        pooling.removeIf(name -> name.startsWith("model.prefusion_layers."));
        assertThat(names(UntrainedShapes.tiny().asLlava())).isEqualTo(pooling);
    }

    @Test
    void cutsTensorsIntoRunsOfAboutTheSameSize() {
        List<TensorPlan> tensors = NetworkPlan.model(UntrainedShapes.tiny());
        for (int runs : new int[] {1, 2, 5, tensors.size()}) {
            List<List<TensorPlan>> parts = Partition.ofEqualSize(tensors, runs);
            assertThat(parts).hasSize(runs).noneMatch(List::isEmpty);
            assertThat(parts.stream().flatMap(List::stream)).containsExactlyElementsOf(tensors);
        }
        long half = tensors.stream().mapToLong(TensorPlan::elements).sum() / 2;
        assertThat(Partition.ofEqualSize(tensors, 2))
                .allSatisfy(
                        part ->
                                assertThat(part.stream().mapToLong(TensorPlan::elements).sum())
                                        .isBetween(half * 8 / 10, half * 12 / 10));
        assertThatThrownBy(() -> Partition.ofEqualSize(tensors, tensors.size() + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Worked out by hand: two cells a row, sines before cosines, columns before rows. */
    @Test
    void tellsPositionsBySinesAndCosines() {
        PositionTable table = new PositionTable(new Initialisation.Positions(2, 8));
        double slow = 1 / 100.0;
        double[][] cells = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};
        for (double[] cell : cells) {
            for (double position : cell) {
                assertThat(table.next()).isEqualTo((float) Math.sin(position));
                assertThat(table.next()).isEqualTo((float) Math.sin(position * slow));
                assertThat(table.next()).isEqualTo((float) Math.cos(position));
                assertThat(table.next()).isEqualTo((float) Math.cos(position * slow));
            }
        }
    }

    private static List<String> names(ModelConfig config) {
        return NetworkPlan.model(config).stream().map(TensorPlan::name).toList();
    }

    private static String described(TensorPlan plan) {
        Stream<String> sizes = plan.shape().stream().map(String::valueOf);
        return plan.name() + " " + sizes.collect(Collectors.joining("x"));
    }

    private static List<String> expected() throws IOException {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        NetworkPlanTest.class.getResourceAsStream(
                                                "tensor-names.txt")),
                                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
