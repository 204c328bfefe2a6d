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
    private static final long[] NO_FRONT = {};

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

    private static KeyframeStore store(long mostBytes) {
        return new KeyframeStore(network, new RecentFrames(network, 0), NO_FRONT, mostBytes);
    }

    private static byte[] features(long sequence) {
        Random random = new Random(sequence);
        int side = network.config().vision().imageSize();
        float[] pixels = new float[network.config().parts() * 3 * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        try (TensorScope scope = network.newScope()) {
            Tensor features = network.features(scope, network.pixels(scope, List.of(pixels)));
            return features.toBytes();
        }
    }

    private static AnswerRequest.Keyframe keyframe(long sequence) {
        return new AnswerRequest.Keyframe(
                new KeyframeName(OWNER, "door", sequence), features(sequence));
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
        try (KeyframeStore forgetful = store(0);
                KeyframeStore store = store(1L << 30)) {
            float[] expected = fused(forgetful, 1, 2, 3);

            assertThat(fused(store, 1, 2, 3)).containsExactly(expected, within(1e-5f));
            assertThat(fused(store, 1, 2, 3)).containsExactly(expected, within(1e-5f));
            assertThat(fused(store, 2, 4)).containsExactly(fused(forgetful, 2, 4), within(1e-5f));
            assertThat(forgetful.load().bytes()).isZero();
        }
    }

    @Test
    void doesNotEncodeAgainWhatItKeeps() {
        try (KeyframeStore store = store(1L << 30)) {
            float[] first = fused(store, 1, 2);
            List<AnswerRequest.Keyframe> others = new ArrayList<>();
            for (AnswerRequest.Keyframe each : keyframes(1, 2)) {
                byte[] blank = new byte[each.features().length];
                others.add(new AnswerRequest.Keyframe(each.name(), blank));
            }
            try (KeyframeFusion fusion = store.fusion(others, new float[] {0.5f, 0.5f});
                    TensorScope scope = network.newScope()) {
                assertThat(fusion.behind(scope, QUESTION).toFloats())
                        .containsExactly(first, within(1e-5f));
            }
        }
    }

    @Test
    void dropsWhatWasNeededLongestAgo() {
        long each;
        try (KeyframeStore store = store(1L << 30)) {
            fused(store, 1);
            each = store.load().bytes();
        }
        assertThat(each).isPositive();
        try (KeyframeStore store = store(2 * each)) {
            fused(store, 1, 2);
            fused(store, 1, 3);

            assertThat(store.load().bytes()).isEqualTo(2 * each);
            assertThat(store.keeps(new KeyframeName(OWNER, "door", 1))).isTrue();
            assertThat(store.keeps(new KeyframeName(OWNER, "door", 2))).isFalse();
            assertThat(store.keeps(new KeyframeName(OWNER, "door", 3))).isTrue();
        }
    }

    @Test
    void needsNoRoomForAQuestionWithMoreKeyframesThanItMayKeep() {
        try (KeyframeStore forgetful = store(0);
                KeyframeStore store = store(1)) {
            assertThat(fused(store, 1, 2, 3))
                    .containsExactly(fused(forgetful, 1, 2, 3), within(1e-5f));
            assertThat(store.load().bytes()).isZero();
        }
    }

    /** Encodes frames together, as when they come. */
    private static void encode(RecentFrames recent, long... sequences) {
        List<byte[]> features = Arrays.stream(sequences).mapToObj(each -> features(each)).toList();
        try (TensorScope scope = network.newScope()) {
            recent.keep(
                    OwnedFrames.encode(network, network.keptFeatures(scope, features)), features);
        }
    }

    @Test
    void doesNotEncodeAgainWhatCameRecently() {
        try (KeyframeStore forgetful = store(0);
                RecentFrames recent = new RecentFrames(network, 1L << 30);
                KeyframeStore store = new KeyframeStore(network, recent, NO_FRONT, 1L << 30)) {
            encode(recent, 1, 2, 3);
            encode(recent, 4);
            assertThat(recent.bytes()).isPositive();

            assertThat(fused(store, 2, 4)).containsExactly(fused(forgetful, 2, 4), within(1e-5f));
            assertThat(store.load().encoded()).isZero();
            assertThat(fused(store, 1, 4, 5))
                    .containsExactly(fused(forgetful, 1, 4, 5), within(1e-5f));
            assertThat(store.load().encoded()).isEqualTo(1);
            assertThat(forgetful.load().encoded()).isEqualTo(5);
        }
    }

    @Test
    void keepsWhatAQuestionNeededWhenItIsRecentNoMore() {
        try (RecentFrames recent = new RecentFrames(network, 1L << 30);
                KeyframeStore store = new KeyframeStore(network, recent, NO_FRONT, 1L << 30)) {
            encode(recent, 1, 2);
            float[] first = fused(store, 1);
            recent.dropAll();

            assertThat(fused(store, 1)).containsExactly(first);
            assertThat(store.load().encoded()).isZero();
            fused(store, 2);
            assertThat(store.load().encoded()).isEqualTo(1);
            assertThat(store.load().recentBytes()).isZero();
        }
    }

    @Test
    void theTextInFrontIsFusedOnce() {
        try (KeyframeStore forgetful = store(0);
                RecentFrames recent = new RecentFrames(network, 1L << 30);
                KeyframeStore store =
                        new KeyframeStore(network, recent, QUESTION.before(), 1L << 30)) {
            encode(recent, 1, 2);
            for (int time = 0; time < 2; time++) {
                assertThat(fused(store, 1, 2, 3))
                        .containsExactly(fused(forgetful, 1, 2, 3), within(1e-5f));
            }
            assertThat(store.load().encoded()).isEqualTo(1);
            float[] weights = {1};
            try (KeyframeFusion fusion = store.fusion(keyframes(2), weights);
                    KeyframeFusion anew = forgetful.fusion(keyframes(2), weights);
                    TensorScope scope = network.newScope()) {
                assertThat(fusion.front(scope, QUESTION.before()).toFloats())
                        .containsExactly(
                                anew.front(scope, QUESTION.before()).toFloats(), within(1e-5f));
            }
        }
    }

    @Test
    void dropsTheRecentFramesWithAllOthers() {
        try (RecentFrames recent = new RecentFrames(network, 1L << 30);
                KeyframeStore store = new KeyframeStore(network, recent, NO_FRONT, 1L << 30)) {
            encode(recent, 1, 2);
            fused(store, 1);
            store.dropAll();

            assertThat(store.load().bytes()).isZero();
            assertThat(store.load().recentBytes()).isZero();
        }
    }

    @Test
    void forgetsAnOwner() {
        try (KeyframeStore store = store(1L << 30)) {
            fused(store, 1, 2);
            store.forget(OWNER + 1);
            store.dropForgotten();
            assertThat(store.load().bytes()).isPositive();

            store.forget(OWNER);
            store.dropForgotten();
            assertThat(store.load().bytes()).isZero();
        }
    }
}
