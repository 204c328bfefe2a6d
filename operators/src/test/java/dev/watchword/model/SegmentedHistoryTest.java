package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.model.text.Prompt;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentedHistoryTest {
    private static final Prompt PROMPT =
            new Prompt(
                    List.of(
                            new long[] {1, 17, 0, 9, 22},
                            new long[] {31, 8},
                            new long[0],
                            new long[] {40, 12, 50, 23}));

    /** Of each stream, how much its frames count. */
    private static final List<float[]> WEIGHTS =
            List.of(new float[] {0.5f, 0.2f, 0.3f}, new float[] {0.75f, 0.25f}, new float[] {1});

    /** Of each stream, the frame that is its anchor. */
    private static final int[] ANCHORS = {1, 1, 0};

    private static final int FRAMES = 6;
    private static final int TOKENS = 20;

    @ParameterizedTest
    @CsvSource({
        GoldenNetworks.LLAMA + ", false",
        GoldenNetworks.LLAMA + ", true",
        GoldenNetworks.VICUNA + ", false",
        GoldenNetworks.VICUNA + ", true",
        "no-pre-fusion, true"
    })
    void givesTheScoresOfTheWholeSequenceAtOnce(String name, boolean anchored) {
        try (LlavaMini network = GoldenNetworks.load(name);
                TensorScope scope = network.newScope()) {
            List<Tensor> features = features(network, scope);
            try (SegmentedHistory history =
                            SegmentedHistory.of(
                                    network,
                                    null,
                                    segments(network, scope, features, anchored),
                                    PROMPT);
                    Generation behind = history.ask(PROMPT, Sampling.GREEDY);
                    Generation alone =
                            network.generate(
                                    sequence(network, scope, features, anchored),
                                    Sampling.GREEDY,
                                    TOKENS)) {
                behind.prefill(Integer.MAX_VALUE);
                alone.prefill(Integer.MAX_VALUE);
                assertThat(GoldenNetworks.largestDifference(behind.scores(), alone.scores()))
                        .isLessThanOrEqualTo(1e-5f);
                for (int i = 0; i < TOKENS; i++) {
                    assertThat(behind.next()).isEqualTo(alone.next());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofOneStreamWithoutANameItIsAFrameHistory(boolean anchored) {
        Prompt prompt = new Prompt(PROMPT.text(0), PROMPT.text(3));
        try (LlavaMini network = GoldenNetworks.load(GoldenNetworks.LLAMA);
                TensorScope scope = network.newScope()) {
            Tensor features = features(network, scope).get(0);
            Tensor tokens = tokens(network, scope, features);
            Segment segment = segment(network, features, tokens, 0, anchored);
            KeyframeFusion front =
                    anchored
                            ? anchor(network, features, ANCHORS[0])
                            : new KeyframeFusion(network, features, WEIGHTS.get(0));
            try (SegmentedHistory segmented =
                            SegmentedHistory.of(network, null, List.of(segment), prompt);
                    FrameHistory plain = new FrameHistory(network, null, front, prompt.before())) {
                plain.append(tokens);
                plain.fuseWith(new KeyframeFusion(network, features, WEIGHTS.get(0)));
                try (Generation one = segmented.ask(prompt, Sampling.GREEDY);
                        Generation other = plain.ask(prompt, Sampling.GREEDY)) {
                    one.prefill(Integer.MAX_VALUE);
                    other.prefill(Integer.MAX_VALUE);
                    assertThat(GoldenNetworks.largestDifference(one.scores(), other.scores()))
                            .isLessThanOrEqualTo(1e-5f);
                }
            }
        }
    }

    @Test
    void namesStandAsTextInFrontOfTheirFrames(@TempDir Path root) throws IOException {
        ModelDirectory directory =
                UntrainedModel.of(UntrainedShapes.tiny(), 4).write(root.resolve("model"));
        try (TextModel text = TextModel.open(directory, "auto")) {
            Prompt alone = text.prompt("Which gate is open?");
            Prompt named =
                    text.combinedPrompt(List.of("yard-0", "yard-1", ""), "Which gate is open?");

            assertThat(named.places()).isEqualTo(3);
            assertThat(named.before()).startsWith(alone.before());
            assertThat(named.before().length).isGreaterThan(alone.before().length);
            assertThat(named.text(1)).isNotEmpty();
            assertThat(named.text(2)).isEmpty();
            assertThat(named.after()).isEqualTo(alone.after());
            assertThat(text.combinedPrompt(List.of(""), "Which gate is open?")).isEqualTo(alone);
        }
    }

    @Test
    void tellsOnWhichFramesOfAllStreamsAnAnswerRested(@TempDir Path root) throws IOException {
        ModelDirectory directory =
                UntrainedModel.of(UntrainedShapes.tiny(), 4).write(root.resolve("model"));
        try (LlavaMini network = LlavaMini.load(directory, ComputeDevice.CPU, Precision.FLOAT32);
                TextModel text = TextModel.open(directory, "auto");
                TensorScope scope = network.newScope();
                SegmentedHistory history =
                        SegmentedHistory.of(
                                network,
                                text,
                                segments(network, scope, features(network, scope), true))) {
            FrameHistory.Cited cited = history.answerCiting("Which gate is open?", TOKENS);
            FrameHistory.Cited again = history.answerCiting("Which gate is open?", TOKENS);

            assertThat(cited.text()).isEqualTo(again.text()).isNotEmpty();
            assertThat(cited.shares())
                    .hasSize(FRAMES)
                    .containsExactly(again.shares(), within(1e-5f));
            assertThat(IntStream.range(0, FRAMES).mapToDouble(i -> cited.shares()[i]).sum())
                    .isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void refusesMoreFramesThanTheModelHolds(@TempDir Path root) throws IOException {
        ModelDirectory directory =
                UntrainedModel.of(UntrainedShapes.tiny(), 4).write(root.resolve("model"));
        try (LlavaMini network = LlavaMini.load(directory, ComputeDevice.CPU, Precision.FLOAT32);
                TextModel text = TextModel.open(directory, "auto");
                TensorScope scope = network.newScope();
                SegmentedHistory history =
                        SegmentedHistory.of(
                                network,
                                text,
                                segments(network, scope, features(network, scope), false))) {
            int most = network.config().language().maxPositions();
            assertThatThrownBy(() -> history.answerCiting("What?", most))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("6 frames, the question and the answer take");
        }
    }

    /** The features of each stream's frames. */
    private static List<Tensor> features(LlavaMini network, TensorScope scope) {
        Tensor all = network.features(scope, GoldenNetworks.frames(scope, network, FRAMES));
        List<Tensor> features = new ArrayList<>();
        int at = 0;
        for (float[] weights : WEIGHTS) {
            features.add(all.part(0, at, weights.length));
            at += weights.length;
        }
        return features;
    }

    private static Tensor tokens(LlavaMini network, TensorScope scope, Tensor features) {
        try (EncodedFrames frames = network.encode(scope, features, 0)) {
            return frames.visionTokens();
        }
    }

    private static List<Segment> segments(
            LlavaMini network, TensorScope scope, List<Tensor> features, boolean anchored) {
        return IntStream.range(0, features.size())
                .mapToObj(
                        i ->
                                segment(
                                        network,
                                        features.get(i),
                                        tokens(network, scope, features.get(i)),
                                        i,
                                        anchored))
                .toList();
    }

    private static Segment segment(
            LlavaMini network, Tensor features, Tensor tokens, int stream, boolean anchored) {
        return new Segment(
                stream == 2 ? "" : "yard-" + stream,
                tokens,
                new KeyframeFusion(network, features, WEIGHTS.get(stream)),
                anchored
                        ? Optional.of(anchor(network, features, ANCHORS[stream]))
                        : Optional.empty());
    }

    private static KeyframeFusion anchor(LlavaMini network, Tensor features, int frame) {
        return new KeyframeFusion(network, features.part(0, frame, 1), new float[] {1});
    }

    /** What the decoder gets, straight from the network. */
    private static Tensor sequence(
            LlavaMini network, TensorScope scope, List<Tensor> features, boolean anchored) {
        List<Tensor> fused = new ArrayList<>();
        List<Tensor> tokens = new ArrayList<>();
        for (Tensor stream : features) {
            try (EncodedFrames frames = network.encode(scope, stream, 0)) {
                fused.add(network.fuseText(scope, frames, PROMPT.ids()));
                tokens.add(frames.visionTokens());
            }
        }
        float[] weights = new float[FRAMES];
        int at = 0;
        for (float[] ofStream : WEIGHTS) {
            for (float weight : ofStream) {
                weights[at++] = weight / WEIGHTS.size();
            }
        }
        Tensor mean = network.meanText(scope, scope.join(fused, 0), weights);
        List<Tensor> sequence = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            long[] shape = fused.get(i).shape();
            Tensor front =
                    anchored
                            ? fused.get(i).part(0, ANCHORS[i], 1).reshape(shape[1], shape[2])
                            : mean;
            sequence.add(front.part(0, PROMPT.begin(i), PROMPT.text(i).length));
            sequence.add(tokens.get(i).reshape(-1, shape[2]));
        }
        sequence.add(mean.part(0, PROMPT.begin(3), PROMPT.after().length));
        return scope.join(sequence, 0);
    }
}
