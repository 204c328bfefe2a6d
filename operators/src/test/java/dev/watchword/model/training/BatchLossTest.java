package dev.watchword.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.KeyframeFusion;
import dev.watchword.model.LanguageConfig;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.SegmentedText;
import dev.watchword.model.TrainableNetwork;
import dev.watchword.model.picture.ClipPreprocessor;
import dev.watchword.model.picture.ClipSettings;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchLossTest {
    private static final int SIDE = 56;
    private static final long FRAMES = -200;
    private static final List<Integer> HEADS = List.of(2, 3, 3);
    private static final List<HeadKind> KINDS =
            List.of(HeadKind.CLASSES, HeadKind.POINT, HeadKind.SHADE);
    private static final float[] EMPHASIS = {8};
    private static final int SHADES = 3;

    private final SplittableRandom random = new SplittableRandom(7);

    @TempDir private Path folder;

    private int loaded;
    private ClipSettings pixels;
    private TrainableNetwork network;
    private TensorScope scope;
    private StateHeads heads;
    private Palette palette;
    private TrainingBatch.Words spared = TrainingBatch.Words.NONE;
    private TrainingBatch.Words doubted = TrainingBatch.Words.NONE;
    private TrainingBatch.Words alsoRight = TrainingBatch.Words.NONE;
    private StateHeads events;
    private StateHeads moments;
    private StateHeads order;
    private StateHeads owners;

    /** Whether all questions of a history stand in one slot. */
    private boolean packed;

    @BeforeEach
    void loadTinyNetwork() throws IOException {
        load(UntrainedShapes.tiny());
    }

    private void load(ModelConfig shape) throws IOException {
        Path own = folder.resolve("model" + loaded++);
        ModelDirectory directory = UntrainedModel.of(shape, 3).write(own);
        pixels = ClipSettings.clip(SIDE, ClipSettings.Fit.PAD);
        network = TrainableNetwork.load(directory, ComputeDevice.CPU);
        scope = network.network().newScope();
        int width = directory.config().language().width();
        heads = StateHeads.random(scope, HEADS, width, random);
        palette = Palette.random(scope, KINDS, 4, 3, random);
        events = StateHeads.random(scope, List.of(2), width, random);
        moments = StateHeads.random(scope, List.of(5), width, random);
        order = StateHeads.random(scope, List.of(2), width, random);
        owners = StateHeads.random(scope, List.of(3), width, random);
    }

    @AfterEach
    void close() {
        scope.close();
        network.close();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "0.5, false", "0.5, true"})
    void itsLossIsThatOfTheNetworkThatAnswers(double positionCode, boolean inOneSlot)
            throws IOException {
        packed = inOneSlot;
        close();
        load(UntrainedShapes.tiny().withPositionCode(positionCode));
        List<byte[]> pictures = pictures(2);
        long[][] questions = {{17, 18, 19}, {33, 34}};
        long[][] answers = {{40}, {41, 42}};
        float[] shares = {0.3f, 0.7f};

        double expected = 0;
        int tokens = 0;
        for (int i = 0; i < questions.length; i++) {
            double[] losses = answerLosses(pictures, questions[i], answers[i], shares);
            expected += Arrays.stream(losses).sum();
            tokens += losses.length;
        }

        TrainingBatch batch = batch(pictures, 2, questions, answers, shares, Optional.empty());
        assertThat(measure(batch, 0).answerLoss())
                .isCloseTo((float) expected / tokens, within(1e-4f));
    }

    @Test
    void tokensThatWereEncodedBeforeGiveTheSameLossAsTheirPictures() {
        List<byte[]> pictures = pictures(3);
        long[][] questions = {{17, 18, 19}, {33, 34}};
        long[][] answers = {{40}, {41, 42}};
        float[] shares = {0.2f, 0.5f, 0.3f};
        float[] tokens;
        try (EncodedFrames frames = encode(pictures, 1)) {
            tokens = frames.visionTokens().toFloats();
        }
        // A fourth frame that is not there must change nothing.
        float[] padded = Arrays.copyOf(tokens, tokens.length / 3 * 4);
        Arrays.fill(padded, tokens.length, padded.length, 5);
        TrainingBatch.History history =
                new TrainingBatch.History(
                        4,
                        padded,
                        new byte[] {1, 1, 1, 0},
                        new long[] {1, 2, 3, 3},
                        new long[] {4},
                        new float[8],
                        new int[4][1],
                        new long[1],
                        TrainingBatch.Names.NONE,
                        TrainingBatch.Moments.NONE);

        float whole =
                measure(batch(pictures, 3, questions, answers, shares, Optional.empty()), 0)
                        .answerLoss();
        assertThat(
                        measure(
                                        batch(
                                                pictures,
                                                3,
                                                questions,
                                                answers,
                                                shares,
                                                Optional.of(history)),
                                        0)
                                .answerLoss())
                .isCloseTo(whole, within(1e-4f));
    }

    /**
     * In a single layer a question sees what a frame's token gives, and nothing that the frame saw:
     * copies in the same place are to it the same frame again.
     */
    @Test
    void aFrameThatStandsForManyCountsAsIfItWereThereSoOften() throws IOException {
        close();
        load(withOneLayer(UntrainedShapes.tiny()));
        List<byte[]> pictures = pictures(2);
        float[] tokens;
        try (EncodedFrames frames = encode(pictures, 1)) {
            tokens = frames.visionTokens().toFloats();
        }
        int width = tokens.length / 2;
        float[] copied = Arrays.copyOf(tokens, 4 * width);
        System.arraycopy(tokens, width, copied, 2 * width, width);
        System.arraycopy(tokens, width, copied, 3 * width, width);
        float[] thrice = {0, (float) Math.log(3)};

        float once = answerLoss(pictures, history(tokens, new long[] {1, 2}, new float[2]));
        float multiplied = answerLoss(pictures, history(tokens, new long[] {1, 2}, thrice));
        float copies = answerLoss(pictures, history(copied, new long[] {1, 2, 2, 2}, new float[4]));

        assertThat(multiplied).isCloseTo(copies, within(1e-4f)).isNotCloseTo(once, within(1e-3f));
    }

    private static ModelConfig withOneLayer(ModelConfig config) {
        LanguageConfig language = config.language();
        return new ModelConfig(
                config.modelType(),
                config.vision(),
                new LanguageConfig(
                        language.width(),
                        language.mlpWidth(),
                        1,
                        language.heads(),
                        language.keyValueHeads(),
                        language.headSize(),
                        language.vocabulary(),
                        language.rmsNormEpsilon(),
                        language.rotaryTheta(),
                        language.scaling(),
                        language.tiedEmbeddings(),
                        language.maxPositions(),
                        language.stopIds(),
                        language.beginId()),
                config.compressorGrid(),
                config.compressorHeads(),
                config.projectorLayers(),
                config.prefusionLayers(),
                config.resolutionRatio(),
                config.fit(),
                config.visionTowerName());
    }

    /** One history whose frames are all there, with a question from position 3 on. */
    private static TrainingBatch.History history(
            float[] tokens, long[] positions, float[] multiples) {
        int frames = positions.length;
        byte[] there = new byte[frames];
        Arrays.fill(there, (byte) 1);
        return new TrainingBatch.History(
                frames,
                tokens,
                there,
                positions,
                new long[] {3},
                multiples,
                new int[frames][1],
                new long[1],
                TrainingBatch.Names.NONE,
                TrainingBatch.Moments.NONE);
    }

    private float answerLoss(List<byte[]> pictures, TrainingBatch.History history) {
        TrainingBatch batch =
                batch(
                        pictures,
                        pictures.size(),
                        new long[][] {{17, 18, 19}},
                        new long[][] {{40, 41}},
                        new float[] {0.5f, 0.5f},
                        Optional.of(history));
        return measure(batch, 0).answerLoss();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void severalHistoriesLoseWhatTheNetworkLosesThatAnswersFromThem(double nameCode)
            throws IOException {
        close();
        load(UntrainedShapes.tiny().withNameCode(nameCode));
        List<byte[]> pictures = pictures(2);
        long[][] names = {{50, 51}, {52, 51}};
        long[] question = {17, 18, 19};
        long[] answer = {40, 41};
        int width = network.network().config().language().width();
        float[] tokens = new float[6 * width];
        try (EncodedFrames frames = encode(pictures, 1)) {
            float[] each = frames.visionTokens().toFloats();
            System.arraycopy(each, 0, tokens, 2 * width, width);
            System.arraycopy(each, width, tokens, 5 * width, width);
        }
        TrainingBatch.History history =
                new TrainingBatch.History(
                        6,
                        tokens,
                        new byte[] {1, 1, 1, 1, 1, 1},
                        new long[] {1, 2, 3, 4, 5, 6},
                        new long[] {7},
                        new float[6],
                        new int[6][1],
                        new long[1],
                        new TrainingBatch.Names(
                                4,
                                new float[] {1, 1, 1, 0, 0, 0, 0, 0, 1, 1},
                                new long[] {0, 1, 3, 4}),
                        TrainingBatch.Moments.NONE);

        TrainingBatch batch =
                batch(
                        pictures,
                        2,
                        new long[] {50, 51, 52, 51},
                        new long[][] {question},
                        new long[][] {answer},
                        new float[] {0.5f, 0.5f},
                        Optional.of(history));
        double[] expected = answerLosses(pictures, names, question, answer);
        assertThat(measure(batch, 0).answerLoss())
                .isCloseTo((float) (Arrays.stream(expected).sum() / 2), within(1e-4f));
    }

    @Test
    void lossesOnThreadsOfTheirOwnAddUpSharesOfTheirGradients() {
        TrainingBatch first = asking(17, 40);
        TrainingBatch second = asking(18, 41);
        Tensor weight = network.weights().get("model.layers.0.self_attn.k_proj.weight");
        weight.wantGradient(true);
        try (BatchLoss one = loss(Precision.FLOAT32, 1);
                BatchLoss other = loss(Precision.FLOAT32, 1)) {
            one.learn(first, 1);
            float[] ofFirst = weight.gradient().orElseThrow().toFloats();
            one.learn(second, 1);
            float[] ofBoth = weight.gradient().orElseThrow().toFloats();
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> one.learn(first, 0.5f)),
                            CompletableFuture.runAsync(() -> other.learn(second, 0.5f)))
                    .join();
            float[] all = weight.gradient().orElseThrow().toFloats();

            assertThat(ofBoth).isNotEqualTo(ofFirst);
            for (int i = 0; i < all.length; i++) {
                assertThat(all[i]).isCloseTo(1.5f * ofBoth[i], within(1e-6f));
            }
        }
    }

    private TrainingBatch asking(long question, long answer) {
        return batch(
                pictures(2),
                2,
                new long[][] {{question}},
                new long[][] {{answer}},
                new float[] {0.5f, 0.5f},
                Optional.empty());
    }

    @Test
    void theGradientIsTheSlopeOfTheLoss() {
        List<byte[]> pictures = pictures(2);
        TrainingBatch batch =
                batch(
                        pictures,
                        2,
                        new long[][] {{17, 18}},
                        new long[][] {{40}},
                        new float[] {0.5f, 0.5f},
                        Optional.empty());
        try (BatchLoss loss = loss(Precision.FLOAT32, 1)) {
            for (String part :
                    List.of(
                            "model.vision_tower.vision_tower.vision_model.embeddings.patch_embedding.weight",
                            "model.compressor.query",
                            "model.mm_projector.0.weight",
                            "model.prefusion_layers.1.mlp.up_proj.weight",
                            "model.layers.0.self_attn.k_proj.weight",
                            "lm_head.weight")) {
                Tensor weight = network.weights().get(part);
                weight.wantGradient(true);
                loss.learn(batch, 1);
                float[] slope = weight.gradient().orElseThrow().toFloats();
                weight.wantGradient(false);

                double squared = 0;
                for (float each : slope) {
                    squared += (double) each * each;
                }
                double step = 1e-2 / Math.sqrt(squared);
                move(weight, slope, step);
                float above = loss.measure(batch).loss();
                move(weight, slope, -2 * step);
                float below = loss.measure(batch).loss();
                move(weight, slope, step);
                assertThat((above - below) / (2 * step))
                        .as(part)
                        .isCloseTo(squared, within(0.05 * squared));
            }
        }
    }

    @Test
    void aWordThatIsSparedIsNoRivalOfTheAnswer() {
        List<byte[]> picture = pictures(1);
        double answer = answered(picture, 40);
        double rival = answered(picture, 41);
        spared = new TrainingBatch.Words(new long[] {1}, new long[] {41});
        assertThat(answered(picture, 40))
                .isCloseTo(answer + Math.log1p(-Math.exp(-rival)), within(1e-4));
        spared = new TrainingBatch.Words(new long[] {0}, new long[] {41});
        assertThat(answered(picture, 40)).isCloseTo(answer, within(1e-6));
    }

    @Test
    void aWordThatIsDoubtedCountsATwentieth() {
        List<byte[]> picture = pictures(1);
        double answer = answered(picture, 40);
        double rival = answered(picture, 41);
        doubted = new TrainingBatch.Words(new long[] {1}, new long[] {41});
        assertThat(answered(picture, 40))
                .isCloseTo(
                        answer + Math.log1p(-Math.exp(-rival) * (1 - Math.exp(-3))), within(1e-4));
    }

    @Test
    void anAnswerMayBeEitherOfTwoWords() {
        List<byte[]> picture = pictures(1);
        double either = Math.exp(-answered(picture, 40)) + Math.exp(-answered(picture, 41));
        alsoRight = new TrainingBatch.Words(new long[] {1}, new long[] {41});
        assertThat(answered(picture, 40)).isCloseTo(-Math.log(either), within(1e-4));
        alsoRight = new TrainingBatch.Words(new long[] {1}, new long[] {40});
        assertThat(answered(picture, 41)).isCloseTo(-Math.log(either), within(1e-4));
    }

    /** What the network loses at an answer of one word behind a question of two. */
    private double answered(List<byte[]> picture, long answer) {
        return measure(oneWord(picture, answer), 0).answerLoss();
    }

    private TrainingBatch oneWord(List<byte[]> picture, long answer) {
        return batch(
                picture,
                1,
                new long[][] {{17, 18}},
                new long[][] {{answer}},
                new float[] {1},
                Optional.empty());
    }

    @Test
    void aClassThatIsSparedIsNoRivalOfTheRightOne() {
        TrainingBatch batch = oneWord(pictures(1), 40);
        batch.states()[0][0] = 1;
        batch.states()[0][1] = HeadTarget.UNTOLD;
        assertThat(measure(batch, 1).stateLoss()).isGreaterThan(0.1f);
        batch.states()[0][0] = HeadTarget.sparing(1, 0);
        assertThat(measure(batch, 1).stateLoss()).isCloseTo(0, within(1e-6f));
    }

    @Test
    void aClassThatIsDoubtedCountsATwentieth() {
        TrainingBatch batch = oneWord(pictures(1), 40);
        batch.states()[0][1] = HeadTarget.UNTOLD;
        batch.states()[0][0] = 1;
        double odds = Math.exp(HEADS.size() * measure(batch, 1).stateLoss()) - 1;
        batch.states()[0][0] = HeadTarget.doubting(1, 0);
        assertThat(HEADS.size() * measure(batch, 1).stateLoss())
                .isCloseTo((float) Math.log1p(odds * Math.exp(-3)), within(1e-5f));
    }

    @Test
    void anyOfSeveralClassesIsRight() {
        TrainingBatch batch = oneWord(pictures(1), 40);
        batch.states()[0][0] = HeadTarget.UNTOLD;
        double[] shares = new double[4];
        int likeliest = 0;
        for (int i = 0; i < shares.length; i++) {
            batch.states()[0][1] = i;
            shares[i] = Math.exp(-HEADS.size() * measure(batch, 1).stateLoss());
            likeliest = shares[i] > shares[likeliest] ? i : likeliest;
        }
        int other = (likeliest + 1) % shares.length;
        batch.states()[0][1] = HeadTarget.anyOf(likeliest, other);
        BatchResult either = measure(batch, 1);
        assertThat(HEADS.size() * either.stateLoss())
                .isCloseTo((float) -Math.log(shares[likeliest] + shares[other]), within(1e-5f));
        assertThat(either.statesRight()[1]).isEqualTo(1);
        batch.states()[0][1] = HeadTarget.anyOf(other, (likeliest + 2) % shares.length);
        assertThat(measure(batch, 1).statesRight()[1]).isEqualTo(0);
    }

    @Test
    void aShadeIsAsWrongAsItIsFar() {
        TrainingBatch batch = oneWord(pictures(1), 40);
        Arrays.fill(batch.states()[0], HeadTarget.UNTOLD);
        heads.weights()
                .set(new float[Math.toIntExact(heads.weights().size(0) * heads.weights().size(1))]);
        batch.states()[0][2] = HeadTarget.shade(0, 0, 0);
        assertThat(measure(batch, 1).stateLoss()).isZero();
        assertThat(measure(batch, 1).statesRight()[2]).isEqualTo(1);
        batch.states()[0][2] = HeadTarget.shade(51, 102, 255);
        assertThat(measure(batch, 1).stateLoss())
                .isCloseTo(SHADES * (0.04f + 0.16f + 1) / HEADS.size(), within(1e-5f));
        assertThat(measure(batch, 1).statesRight()[2]).isEqualTo(0);
    }

    @Test
    void aSharedClassIsWhereThePaletteHasIt() {
        TrainingBatch batch = oneWord(pictures(1), 40);
        float even = (float) Math.log(4) / HEADS.size();
        batch.states()[0][0] = HeadTarget.UNTOLD;
        palette.points().set(new float[12]);
        assertThat(measure(batch, 1).stateLoss()).isCloseTo(even, within(1e-5f));
        heads.weights()
                .set(new float[Math.toIntExact(heads.weights().size(0) * heads.weights().size(1))]);
        palette.points().set(new float[] {9, 9, 9, 1, 1, 1, 2, 2, 2, 3, 3, 3});
        assertThat(measure(batch, 1).stateLoss()).isCloseTo(even, within(1e-5f));
    }

    @Test
    void trainingMakesTheLossSmaller() {
        TrainingBatch batch =
                batch(
                        pictures(2),
                        2,
                        new long[][] {{17, 18}, {20, 21}},
                        new long[][] {{40}, {41}},
                        new float[] {0.5f, 0.5f},
                        Optional.empty());
        for (int[] told : batch.states()) {
            told[2] = HeadTarget.shade(200, 90, 40);
        }
        Map<String, Tensor> trained = new LinkedHashMap<>(network.weights());
        trained.put("states", heads.weights());
        trained.values().forEach(weight -> weight.wantGradient(true));
        try (BatchLoss loss = loss(Precision.BFLOAT16, 1);
                AdamW optimizer = new AdamW(scope, trained, 0.01)) {
            float before = loss.learn(batch, 1).loss();
            optimizer.step(1e-3);
            for (int i = 0; i < 20; i++) {
                loss.learn(batch, 1);
                optimizer.step(1e-3);
            }
            BatchResult after = loss.measure(batch);
            assertThat(after.loss()).isLessThan(before / 4);
            assertThat(after.right()).containsOnly(1f);
            assertThat(after.statesRight()).containsOnly(1f);
        }
    }

    @Test
    void headsLearnWhenThatWasWhichAQuestionNamesAndWhatWasLater() {
        TrainingBatch.Moments dated =
                TrainingBatch.Moments.dated(
                        new long[] {1, 6}, new long[] {3, 0}, new long[] {-1, 1});
        BatchResult after =
                learnt(dated, Map.of("moments", moments.weights(), "order", order.weights()));
        assertThat(after.momentsRight()).isEqualTo(1);
        assertThat(after.orderRight()).isEqualTo(1);
    }

    @Test
    void aHeadLearnsInWhichOfSeveralStreamsSomethingWas() {
        long[] none = new long[0];
        TrainingBatch.Moments owned =
                new TrainingBatch.Moments(none, none, none, new long[] {1, 7}, new long[] {2, 0});
        BatchResult after = learnt(owned, Map.of("owners", owners.weights()));
        assertThat(after.ownersRight()).isEqualTo(1);
    }

    /** After heads alone have learnt what two questions about two frames are about. */
    private BatchResult learnt(TrainingBatch.Moments about, Map<String, Tensor> trained) {
        List<byte[]> pictures = pictures(2);
        float[] tokens;
        try (EncodedFrames frames = encode(pictures, 1)) {
            tokens = frames.visionTokens().toFloats();
        }
        assertThat(measure(asked(pictures, tokens, TrainingBatch.Moments.NONE), 0).momentLoss())
                .isZero();
        TrainingBatch batch = asked(pictures, tokens, about);
        trained.values().forEach(weight -> weight.wantGradient(true));
        try (BatchLoss loss = loss(Precision.FLOAT32, 0);
                AdamW optimizer = new AdamW(scope, trained, 0)) {
            BatchResult before = loss.learn(batch, 1);
            assertThat(before.loss())
                    .isCloseTo(before.answerLoss() + before.momentLoss(), within(1e-4f));
            for (int i = 0; i < 60; i++) {
                optimizer.step(1e-1);
                loss.learn(batch, 1);
            }
            BatchResult after = loss.measure(batch);
            assertThat(after.momentLoss()).isLessThan(before.momentLoss() / 4);
            return after;
        }
    }

    private TrainingBatch asked(
            List<byte[]> pictures, float[] tokens, TrainingBatch.Moments about) {
        TrainingBatch.History plain = history(tokens, new long[] {1, 2}, new float[4]);
        return batch(
                pictures,
                2,
                new long[][] {{17, 18}, {20, 21}},
                new long[][] {{40}, {41}},
                new float[] {0.5f, 0.5f},
                Optional.of(
                        new TrainingBatch.History(
                                plain.frames(),
                                plain.tokens(),
                                plain.there(),
                                plain.positions(),
                                plain.starts(),
                                plain.multiples(),
                                plain.events(),
                                plain.anchors(),
                                plain.names(),
                                about)));
    }

    /** Adds {@code times} the direction to a weight. */
    private static void move(Tensor weight, float[] direction, double times) {
        float[] numbers = weight.toFloats();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] += (float) (times * direction[i]);
        }
        weight.set(numbers);
    }

    private BatchResult measure(TrainingBatch batch, double stateWeight) {
        try (BatchLoss loss = loss(Precision.FLOAT32, stateWeight)) {
            return loss.measure(batch);
        }
    }

    private BatchLoss loss(Precision precision, double stateWeight) {
        return new BatchLoss(
                network,
                new SideHeads(heads, palette, events, EMPHASIS, moments, order, owners),
                new SideWeights(stateWeight, SHADES, 0, 1),
                pixels,
                precision);
    }

    private List<byte[]> pictures(int count) {
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] picture = new byte[3 * SIDE * SIDE];
            random.nextBytes(picture);
            pictures.add(picture);
        }
        return pictures;
    }

    private TrainingBatch batch(
            List<byte[]> pictures,
            int keyframes,
            long[][] questions,
            long[][] answers,
            float[] shares,
            Optional<TrainingBatch.History> history) {
        return batch(pictures, keyframes, new long[0], questions, answers, shares, history);
    }

    private TrainingBatch batch(
            List<byte[]> pictures,
            int keyframes,
            long[] names,
            long[][] questions,
            long[][] answers,
            float[] shares,
            Optional<TrainingBatch.History> history) {
        int each = 6;
        int slots = packed ? 1 : questions.length;
        int length = questions.length * each / slots;
        int front = 1 + names.length;
        long[] ids = new long[front + slots * length];
        long[] numbers = new long[slots * length];
        Arrays.fill(numbers, -1);
        System.arraycopy(names, 0, ids, 1, names.length);
        byte[] isAnswer = new byte[ids.length];
        float[] counts = new float[ids.length];
        ids[0] = 1;
        for (int q = 0; q < questions.length; q++) {
            int at = front + q * each;
            Arrays.fill(numbers, q * each, q * each + questions[q].length + answers[q].length, q);
            for (long id : questions[q]) {
                ids[at++] = id;
            }
            for (long id : answers[q]) {
                counts[at - 1] = 1;
                isAnswer[at] = 1;
                ids[at++] = id;
            }
        }
        float[] still = new float[6 * pictures.size()];
        float[] gains = new float[2 * pictures.size()];
        for (int i = 0; i < pictures.size(); i++) {
            still[6 * i] = 1;
            still[6 * i + 4] = 1;
            gains[2 * i] = 1;
        }
        int[][] states = new int[pictures.size()][];
        for (int i = 0; i < states.length; i++) {
            states[i] = new int[] {i % 2, i == 1 ? -1 : 2, -1};
        }
        return new TrainingBatch(
                new TrainingBatch.Pictures(SIDE, pictures, still, gains),
                states,
                Optional.of(
                        new TrainingBatch.Questions(
                                1,
                                keyframes,
                                questions.length,
                                slots,
                                length,
                                ids,
                                numbers,
                                isAnswer,
                                counts,
                                shares,
                                Collections.nCopies(questions.length, "any"),
                                spared,
                                doubted,
                                alsoRight)),
                history);
    }

    /** What the network that answers from two histories of one frame loses at an answer's tokens. */
    private double[] answerLosses(
            List<byte[]> pictures, long[][] names, long[] question, long[] answer) {
        LlavaMini answering = network.network();
        ClipPreprocessor preprocessor = new ClipPreprocessor(pixels);
        long[] first = {1, names[0][0], names[0][1]};
        Prompt prompt = new Prompt(List.of(first, names[1], question));
        try (TensorScope step = scope.child();
                EncodedFrames frames = encode(pictures, 1)) {
            SegmentedText text = new SegmentedText(answering, step, prompt, true);
            for (byte[] picture : pictures) {
                List<float[]> normalised = List.of(preprocessor.normalised(picture));
                Tensor features = answering.features(step, answering.pixels(step, normalised));
                try (KeyframeFusion fusion =
                        new KeyframeFusion(answering, features, new float[] {1})) {
                    text.add(fusion);
                    text.addAnchor(fusion);
                }
            }
            List<Tensor> vectors = new ArrayList<>();
            for (int i = 0; i < pictures.size(); i++) {
                vectors.add(text.fronts().get(i));
                Tensor token = frames.visionTokens().part(0, i, 1);
                Tensor plain = token.reshape(token.size(1), token.size(2));
                vectors.add(
                        answering
                                .nameCode(step, names[i])
                                .map(code -> answering.named(step, plain, code))
                                .orElse(plain));
            }
            vectors.add(text.behind());
            vectors.add(answering.embed(step, answer));
            return losses(answering.logits(step, step.join(vectors, 0)), answer);
        }
    }

    /** The losses of an answer at whose last token no more scores are needed. */
    private static double[] losses(Tensor scores, long[] answer) {
        long first = scores.size(0) - answer.length - 1;
        double[] losses = new double[answer.length];
        for (int i = 0; i < answer.length; i++) {
            losses[i] = loss(scores.part(0, first + i, 1).toFloats(), (int) answer[i]);
        }
        return losses;
    }

    /** What the network that answers loses at each token of an answer. */
    private double[] answerLosses(
            List<byte[]> pictures, long[] question, long[] answer, float[] shares) {
        LlavaMini answering = network.network();
        long[] ids = new long[2 + question.length];
        ids[0] = 1;
        ids[1] = FRAMES;
        System.arraycopy(question, 0, ids, 2, question.length);
        try (TensorScope step = scope.child();
                EncodedFrames frames = encode(pictures, ids.length)) {
            Tensor fused = answering.fuseText(step, frames, ids);
            Tensor prompt = answering.prompt(step, fused, shares, frames.visionTokens(), 1);
            Tensor plain = answering.embed(step, answer);
            return losses(answering.logits(step, step.join(List.of(prompt, plain), 0)), answer);
        }
    }

    private static double loss(float[] scores, int label) {
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score - scores[label]);
        }
        return Math.log(sum);
    }

    private EncodedFrames encode(List<byte[]> pictures, int room) {
        ClipPreprocessor preprocessor = new ClipPreprocessor(pixels);
        List<float[]> normalised = pictures.stream().map(preprocessor::normalised).toList();
        LlavaMini answering = network.network();
        Tensor features = answering.features(scope, answering.pixels(scope, normalised));
        return answering.encode(scope, features, room);
    }
}
