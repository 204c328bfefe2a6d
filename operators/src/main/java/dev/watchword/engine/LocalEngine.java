package dev.watchword.engine;

import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.picture.PictureLimits;
import dev.watchword.model.text.TextModel;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.LibTorch;
import dev.watchword.tensor.Precision;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine on a device of this machine: a few threads make pictures ready, and one thread, the
 * only one that computes on the device, encodes frames and steps answers in turn.
 */
public final class LocalEngine implements Engine {
    /** So many frames that came to a history that is kept are read together. */
    public static final int FRAMES_READ_TOGETHER = 32;

    private static final Logger LOG = LoggerFactory.getLogger(LocalEngine.class);

    private final LlavaMini network;
    private final TextModel text;
    private final EngineModel model;
    private final PictureReader pictures;
    private final ExecutorService pictureThreads;
    private final PrefixStore prefixes;
    private final KeyframeStore keyframes;
    private final DeviceLoop loop;
    private final ScheduledExecutorService looks;
    private final EngineConfig settings;
    private final Clock clock;

    private LocalEngine(
            EngineConfig settings,
            LlavaMini network,
            TextModel text,
            PictureReader pictures,
            UnaryOperator<FrameEncoder> around,
            Clock clock) {
        this.settings = settings;
        this.network = network;
        this.text = text;
        this.clock = clock;
        this.model = describe(network, settings.anchored());
        this.pictures = pictures;
        this.pictureThreads =
                Executors.newFixedThreadPool(settings.pictureThreads(), named("watchword-picture"));
        this.prefixes = new PrefixStore(settings.prefixBytes());
        RecentFrames recent = new RecentFrames(network, settings.recentFrameBytes());
        this.keyframes =
                new KeyframeStore(network, recent, front(network, text), settings.keyframeBytes());
        this.loop =
                new DeviceLoop(
                        settings,
                        around.apply(new FrameWork(network, model, recent)),
                        network,
                        prefixes,
                        keyframes);
        this.looks = Executors.newSingleThreadScheduledExecutor(named("watchword-watchdog"));
        Watchdog watchdog = loop.watchdog();
        long interval = watchdog.interval().toNanos();
        looks.scheduleWithFixedDelay(watchdog::look, interval, interval, TimeUnit.NANOSECONDS);
    }

    /**
     * Loads the model and starts the threads.
     *
     * @throws dev.watchword.model.ModelFileException if the model directory is not as it must be
     * @throws IllegalArgumentException if there is no such device
     */
    public static LocalEngine start(EngineConfig settings, Clock clock) {
        return start(settings, clock, UnaryOperator.identity());
    }

    /**
     * Loads the model and starts the threads.
     *
     * @param around puts something around the work of encoding batches of frames, such as faults
     * @throws dev.watchword.model.ModelFileException if the model directory is not as it must be
     * @throws IllegalArgumentException if there is no such device
     */
    public static LocalEngine start(
            EngineConfig settings, Clock clock, UnaryOperator<FrameEncoder> around) {
        LibTorch.setThreads(settings.threadsHere());
        ComputeDevice device = ComputeDevice.parse(settings.device());
        Precision precision = settings.precision().on(device);
        ModelDirectory directory =
                ModelDirectory.open(
                        Path.of(settings.modelDirectory()),
                        Optional.of(settings.visionTower())
                                .filter(path -> !path.isEmpty())
                                .map(Path::of));
        PictureReader pictures =
                new PictureReader(
                        directory,
                        new PictureLimits(settings.maxPictureBytes(), settings.maxPicturePixels()),
                        new PictureFetcher(
                                settings.allowedUris(),
                                settings.maxPictureBytes(),
                                settings.uriTimeout()));
        TextModel text = TextModel.open(directory, settings.chatTemplate());
        LlavaMini network = LlavaMini.load(directory, device, precision, settings.packing());
        LOG.info("Loaded {} on {} as {}", network.modelId(), device, precision);
        return new LocalEngine(settings, network, text, pictures, around, clock);
    }

    private static EngineModel describe(LlavaMini network, boolean anchored) {
        ModelConfig config = network.config();
        int number = network.precision().bytes();
        String precision = network.precision().name().toLowerCase(Locale.ROOT);
        int tokens = config.visionTokens() * config.language().width();
        int features = config.parts() * config.vision().patches() * config.vision().width();
        return new EngineModel(
                network.modelId() + "/" + precision,
                network.precision(),
                tokens * number,
                features * number,
                config.newestShare(),
                anchored);
    }

    /**
     * The text in front of every question's frames, if it is to be fused with a keyframe once for all.
     * That does not pay where text is fused with the newest frame alone: that is mostly another one.
     */
    private static long[] front(LlavaMini network, TextModel text) {
        long[] front = text.prompt("").before();
        boolean pays = network.config().fusesOlderFrames();
        return pays && Arrays.stream(front).allMatch(id -> id > 0) ? front : new long[0];
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public EngineModel model() {
        return model;
    }

    @Override
    public CompletableFuture<EncodedPicture> encode(PictureSource picture) {
        CompletableFuture<EncodedPicture> result = new CompletableFuture<>();
        pictureThreads.execute(
                () -> {
                    try {
                        loop.add(pictures.pixels(picture), result);
                    } catch (Throwable e) {
                        // Also of an error, such as no memory: else the frame is awaited for ever.
                        result.completeExceptionally(e);
                    }
                });
        return result;
    }

    @Override
    public CompletableFuture<AnswerOutcome> answer(AnswerRequest request) {
        CompletableFuture<AnswerOutcome> result = new CompletableFuture<>();
        loop.add(
                new AnswerTask(
                        network,
                        text,
                        request,
                        held(request.history()),
                        prefixes,
                        keyframes,
                        result,
                        clock,
                        settings.prefillSlice(),
                        settings.partialInterval(),
                        System.nanoTime()));
        return result;
    }

    private PrefixStore.Entry held(AnswerRequest.History history) {
        if (history instanceof AnswerRequest.History.Given given) {
            KeptPrefix prefix = new KeptPrefix(network, given.tokens());
            return given.keepAs()
                    .map(kept -> prefixes.keep(prefix, kept))
                    .orElseGet(() -> prefixes.holdOnly(prefix));
        }
        if (history instanceof AnswerRequest.History.Combined combined) {
            return prefixes.holdOnly(new KeptPrefix(network, combined.tokens()));
        }
        return (PrefixStore.Entry) ((AnswerRequest.History.Recalled) history).recalled();
    }

    @Override
    public long newOwner() {
        return prefixes.newOwner();
    }

    @Override
    public void follow(long owner, String stream, long sequence, byte[] token) {
        prefixes.follow(owner, stream, sequence, token);
    }

    @Override
    public Optional<RecalledHistory> recall(HistoryName name, long lastSequence, int frames) {
        return prefixes.recall(name, lastSequence, frames).map(entry -> entry);
    }

    @Override
    public EngineLoad load() {
        return loop.load();
    }

    @Override
    public CompletableFuture<EngineHungException> hung() {
        return loop.hung();
    }

    @Override
    public void forget(long owner) {
        prefixes.forget(owner);
        keyframes.forget(owner);
    }

    @Override
    public void close() {
        pictureThreads.shutdownNow();
        loop.close();
        looks.shutdownNow();
        if (loop.hung().isDone()) {
            LOG.warn("The engine hangs: its memory is freed when the process ends");
            return;
        }
        text.close();
        network.close();
    }
}
