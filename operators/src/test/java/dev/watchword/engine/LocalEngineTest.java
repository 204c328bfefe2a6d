package dev.watchword.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.engine.AnswerRequest.History.Combined;
import dev.watchword.engine.AnswerRequest.History.Given;
import dev.watchword.engine.AnswerRequest.History.Recalled;
import dev.watchword.engine.AnswerRequest.WeightedKeyframe;
import dev.watchword.model.DirectAnswer;
import dev.watchword.model.FrameHistory;
import dev.watchword.model.KeyframeFusion;
import dev.watchword.model.LanguageConfig;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.Sampling;
import dev.watchword.model.Segment;
import dev.watchword.model.SegmentedHistory;
import dev.watchword.model.WeightPacking;
import dev.watchword.model.picture.PictureLimits;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.text.Turn;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.LibTorch;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalEngineTest {
    private static final long SECONDS = 60;

    /** More tokens than an answer gets while a test looks on. */
    private static final int MANY_TOKENS = 4_000;

    /** Of a model whose answers go on for so long. */
    private static final int TALKATIVE = 6;

    @TempDir private static Path folder;
    private static Path model;

    @BeforeAll
    static void makeModel() throws IOException {
        model = folder.resolve("tiny");
        UntrainedModel.of(UntrainedShapes.tiny().withNameCode(0.7), TALKATIVE).write(model);
    }

    private static EngineConfig config(Path directory, int batch, Duration wait, int slice) {
        return config(directory, batch, wait, slice, 1L << 30);
    }

    private static EngineConfig config(
            Path directory, int batch, Duration wait, int slice, long prefixBytes) {
        return config(directory, batch, wait, slice, prefixBytes, 1L << 30, Duration.ZERO);
    }

    private static EngineConfig config(
            Path directory,
            int batch,
            Duration wait,
            int slice,
            long prefixBytes,
            long recentFrameBytes,
            Duration partialInterval) {
        return new EngineConfig(
                directory.toString(),
                "",
                "auto",
                "cpu",
                EngineConfig.PrecisionChoice.FLOAT32,
                WeightPacking.AUTO,
                0,
                batch,
                wait,
                2,
                2,
                slice,
                true,
                prefixBytes,
                1L << 30,
                recentFrameBytes,
                1_000_000,
                1_000_000,
                List.of(),
                Duration.ofSeconds(5),
                partialInterval,
                Duration.ofMinutes(5));
    }

    private static Engine start(int batch, Duration wait) {
        return LocalEngine.start(config(model, batch, wait, 5), Clock.systemUTC());
    }

    private static Engine start() {
        return start(4, Duration.ofMillis(2));
    }

    private static byte[] picture(int number) {
        BufferedImage image = new BufferedImage(80, 60, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(40 * number % 256, 90, 200 - 30 * number % 200));
        graphics.fillRect(7 * number % 50, 10, 30, 40);
        graphics.dispose();
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<EncodedPicture> encode(Engine engine, int pictures) throws Exception {
        List<CompletableFuture<EncodedPicture>> futures = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            futures.add(engine.encode(new PictureSource.Inline(picture(i))));
        }
        List<EncodedPicture> encoded = new ArrayList<>();
        for (CompletableFuture<EncodedPicture> future : futures) {
            encoded.add(future.get(SECONDS, TimeUnit.SECONDS));
        }
        return encoded;
    }

    /** A keyframe that is named after what it looks like. */
    private static AnswerRequest.Keyframe keyframe(EncodedPicture picture) {
        int name = Arrays.hashCode(picture.features());
        return new AnswerRequest.Keyframe(new KeyframeName(1, "door", name), picture.features());
    }

    private static AnswerRequest ask(List<EncodedPicture> pictures, int tokens) {
        List<WeightedKeyframe> keyframes =
                pictures.stream()
                        .map(each -> new WeightedKeyframe(keyframe(each), 1.0 / pictures.size()))
                        .toList();
        return new AnswerRequest(
                "What is in the picture?",
                Given.of(pictures.stream().map(EncodedPicture::tokens).toList()),
                keyframes,
                Optional.empty(),
                Sampling.GREEDY,
                tokens,
                2,
                Optional.empty());
    }

    private static AnswerOutcome.Answered answer(Engine engine, AnswerRequest request)
            throws Exception {
        return (AnswerOutcome.Answered) engine.answer(request).get(SECONDS, TimeUnit.SECONDS);
    }

    private static float[] floats(byte[] bytes) {
        float[] numbers = new float[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer().get(numbers);
        return numbers;
    }

    @Test
    void aCoreIsLeftToOthersWhereTheThreadsAreNotGiven() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();

        start().close();

        assertThat(LibTorch.threads()).isEqualTo(Math.max(1, cores - 1));
    }

    @Test
    void makesTheSameOfAPictureAloneAndInABatch() throws Exception {
        try (Engine oneByOne = start(1, Duration.ZERO);
                Engine batched = start(7, Duration.ofSeconds(2))) {
            List<EncodedPicture> alone = encode(oneByOne, 7);
            List<EncodedPicture> together = encode(batched, 7);

            for (int i = 0; i < alone.size(); i++) {
                assertThat(floats(together.get(i).tokens()))
                        .usingComparatorWithPrecision(1e-4f)
                        .containsExactly(floats(alone.get(i).tokens()));
                assertThat(alone.get(i).tokens()).hasSize(oneByOne.model().tokenBytes());
                assertThat(alone.get(i).features()).hasSize(oneByOne.model().featureBytes());
            }
            assertThat(answer(batched, ask(together, 20)).text())
                    .isEqualTo(answer(oneByOne, ask(alone, 20)).text());
        }
    }

    @Test
    void aQuestionAboutFramesThatJustCameEncodesNoneOfThemAgain() throws Exception {
        EngineConfig forgetful =
                config(model, 4, Duration.ofMillis(2), 5, 1L << 30, 0, Duration.ZERO);
        try (Engine engine = start();
                Engine other = LocalEngine.start(forgetful, Clock.systemUTC())) {
            List<EncodedPicture> pictures = encode(engine, 5);
            AnswerRequest question = ask(pictures, 20);

            String answer = answer(engine, question).text();

            assertThat(answer).isNotEmpty().isEqualTo(answer(other, question).text());
            assertThat(engine.load().keyframes().encoded()).isZero();
            assertThat(engine.load().keyframes().recentBytes()).isPositive();
            assertThat(other.load().keyframes().encoded()).isEqualTo(5);
            assertThat(other.load().keyframes().recentBytes()).isZero();
        }
    }

    static List<Arguments> modes() {
        ModelConfig tiny = UntrainedShapes.tiny();
        return List.of(
                Arguments.of("tiny", tiny),
                Arguments.of("pooling", tiny.withPooling()),
                Arguments.of("llava", tiny.asLlava()));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void answersAsTheNetworkDoesWithoutIt(String name, ModelConfig config, @TempDir Path root)
            throws Exception {
        assertAnswersAsTheNetwork(List.of(), name, config, root);
    }

    @ParameterizedTest
    @MethodSource("modes")
    void answersAFollowUpAsTheNetworkDoesBehindTheSameTurns(
            String name, ModelConfig config, @TempDir Path root) throws Exception {
        List<Turn> earlier =
                List.of(
                        new Turn("Is there a dog?", "No </s> <|eot_id|>, a cat."),
                        new Turn("Which colour?", "Black."));
        assertThat(assertAnswersAsTheNetwork(earlier, name, config, root))
                .isNotEqualTo(assertAnswersAsTheNetwork(List.of(), name, config, root));
    }

    private static String assertAnswersAsTheNetwork(
            List<Turn> earlier, String name, ModelConfig config, Path root) throws Exception {
        Path path = root.resolve(name + earlier.size());
        ModelDirectory directory = UntrainedModel.of(config, 7).write(path);
        PictureReader reader =
                new PictureReader(
                        directory,
                        PictureLimits.DEFAULT,
                        new PictureFetcher(List.of(), 1, Duration.ofSeconds(1)));
        StringBuilder direct = new StringBuilder();
        try (Engine engine =
                        LocalEngine.start(
                                config(path, 4, Duration.ofMillis(2), 5), Clock.systemUTC());
                TextModel text = TextModel.open(directory, "auto");
                LlavaMini network =
                        LlavaMini.load(directory, ComputeDevice.CPU, Precision.FLOAT32)) {
            List<float[]> pixels = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                pixels.add(reader.pixels(new PictureSource.Inline(picture(i))));
            }
            new DirectAnswer(network, text)
                    .answer(
                            pixels.iterator(),
                            earlier,
                            "What is in the picture?",
                            Sampling.GREEDY,
                            30,
                            direct::append);
            AnswerOutcome.Answered answered =
                    answer(engine, ask(encode(engine, 5), 30).following(earlier));

            assertThat(answered.text()).isEqualTo(direct.toString()).isNotEmpty();
            assertThat(answered.tokens()).isBetween(1, 30);
            assertThat(answered.times().begun()).isLessThanOrEqualTo(answered.times().fused());
            assertThat(answered.times().firstToken())
                    .isBetween(answered.times().fused(), answered.times().total());
            return answered.text();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersFromSeveralStreamsAsTheNetworkDoesWithoutIt(boolean anchored) throws Exception {
        String question = "Where is it?";
        try (Engine engine = start();
                TextModel text = TextModel.open(ModelDirectory.open(model), "auto");
                LlavaMini network =
                        LlavaMini.load(
                                ModelDirectory.open(model), ComputeDevice.CPU, Precision.FLOAT32);
                TensorScope scope = network.newScope()) {
            List<EncodedPicture> pictures = encode(engine, 20);
            List<EncodedPicture> door = pictures.subList(0, 13);
            List<EncodedPicture> gate = pictures.subList(13, 20);
            AnswerOutcome.Answered answered =
                    answer(
                            engine,
                            new AnswerRequest(
                                    question,
                                    new Combined(
                                            List.of(
                                                    segment("door", door, anchored),
                                                    segment("gate", gate, anchored))),
                                    List.of(),
                                    Optional.empty(),
                                    Sampling.GREEDY,
                                    30,
                                    20,
                                    Optional.empty()));
            try (SegmentedHistory history =
                    SegmentedHistory.of(
                            network,
                            text,
                            List.of(
                                    direct(network, scope, "door", door, anchored),
                                    direct(network, scope, "gate", gate, anchored)))) {
                FrameHistory.Cited expected = history.answerCiting(question, 30);

                assertThat(answered.text()).isEqualTo(expected.text()).isNotEmpty();
                assertThat(answered.evidence()).hasSize(20);
                for (AnswerOutcome.CitedFrame frame : answered.evidence()) {
                    assertThat(frame.weight())
                            .isCloseTo(expected.shares()[frame.frame()], within(1e-4));
                }
            }
        }
    }

    /** A stream whose first frame is its anchor and whose last two are those that are fused. */
    private static AnswerRequest.Segment segment(
            String name, List<EncodedPicture> pictures, boolean anchored) {
        List<EncodedPicture> newest = pictures.subList(pictures.size() - 2, pictures.size());
        return new AnswerRequest.Segment(
                name,
                pictures.stream().map(EncodedPicture::tokens).toList(),
                List.of(
                        new WeightedKeyframe(keyframe(newest.get(0)), 0.25),
                        new WeightedKeyframe(keyframe(newest.get(1)), 0.75)),
                anchored ? Optional.of(keyframe(pictures.get(0))) : Optional.empty());
    }

    private static Segment direct(
            LlavaMini network,
            TensorScope scope,
            String name,
            List<EncodedPicture> pictures,
            boolean anchored) {
        Tensor features =
                network.keptFeatures(
                        scope, pictures.stream().map(EncodedPicture::features).toList());
        return new Segment(
                name,
                network.keptTokens(scope, pictures.stream().map(EncodedPicture::tokens).toList()),
                new KeyframeFusion(
                        network,
                        features.part(0, pictures.size() - 2L, 2),
                        new float[] {0.25f, 0.75f}),
                anchored
                        ? Optional.of(
                                new KeyframeFusion(
                                        network, features.part(0, 0, 1), new float[] {1}))
                        : Optional.empty());
    }

    /** What was told of an answer while it was written, and at last the whole. */
    private static List<String> told(Duration interval) throws Exception {
        List<String> told = new ArrayList<>();
        List<Integer> parts = new ArrayList<>();
        try (Engine engine =
                LocalEngine.start(
                        config(model, 4, Duration.ofMillis(2), 5, 0, 1L << 30, interval),
                        Clock.systemUTC())) {
            AnswerRequest asked =
                    ask(encode(engine, 2), 60)
                            .telling(
                                    (part, text) -> {
                                        parts.add(part);
                                        told.add(text);
                                    });
            told.add(answer(engine, asked).text());
        }
        assertThat(parts).isEqualTo(IntStream.rangeClosed(1, parts.size()).boxed().toList());
        return told;
    }

    @Test
    void tellsOfAnAnswerWhileItIsWritten() throws Exception {
        List<String> told = told(Duration.ZERO);

        assertThat(told).hasSizeGreaterThan(3);
        for (int i = 0; i + 2 < told.size(); i++) {
            assertThat(told.get(i + 1))
                    .startsWith(told.get(i))
                    .hasSizeGreaterThan(told.get(i).length());
        }
        assertThat(told.get(told.size() - 1)).startsWith(told.get(told.size() - 2));
    }

    @Test
    void tellsOfAnAnswerOnceInAnInterval() throws Exception {
        List<String> told = told(Duration.ofDays(1));

        assertThat(told).hasSize(2);
        assertThat(told.get(1)).startsWith(told.get(0)).isNotEqualTo(told.get(0));
    }

    @Test
    void answersFromAHistoryThatItKeptAsFromOneThatItReadsAnew() throws Exception {
        try (Engine engine = start()) {
            List<EncodedPicture> pictures = encode(engine, 90);
            HistoryName name = new HistoryName(engine.newOwner(), "door", 0, 1);
            answer(engine, about(pictures, 20, given(pictures.subList(0, 25), 20, name)));
            for (int i = 25; i < pictures.size(); i++) {
                engine.follow(name.owner(), "door", i, pictures.get(i).tokens());
            }

            for (int frames : new int[] {90, 20, 60, 90}) {
                RecalledHistory recalled = engine.recall(name, frames - 1L, frames).orElseThrow();
                String kept =
                        answer(engine, about(pictures, frames, new Recalled(recalled, frames)))
                                .text();
                String anew =
                        answer(engine, about(pictures, frames, fresh(pictures, frames))).text();
                assertThat(kept).isEqualTo(anew).isNotEmpty();
            }
        }
    }

    @Test
    void keepsNothingBeyondItsMemoryNorForAnotherOwnerOrHistory() throws Exception {
        try (Engine engine = start()) {
            List<EncodedPicture> pictures = encode(engine, 3);
            HistoryName name = new HistoryName(engine.newOwner(), "door", 0, 1);
            answer(engine, about(pictures, 3, given(pictures, 3, name)));

            assertThat(engine.recall(name, 3, 3)).isEmpty();
            assertThat(engine.recall(name, 2, 4)).isEmpty();
            assertThat(engine.recall(new HistoryName(name.owner(), "door", 0, 2), 2, 3)).isEmpty();
            assertThat(engine.recall(new HistoryName(name.owner(), "door", 1, 1), 2, 3)).isEmpty();
            assertThat(engine.recall(new HistoryName(engine.newOwner(), "door", 0, 1), 2, 3))
                    .isEmpty();
            engine.recall(name, 2, 3).orElseThrow().release();
            engine.forget(name.owner());
            assertThat(engine.recall(name, 2, 3)).isEmpty();
        }
        EngineConfig small = config(model, 4, Duration.ZERO, 5, 0);
        try (Engine engine = LocalEngine.start(small, Clock.systemUTC())) {
            List<EncodedPicture> pictures = encode(engine, 3);
            HistoryName name = new HistoryName(engine.newOwner(), "door", 0, 1);
            String first = answer(engine, about(pictures, 3, given(pictures, 3, name))).text();
            String second = answer(engine, about(pictures, 3, given(pictures, 3, name))).text();
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void tellsHowBusyItIsAndWhatBecameOfWhatItKept() throws Exception {
        try (Engine engine = start(3, Duration.ofSeconds(5))) {
            assertThat(engine.load())
                    .isEqualTo(
                            new EngineLoad(
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    new EngineLoad.Prefixes(0, 0, 0, 0, 0),
                                    new EngineLoad.Keyframes(0, 0, 0),
                                    Duration.ZERO));

            List<EncodedPicture> pictures = encode(engine, 3);
            HistoryName name = new HistoryName(engine.newOwner(), "door", 0, 1);
            int tokens = answer(engine, about(pictures, 3, given(pictures, 3, name))).tokens();
            engine.recall(name, 2, 3).orElseThrow().release();
            engine.recall(name, 3, 3);

            EngineLoad load = settled(engine, each -> each.prefixes().bytes() > 0);
            assertThat(load.batches()).isEqualTo(1);
            assertThat(load.framesEncoded()).isEqualTo(3);
            assertThat(load.tokensDecoded()).isBetween((long) tokens, tokens + 1L);
            assertThat(load.decodeSteps()).as("one answer alone").isEqualTo(load.tokensDecoded());
            assertThat(load.prefixes().kept()).isEqualTo(1);
            assertThat(load.prefixes().hits()).isEqualTo(1);
            assertThat(load.prefixes().misses()).isEqualTo(1);
            assertThat(load.prefixes().evictions()).isZero();
        }
        EngineConfig small = config(model, 3, Duration.ofSeconds(5), 5, 0);
        try (Engine engine = LocalEngine.start(small, Clock.systemUTC())) {
            List<EncodedPicture> pictures = encode(engine, 3);
            HistoryName name = new HistoryName(engine.newOwner(), "door", 0, 1);
            answer(engine, about(pictures, 3, given(pictures, 3, name)));

            EngineLoad load = settled(engine, each -> each.prefixes().evictions() > 0);
            assertThat(load.prefixes()).isEqualTo(new EngineLoad.Prefixes(0, 0, 0, 0, 1));
        }
    }

    /** The load when it is as awaited, and the engine has nothing to do. */
    private static EngineLoad settled(Engine engine, Predicate<EngineLoad> awaited)
            throws InterruptedException {
        return await(engine, awaited.and(load -> load.answersActive() == 0));
    }

    private static EngineLoad await(Engine engine, Predicate<EngineLoad> awaited)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        EngineLoad load = engine.load();
        while (!awaited.test(load)) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(5);
            load = engine.load();
        }
        return load;
    }

    private static Given given(List<EncodedPicture> pictures, int frames, HistoryName name) {
        return new Given(
                pictures.stream().map(EncodedPicture::tokens).toList(),
                frames,
                Optional.of(new AnswerRequest.Kept(name, pictures.size() - 1L)));
    }

    private static Given fresh(List<EncodedPicture> pictures, int frames) {
        return Given.of(pictures.subList(0, frames).stream().map(EncodedPicture::tokens).toList());
    }

    /** A question that is fused with the newest frame in scope, behind a text fused with another. */
    private static AnswerRequest about(
            List<EncodedPicture> pictures, int frames, AnswerRequest.History history) {
        return new AnswerRequest(
                "What is in the picture?",
                history,
                List.of(new WeightedKeyframe(keyframe(pictures.get(frames - 1)), 1)),
                Optional.of(keyframe(pictures.get(1))),
                Sampling.GREEDY,
                12,
                0,
                Optional.empty());
    }

    @Test
    void keepsEncodingWhileAnAnswerIsMade() throws Exception {
        try (Engine engine = start()) {
            List<EncodedPicture> pictures = encode(engine, 2);
            CompletableFuture<AnswerOutcome> answer = engine.answer(ask(pictures, MANY_TOKENS));
            encode(engine, 8);

            assertThat(answer).isNotDone();
            answer.cancel(false);
        }
    }

    @Test
    void aCancelledAnswerTakesNoMoreOfTheDevice() throws Exception {
        try (Engine engine = start()) {
            AnswerRequest request = ask(encode(engine, 2), MANY_TOKENS);
            CompletableFuture<AnswerOutcome> answer = engine.answer(request);
            await(engine, load -> load.tokensDecoded() > 2);

            assertThat(answer.cancel(false)).isTrue();
            assertDecodesNoMore(engine);
        }
    }

    @Test
    void aHigherPriorityTakesThePlacesOfLowerOnesWhichThenGoOn() throws Exception {
        try (Engine engine = start()) {
            AnswerRequest low = ask(encode(engine, 2), 600).ranked(-1);
            AnswerRequest high = ask(encode(engine, 3), 30).ranked(1);
            AnswerOutcome.Answered undisturbed = answer(engine, low);
            long before = engine.load().tokensDecoded();
            List<CompletableFuture<AnswerOutcome>> lowest =
                    List.of(engine.answer(low), engine.answer(low));
            await(engine, load -> load.tokensDecoded() > before + 2);

            List<CompletableFuture<AnswerOutcome>> highest =
                    List.of(engine.answer(high), engine.answer(high), engine.answer(high));
            for (CompletableFuture<AnswerOutcome> each : highest) {
                assertThat(each.get(SECONDS, TimeUnit.SECONDS))
                        .isInstanceOf(AnswerOutcome.Answered.class);
            }
            assertThat(lowest).noneMatch(CompletableFuture::isDone);

            for (CompletableFuture<AnswerOutcome> each : lowest) {
                AnswerOutcome.Answered answered =
                        (AnswerOutcome.Answered) each.get(SECONDS, TimeUnit.SECONDS);
                assertThat(answered.text()).isEqualTo(undisturbed.text());
                assertThat(answered.tokens()).isEqualTo(undisturbed.tokens());
            }
        }
    }

    @Test
    void whatWasSetAsideGivesItsMemoryToAHigherPriorityThatHasNone() throws Exception {
        try (Engine engine = start()) {
            AnswerRequest low = ask(encode(engine, 2), MANY_TOKENS);
            List<CompletableFuture<AnswerOutcome>> lowest =
                    List.of(engine.answer(low), engine.answer(low));
            await(engine, load -> load.tokensDecoded() > 4);
            CompletableFuture<AnswerOutcome> high = engine.answer(low.ranked(1));
            await(engine, load -> load.questionsWaiting() == 1);
            AnswerRequest tooLarge =
                    low.ranked(1)
                            .telling(
                                    (part, text) -> {
                                        throw new IllegalStateException("CUDA out of memory.");
                                    });

            List<CompletableFuture<AnswerOutcome>> failing = new ArrayList<>(lowest);
            failing.add(engine.answer(tooLarge));
            for (CompletableFuture<AnswerOutcome> each : failing) {
                assertThatThrownBy(() -> each.get(SECONDS, TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOf(DeviceMemoryException.class);
            }
            assertThat(engine.load().questionsWaiting()).isZero();
            assertThat(high).isNotDone();
            high.cancel(false);
        }
    }

    @Test
    void anAnswerThatWasSetAsideCanBeCancelled() throws Exception {
        try (Engine engine = start()) {
            AnswerRequest high = ask(encode(engine, 2), MANY_TOKENS).ranked(1);
            CompletableFuture<AnswerOutcome> low =
                    engine.answer(ask(encode(engine, 2), MANY_TOKENS));
            await(engine, load -> load.tokensDecoded() > 2);
            List<CompletableFuture<AnswerOutcome>> highest =
                    List.of(engine.answer(high), engine.answer(high));
            await(engine, load -> load.questionsWaiting() == 1);

            low.cancel(false);
            await(engine, load -> load.questionsWaiting() == 0);
            assertThat(highest).noneMatch(CompletableFuture::isDone);
            highest.forEach(each -> each.cancel(false));
        }
    }

    @Test
    void anAnswerWhoseDeadlinePassesOnItsWayTakesNoMoreOfTheDevice() throws Exception {
        Instant deadline = Instant.parse("2026-11-20T08:30:00Z");
        AtomicReference<Instant> now = new AtomicReference<>(deadline);
        InstantSource time = now::get;
        try (Engine engine =
                LocalEngine.start(
                        config(model, 4, Duration.ofMillis(2), 5), time.withZone(ZoneOffset.UTC))) {
            AnswerRequest request = ask(encode(engine, 2), MANY_TOKENS);
            CompletableFuture<AnswerOutcome> answer = engine.answer(dueAt(deadline, request));
            await(engine, load -> load.tokensDecoded() > 2);
            assertThat(answer).isNotDone();
            now.set(deadline.plusMillis(1));

            assertThat(answer.get(SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(AnswerOutcome.Expired.class);
            assertDecodesNoMore(engine);
        }
    }

    /** Lets the device do something else, in which time an answer under way would get tokens. */
    private static void assertDecodesNoMore(Engine engine) throws Exception {
        long decoded = settled(engine, load -> true).tokensDecoded();
        encode(engine, 8);
        assertThat(engine.load().tokensDecoded()).isEqualTo(decoded).isLessThan(MANY_TOKENS);
    }

    private static AnswerRequest dueAt(Instant deadline, AnswerRequest request) {
        return new AnswerRequest(
                request.question(),
                request.history(),
                request.keyframes(),
                request.anchor(),
                request.sampling(),
                request.maxTokens(),
                request.citedFrames(),
                Optional.of(deadline));
    }

    @Test
    void givesEachOfSeveralAnswersItsOwn() throws Exception {
        try (Engine engine = start()) {
            List<EncodedPicture> pictures = encode(engine, 4);
            List<String> alone = new ArrayList<>();
            for (EncodedPicture picture : pictures) {
                alone.add(answer(engine, ask(List.of(picture), 12)).text());
            }
            List<CompletableFuture<AnswerOutcome>> together =
                    pictures.stream().map(each -> engine.answer(ask(List.of(each), 12))).toList();

            for (int i = 0; i < alone.size(); i++) {
                AnswerOutcome outcome = together.get(i).get(SECONDS, TimeUnit.SECONDS);
                assertThat(((AnswerOutcome.Answered) outcome).text()).isEqualTo(alone.get(i));
            }
        }
    }

    @Test
    void refusesOnlyThePictureThatCannotBeDecoded() throws Exception {
        try (Engine engine = start(3, Duration.ofSeconds(1))) {
            CompletableFuture<EncodedPicture> good =
                    engine.encode(new PictureSource.Inline(picture(1)));
            CompletableFuture<EncodedPicture> bad =
                    engine.encode(
                            new PictureSource.Inline(
                                    "no picture".getBytes(StandardCharsets.UTF_8)));
            CompletableFuture<EncodedPicture> elsewhere =
                    engine.encode(new PictureSource.Remote("http://127.0.0.1/x.jpg"));

            assertThat(good.get(SECONDS, TimeUnit.SECONDS).tokens()).isNotEmpty();
            assertThatThrownBy(() -> bad.get(SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnusablePictureException.class);
            assertThatThrownBy(() -> elsewhere.get(SECONDS, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(UnusablePictureException.class)
                    .hasMessageContaining("engine.uri-allow");
        }
    }

    @Test
    void givesUpAnAnswerWhoseDeadlinePasses() throws Exception {
        try (Engine engine = start()) {
            AnswerRequest late = dueAt(Instant.now().minusSeconds(1), ask(encode(engine, 1), 100));

            assertThat(engine.answer(late).get(SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(AnswerOutcome.Expired.class);
        }
    }

    @Test
    void refusesWhatTheModelCannotHold() throws Exception {
        ModelConfig tiny = UntrainedShapes.tiny();
        LanguageConfig language = tiny.language();
        ModelConfig narrow =
                new ModelConfig(
                        tiny.modelType(),
                        tiny.vision(),
                        new LanguageConfig(
                                language.width(),
                                language.mlpWidth(),
                                language.layers(),
                                language.heads(),
                                language.keyValueHeads(),
                                language.headSize(),
                                language.vocabulary(),
                                language.rmsNormEpsilon(),
                                language.rotaryTheta(),
                                language.scaling(),
                                language.tiedEmbeddings(),
                                300,
                                language.stopIds(),
                                language.beginId()),
                        tiny.compressorGrid(),
                        tiny.compressorHeads(),
                        tiny.projectorLayers(),
                        tiny.prefusionLayers(),
                        tiny.resolutionRatio(),
                        tiny.fit(),
                        tiny.visionTowerName());
        Path directory = folder.resolve("narrow");
        UntrainedModel.of(narrow, 7).write(directory);
        try (Engine engine =
                LocalEngine.start(config(directory, 4, Duration.ZERO, 64), Clock.systemUTC())) {
            AnswerOutcome outcome =
                    engine.answer(ask(encode(engine, 1), 290)).get(SECONDS, TimeUnit.SECONDS);

            assertThat(outcome).isInstanceOf(AnswerOutcome.Refused.class);
            assertThat(((AnswerOutcome.Refused) outcome).reason()).contains("300");
        }
    }

    @Test
    void cancelsWhatIsNotFinishedWhenItCloses() throws Exception {
        Engine engine = start();
        List<EncodedPicture> pictures = encode(engine, 1);
        CompletableFuture<AnswerOutcome> unfinished = engine.answer(ask(pictures, 10_000));
        engine.close();

        assertThatThrownBy(() -> unfinished.get(SECONDS, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> engine.answer(ask(pictures, 1)).get(SECONDS, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void isSharedByThoseWhoLeaseItWithTheSameSettings() {
        EngineConfig config = config(model, 4, Duration.ZERO, 64);
        SharedEngines.Lease first = SharedEngines.lease(config);
        SharedEngines.Lease second = SharedEngines.lease(config);
        Engine shared = first.engine();
        assertThat(second.engine()).isSameAs(shared);

        first.close();
        first.close();
        SharedEngines.Lease third = SharedEngines.lease(config);
        assertThat(third.engine()).isSameAs(shared);
        second.close();
        third.close();
        try (SharedEngines.Lease fresh = SharedEngines.lease(config)) {
            assertThat(fresh.engine()).isNotSameAs(shared);
        }
    }

    @Test
    void weighsKeyframes() throws Exception {
        try (Engine engine = start()) {
            List<EncodedPicture> pictures = encode(engine, 2);
            AnswerRequest even = ask(pictures, 16);
            AnswerRequest firstAlone =
                    new AnswerRequest(
                            even.question(),
                            even.history(),
                            List.of(new WeightedKeyframe(keyframe(pictures.get(0)), 1)),
                            Optional.empty(),
                            even.sampling(),
                            16,
                            0,
                            Optional.empty());
            AnswerRequest firstMostly =
                    new AnswerRequest(
                            even.question(),
                            even.history(),
                            List.of(
                                    new WeightedKeyframe(keyframe(pictures.get(0)), 1 - 1e-7),
                                    new WeightedKeyframe(keyframe(pictures.get(1)), 1e-7)),
                            Optional.empty(),
                            even.sampling(),
                            16,
                            0,
                            Optional.empty());

            assertThat(answer(engine, firstMostly).text())
                    .isEqualTo(answer(engine, firstAlone).text());
            assertThat(even.keyframes().get(0).weight()).isCloseTo(0.5, within(1e-9));
        }
    }

    @Test
    void dropsWhatItKeptWhereAQuestionHasNoMemory() throws Exception {
        try (Engine engine = start()) {
            List<EncodedPicture> pictures = encode(engine, 3);
            HistoryName name = new HistoryName(engine.newOwner(), "door", 0, 1);
            AnswerRequest kept = about(pictures, 3, given(pictures, 3, name));
            String expected = answer(engine, kept).text();
            settled(engine, load -> load.prefixes().bytes() > 0 && load.keyframes().bytes() > 0);
            assertThat(engine.load().keyframes().recentBytes()).isPositive();
            AnswerRequest tooLarge =
                    ask(pictures, 12)
                            .telling(
                                    (part, text) -> {
                                        throw new IllegalStateException("CUDA out of memory.");
                                    });

            assertThatThrownBy(() -> engine.answer(tooLarge).get(SECONDS, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(DeviceMemoryException.class)
                    .hasMessageContaining("engine.answers-at-once");

            EngineLoad load = settled(engine, each -> each.keyframes().bytes() == 0);
            assertThat(load.keyframes().recentBytes()).isZero();
            assertThat(load.prefixes().kept()).isZero();
            assertThat(engine.recall(name, 2, 3)).isEmpty();
            AnswerRequest anew = about(pictures, 3, given(pictures, 3, name));
            assertThat(answer(engine, anew).text()).isEqualTo(expected).isNotEmpty();
        }
    }
}
