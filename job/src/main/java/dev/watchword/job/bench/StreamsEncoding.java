package dev.watchword.job.bench;

import dev.watchword.engine.EncodedPicture;
import dev.watchword.engine.EngineConfig;
import dev.watchword.engine.EngineLoad;
import dev.watchword.engine.PictureSource;
import dev.watchword.engine.SharedEngines;
import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.SettingsReader;
import dev.watchword.tensor.LibTorch;
import dev.watchword.tensor.Precision;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Frames of several streams through an engine as the job has it by default: pictures are decoded,
 * wait for others and are encoded together. Each stream sends a frame as soon as the one before it
 * is encoded.
 */
final class StreamsEncoding implements EncodingRival, AutoCloseable {
    /** So many frames of each stream are one run. */
    private static final int FRAMES_EACH = 8;

    private final Precision precision;
    private final int streams;
    private final PictureSource picture;
    private final SharedEngines.Lease engine;
    private final LibtorchShare libtorch = new LibtorchShare();

    // Guarded by this.
    private long frames;
    private long batches;

    /**
     * Loads the network anew, unless another one with the same precision has done so.
     *
     * @param jpeg the picture that all streams send
     */
    StreamsEncoding(Setup setup, Precision precision, int streams, byte[] jpeg) {
        this.precision = precision;
        this.streams = streams;
        this.picture = new PictureSource.Inline(jpeg);
        this.engine = SharedEngines.lease(engine(setup, precision));
    }

    private static EngineConfig engine(Setup setup, Precision precision) {
        String packing = setup.packing().name().toLowerCase(Locale.ROOT);
        List<Flag> flags =
                List.of(
                        flag("model.device", setup.device().toString()),
                        flag("model.precision", Setup.name(precision)),
                        flag("model.pack-weights", packing),
                        flag("model.threads", Integer.toString(LibTorch.threads())));
        return EngineConfigs.of(
                SettingsReader.read(Optional.empty(), flags, Environment.empty()),
                setup.directory().path());
    }

    private static Flag flag(String key, String value) {
        return new Flag("bench encode", key, value);
    }

    @Override
    public String what() {
        return "engine";
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public Optional<Integer> streams() {
        return Optional.of(streams);
    }

    @Override
    public synchronized Number batch() {
        return (double) frames / batches;
    }

    @Override
    public int framesAtOnce() {
        return streams;
    }

    @Override
    public int times() {
        return FRAMES_EACH;
    }

    @Override
    public LibtorchShare libtorch() {
        return libtorch;
    }

    @Override
    public String name() {
        return "engine, %d streams, in %s".formatted(streams, Setup.name(precision));
    }

    @Override
    public void run(Lap lap) {
        EngineLoad before = engine.engine().load();
        libtorch.measure(this::sendAll);
        lap.ends();
        EngineLoad after = engine.engine().load();
        synchronized (this) {
            frames += after.framesEncoded() - before.framesEncoded();
            batches += after.batches() - before.batches();
        }
    }

    private void sendAll() {
        CompletableFuture<?>[] sent =
                Stream.generate(() -> send(FRAMES_EACH))
                        .limit(streams)
                        .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(sent).join();
    }

    /** Sends frames of one stream, one after the other. */
    private CompletableFuture<EncodedPicture> send(int count) {
        CompletableFuture<EncodedPicture> first = engine.engine().encode(picture);
        return count == 1 ? first : first.thenCompose(encoded -> send(count - 1));
    }

    @Override
    public void close() {
        engine.close();
    }
}
