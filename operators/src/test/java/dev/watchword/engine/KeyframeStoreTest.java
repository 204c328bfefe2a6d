package dev.watchword.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.model.KeyframeFusion;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.text.Prompt;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyframeStoreTest {
    private static final Prompt QUESTION =
            new Prompt(new long[] {1, 5}, new long[] {7, 11, 13, 17, 19});
    private static final long OWNER = 3;

    @TempDir private static Path folder;

    private static LlavaMini network;

    @BeforeAll
    static void load() throws IOException {
        Path model = folder.resolve("tiny");
        UntrainedModel.of(UntrainedShapes.tiny(), 7).write(model);
        network = LlavaMini.load(ModelDirectory.open(model), ComputeDevice.CPU, Precision.FLOAT32);
    }

    @AfterAll
    static void close() {
        network.close();
    }

    private static AnswerRequest.Keyframe keyframe(long sequence) {
        Random random = new Random(sequence);
        int side = network.config().vision().imageSize();
        float[] pixels = new float[network.config().parts() * 3 * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        try (TensorScope scope = network.newScope()) {
            Tensor features = network.features(scope, network.pixels(scope, List.of(pixels)));
            return new AnswerRequest.Keyframe(
                    new KeyframeName(OWNER, "door", sequence), features.toBytes());
        }
    }

    private static List<AnswerRequest.Keyframe> keyframes(long... sequences) {
        List<AnswerRequest.Keyframe> keyframes = new ArrayList<>();
        for (long sequence : sequences) {
            keyframes.add(keyframe(sequence));
        }
        return keyframes;
    }

    /** The question fused with keyframes that count alike. */
    private static float[] fused(KeyframeStore store, long... sequences) {
        float[] weights = new float[sequences.length];
        Arrays.fill(weights, 1f / sequences.length);
        try (KeyframeFusion fusion = store.fusion(keyframes(sequences), weights);
                TensorScope scope = network.newScope()) {
            return fusion.behind(scope, QUESTION).toFloats();
        }
    }

    @Test
    void fusesWithKeptKeyframesAsWithNewOnes() {
        try (KeyframeStore forgetful = new KeyframeStore(network, 0);
                KeyframeStore store = new KeyframeStore(network, 1L << 30)) {
            float[] expected = fused(forgetful, 1, 2, 3);

            assertThat(fused(store, 1, 2, 3)).containsExactly(expected, within(1e-5f));
            assertThat(fused(store, 1, 2, 3)).containsExactly(expected, within(1e-5f));
            assertThat(fused(store, 2, 4)).containsExactly(fused(forgetful, 2, 4), within(1e-5f));
            assertThat(forgetful.bytes()).isZero();
        }
    }

    @Test
    void doesNotEncodeAgainWhatItKeeps() {
        try (KeyframeStore store = new KeyframeStore(network, 1L << 30)) {
            float[] first = fused(store, 1, 2);
            List<AnswerRequest.Keyframe> others = new ArrayList<>();
            for (AnswerRequest.Keyframe each : keyframes(1, 2)) {
                byte[] blank = new byte[each.features().length];
                others.add(new AnswerRequest.Keyframe(each.name(), blank));
            }
            try (KeyframeFusion fusion = store.fusion(others, new float[] {0.5f, 0.5f});
                    TensorScope scope = network.newScope()) {
                assertThat(fusion.behind(scope, QUESTION).toFloats()).containsExactly(first);
            }
        }
    }

    @Test
    void dropsWhatWasNeededLongestAgo() {
        long each;
        try (KeyframeStore store = new KeyframeStore(network, 1L << 30)) {
            fused(store, 1);
            each = store.bytes();
        }
        assertThat(each).isPositive();
        try (KeyframeStore store = new KeyframeStore(network, 2 * each)) {
            fused(store, 1, 2);
            fused(store, 1, 3);

            assertThat(store.bytes()).isEqualTo(2 * each);
            assertThat(store.keeps(new KeyframeName(OWNER, "door", 1))).isTrue();
            assertThat(store.keeps(new KeyframeName(OWNER, "door", 2))).isFalse();
            assertThat(store.keeps(new KeyframeName(OWNER, "door", 3))).isTrue();
        }
    }

    @Test
    void needsNoRoomForAQuestionWithMoreKeyframesThanItMayKeep() {
        try (KeyframeStore forgetful = new KeyframeStore(network, 0);
                KeyframeStore store = new KeyframeStore(network, 1)) {
            assertThat(fused(store, 1, 2, 3))
                    .containsExactly(fused(forgetful, 1, 2, 3), within(1e-5f));
            assertThat(store.bytes()).isZero();
        }
    }

    @Test
    void forgetsAnOwner() {
        try (KeyframeStore store = new KeyframeStore(network, 1L << 30)) {
            fused(store, 1, 2);
            store.forget(OWNER + 1);
            store.dropForgotten();
            assertThat(store.bytes()).isPositive();

            store.forget(OWNER);
            store.dropForgotten();
            assertThat(store.bytes()).isZero();
        }
    }
}
