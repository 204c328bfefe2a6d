package dev.watchword.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.model.Sampling;
import dev.watchword.model.WeightPacking;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The device's thread hangs in the middle of a batch, as if a call to the driver never returned, or
 * ends with an error.
 */
class DeviceThreadTest {
    private static final long SECONDS = 60;

    @TempDir private Path folder;

    private final Semaphore device = new Semaphore(0);

    @AfterEach
    void letTheThreadEnd() {
        device.release();
    }

    private EngineConfig config(Duration hungAfter) throws IOException {
        Path model = folder.resolve("tiny");
        UntrainedModel.of(UntrainedShapes.tiny(), 7).write(model);
        return new EngineConfig(
                model.toString(),
                "",
                "auto",
                "cpu",
                EngineConfig.PrecisionChoice.FLOAT32,
                WeightPacking.AUTO,
                1,
                2,
                Duration.ofMinutes(1),
                1,
                2,
                64,
                true,
                0,
                0,
                0,
                1_000_000,
                1_000_000,
                List.of(),
                Duration.ofSeconds(5),
                Duration.ZERO,
                hungAfter);
    }

    private static PictureSource picture() throws IOException {
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_3BYTE_BGR);
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", bytes);
            return new PictureSource.Inline(bytes.toByteArray());
        }
    }

    /** Two pictures are one batch: the thread hangs when it has told of the first. */
    private CompletableFuture<EncodedPicture> hang(Engine engine) throws IOException {
        engine.encode(picture()).whenComplete((picture, fault) -> device.acquireUninterruptibly());
        return engine.encode(picture());
    }

    @Test
    void whatItHadAndWhatComesLaterFailsAndNobodyGetsItAgain() throws Exception {
        EngineConfig config = config(Duration.ofSeconds(2));
        SharedEngines.Lease lease = SharedEngines.lease(config);
        Engine engine = lease.engine();

        CompletableFuture<EncodedPicture> unfinished = hang(engine);

        assertThatThrownBy(() -> unfinished.get(SECONDS, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(EngineHungException.class)
                .hasMessageContaining("encoding 2 frames")
                .hasMessageContaining("engine.hung-after allows (2 s)")
                .hasMessageContaining("has to end")
                .hasStackTraceContaining("DeviceLoop.encode");
        assertThat(engine.hung()).isDone();
        assertThatThrownBy(() -> engine.encode(picture()).get(SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(EngineHungException.class);

        // Does not wait for the thread.
        lease.close();
        assertThatThrownBy(() -> SharedEngines.lease(config))
                .isInstanceOf(EngineHungException.class);
    }

    /** As if a library were broken: nothing that the engine then does is sure. */
    private static AnswerRequest breaking(EncodedPicture picture) {
        AnswerRequest.Keyframe keyframe =
                new AnswerRequest.Keyframe(new KeyframeName(1, "door", 0), picture.features());
        return new AnswerRequest(
                "What is there?",
                AnswerRequest.History.Given.of(List.of(picture.tokens())),
                List.of(new AnswerRequest.WeightedKeyframe(keyframe, 1)),
                Optional.empty(),
                Sampling.GREEDY,
                4_000,
                0,
                Optional.empty(),
                List.of(),
                Optional.of(
                        (part, text) -> {
                            throw new NoClassDefFoundError("some/library");
                        }),
                0);
    }

    /** Why something that was promised is not there. */
    private static Throwable failure(CompletableFuture<?> promised) throws Exception {
        return promised.handle((got, failure) -> failure).get(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void anErrorEndsTheEngineAndAnotherCanTakeItsPlace() throws Exception {
        EngineConfig config = config(Duration.ofMinutes(5));
        try (SharedEngines.Lease lease = SharedEngines.lease(config)) {
            Engine engine = lease.engine();
            CompletableFuture<EncodedPicture> first = engine.encode(picture());
            engine.encode(picture());

            CompletableFuture<AnswerOutcome> question =
                    engine.answer(breaking(first.get(SECONDS, TimeUnit.SECONDS)));

            for (CompletableFuture<?> each : List.of(question, engine.encode(picture()))) {
                assertThat(failure(each))
                        .isInstanceOf(CancellationException.class)
                        .hasMessageContaining("ended with java.lang.NoClassDefFoundError")
                        .hasMessageContaining("some/library")
                        .hasCauseInstanceOf(NoClassDefFoundError.class);
            }
        }
        try (SharedEngines.Lease next = SharedEngines.lease(config)) {
            CompletableFuture<EncodedPicture> encoded = next.engine().encode(picture());
            next.engine().encode(picture());
            assertThat(encoded.get(SECONDS, TimeUnit.SECONDS).tokens()).isNotEmpty();
        }
    }

    @Test
    void noFrameIsAwaitedForEverWhereAnErrorEndsTheEngine() throws Exception {
        UnaryOperator<FrameEncoder> broken =
                encoder ->
                        pictures -> {
                            throw new NoClassDefFoundError("some/library");
                        };
        try (Engine engine =
                LocalEngine.start(config(Duration.ofMinutes(5)), Clock.systemUTC(), broken)) {
            List<CompletableFuture<EncodedPicture>> batch =
                    List.of(engine.encode(picture()), engine.encode(picture()));

            for (CompletableFuture<EncodedPicture> each : batch) {
                assertThat(failure(each)).hasCauseInstanceOf(NoClassDefFoundError.class);
            }
        }
    }
}
