package dev.watchword.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentFramesTest {
    @TempDir private static Path folder;

    private static LlavaMini network;
    private static long frameBytes;

    @BeforeAll
    static void load() throws IOException {
        Path model = folder.resolve("tiny");
        UntrainedModel.of(UntrainedShapes.tiny(), 7).write(model);
        network = LlavaMini.load(ModelDirectory.open(model), ComputeDevice.CPU, Precision.FLOAT32);
        try (OwnedFrames one = encoded(List.of(features(1)))) {
            frameBytes = one.bytes();
        }
        assertThat(frameBytes).isPositive();
    }

    @AfterAll
    static void close() {
        network.close();
    }

    private static byte[] features(int number) {
        int side = network.config().vision().imageSize();
        float[] pixels = new float[network.config().parts() * 3 * side * side];
        Arrays.fill(pixels, number / 10f);
        try (TensorScope scope = network.newScope()) {
            return network.features(scope, network.pixels(scope, List.of(pixels))).toBytes();
        }
    }

    private static OwnedFrames encoded(List<byte[]> features) {
        try (TensorScope scope = network.newScope()) {
            return OwnedFrames.encode(network, network.keptFeatures(scope, features));
        }
    }

    private static void keep(RecentFrames recent, int... numbers) {
        List<byte[]> features = new ArrayList<>();
        Arrays.stream(numbers).forEach(number -> features.add(features(number)));
        recent.keep(encoded(features), features);
    }

    private static boolean finds(RecentFrames recent, int number) {
        Optional<OwnedFrames> found = recent.find(features(number));
        found.ifPresent(OwnedFrames::close);
        return found.isPresent();
    }

    /** The vision token of one frame, which is closed. */
    private static float[] token(OwnedFrames frame) {
        try (frame) {
            return frame.frames().visionTokens().toFloats();
        }
    }

    @Test
    void findsEachFrameOfABatch() {
        try (RecentFrames recent = new RecentFrames(network, 10 * frameBytes)) {
            keep(recent, 1, 2, 3);

            for (int number = 1; number <= 3; number++) {
                assertThat(token(recent.find(features(number)).orElseThrow()))
                        .usingComparatorWithPrecision(1e-5f)
                        .containsExactly(token(encoded(List.of(features(number)))));
            }
            assertThat(recent.find(features(4))).isEmpty();
        }
    }

    @Test
    void whatIsFoundOutlivesItsBatch() {
        try (RecentFrames recent = new RecentFrames(network, 10 * frameBytes)) {
            keep(recent, 1, 2);
            OwnedFrames found = recent.find(features(2)).orElseThrow();
            recent.dropAll();

            assertThat(found.bytes()).isEqualTo(frameBytes);
            assertThat(token(found))
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(token(encoded(List.of(features(2)))));
        }
    }

    @Test
    void dropsTheOldestBatchWhereThereIsNoRoom() {
        try (RecentFrames recent = new RecentFrames(network, 3 * frameBytes)) {
            keep(recent, 1, 2);
            keep(recent, 3);
            assertThat(recent.bytes()).isEqualTo(3 * frameBytes);

            keep(recent, 4);

            assertThat(recent.bytes()).isEqualTo(2 * frameBytes);
            assertThat(finds(recent, 1)).isFalse();
            assertThat(finds(recent, 2)).isFalse();
            assertThat(finds(recent, 3)).isTrue();
            assertThat(finds(recent, 4)).isTrue();
        }
    }

    @Test
    void doesNotKeepABatchThatIsLargerThanItsRoom() {
        try (RecentFrames recent = new RecentFrames(network, 2 * frameBytes)) {
            keep(recent, 1);
            keep(recent, 2, 3, 4);

            assertThat(recent.bytes()).isEqualTo(frameBytes);
            assertThat(finds(recent, 1)).isTrue();
            assertThat(finds(recent, 4)).isFalse();
        }
        try (RecentFrames none = new RecentFrames(network, 0)) {
            keep(none, 1);
            assertThat(none.bytes()).isZero();
            assertThat(finds(none, 1)).isFalse();
        }
    }

    @Test
    void aFrameThatLooksTheSameIsFoundAsLongAsTheLaterOneIsThere() {
        try (RecentFrames recent = new RecentFrames(network, 3 * frameBytes)) {
            keep(recent, 1, 2);
            keep(recent, 1);
            keep(recent, 3);
            assertThat(finds(recent, 1)).isTrue();
            assertThat(finds(recent, 2)).isFalse();

            keep(recent, 4, 5);
            assertThat(finds(recent, 1)).isFalse();
        }
    }
}
