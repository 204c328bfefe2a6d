package dev.watchword.job.bench;

import dev.watchword.job.retry.Timekeeper;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.WeightPacking;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.LibTorch;
import dev.watchword.tensor.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The network that is measured, loaded in every precision that is asked for, so that precisions can
 * be measured in turn.
 */
public final class Setup implements AutoCloseable {
    private static final long SEED = 20_260_103;

    private final ModelDirectory directory;
    private final ComputeDevice device;
    private final WeightPacking packing;
    private final Map<Precision, LlavaMini> networks = new LinkedHashMap<>();
    private final List<Loading> loadings = new ArrayList<>();

    /**
     * How a network was loaded.
     *
     * @param memory of this process afterwards
     */
    record Loading(double seconds, Optional<ProcessMemory> memory) {}

    /**
     * Loads the network.
     *
     * @throws dev.watchword.model.ModelFileException if the model directory is not as it must be
     * @throws IllegalArgumentException if weights must be packed, and cannot
     */
    public Setup(
            ModelDirectory directory,
            ComputeDevice device,
            List<Precision> precisions,
            WeightPacking packing,
            Progress progress) {
        this.directory = directory;
        this.device = device;
        this.packing = packing;
        try {
            for (Precision precision : precisions) {
                progress.show(() -> "Loading the network in " + name(precision));
                networks.computeIfAbsent(precision, this::load);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private LlavaMini load(Precision precision) {
        Timekeeper timekeeper = Timekeeper.system();
        long begun = timekeeper.nanoTime();
        LlavaMini network = LlavaMini.load(directory, device, precision, packing);
        double seconds = (timekeeper.nanoTime() - begun) / 1e9;
        loadings.add(new Loading(seconds, ProcessMemory.now()));
        return network;
    }

    /** How each of {@link #networks} was loaded. */
    List<Loading> loadings() {
        return List.copyOf(loadings);
    }

    /** The networks, in the order in which their precisions were asked for. */
    List<LlavaMini> networks() {
        return List.copyOf(networks.values());
    }

    /** The network's shape. */
    public ModelConfig config() {
        return directory.config();
    }

    ModelDirectory directory() {
        return directory;
    }

    ComputeDevice device() {
        return device;
    }

    WeightPacking packing() {
        return packing;
    }

    /** Numbers for inputs, the same in every run. */
    SplittableRandom random() {
        return new SplittableRandom(SEED);
    }

    /** What is measured and on what, in a line. */
    String description() {
        return String.format(
                Locale.ROOT,
                "%s, %.1f million weights, on %s, threads: %d, libtorch %s",
                directory.modelId(),
                new NetworkParameters(config()).all() / 1e6,
                device,
                LibTorch.threads(),
                LibTorch.version());
    }

    /** A precision as it is written in tables and flags. */
    static String name(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        networks.values().forEach(LlavaMini::close);
    }
}
