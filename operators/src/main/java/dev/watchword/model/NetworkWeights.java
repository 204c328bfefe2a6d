package dev.watchword.model;

import dev.watchword.model.safetensors.SafetensorsFile;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.safetensors.TensorEntry;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.ElementType;
import dev.watchword.tensor.Linear;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a model directory. One that is stored in the precision that is asked for is mapped
 * from the file and, on the CPU, not copied; another is converted as it is taken.
 *
 * <p>{@link #within} gives the same weights seen under a prefix, so that a part of the network needs
 * to know only its own names.
 */
final class NetworkWeights implements AutoCloseable {
    /** The names under which a checkpoint keeps its vision tower, where it keeps it at all. */
    private static final String TOWER_INSIDE = "model.vision_tower.vision_tower.vision_model.";

    private static final String TOWER_ALONE = "vision_model.";

    private final Store store;
    private final String prefix;

    /** What all views of the same weights share. */
    private record Store(
            ModelDirectory directory,
            List<SafetensorsFile> files,
            Map<String, Place> places,
            TensorScope scope,
            Precision precision,
            Reading reading,
            boolean packed,
            Map<String, Tensor> taken) {}

    private enum Reading {
        /** Mapped where that is possible. */
        MAPPED,
        /** Copied, so that they can be changed. */
        COPIED,
        /** Not read: only their headers are. */
        HEADERS
    }

    private record Place(Path path, SafetensorsFile file, TensorEntry entry) {}

    private NetworkWeights(Store store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /**
     * Opens the files, the vision tower's too, and checks their headers.
     *
     * @throws ModelFileException if one is missing or is not as the format says
     * @throws IllegalArgumentException if weights must be packed, and cannot
     */
    static NetworkWeights open(
            ModelDirectory directory,
            ComputeDevice device,
            Precision precision,
            WeightPacking packing) {
        return open(directory, device, precision, packing, Reading.MAPPED);
    }

    /**
     * Opens the files only to look at their headers: what is taken is checked as always, and given
     * as an empty tensor.
     */
    static NetworkWeights headersOf(ModelDirectory directory) {
        return open(
                directory,
                ComputeDevice.CPU,
                Precision.FLOAT32,
                WeightPacking.NEVER,
                Reading.HEADERS);
    }

    /**
     * Reads copies in float32, which may be changed.
     *
     * @throws ModelFileException as {@link #open} does
     */
    static NetworkWeights copiesOf(ModelDirectory directory, ComputeDevice device) {
        return open(directory, device, Precision.FLOAT32, WeightPacking.NEVER, Reading.COPIED);
    }

    private static NetworkWeights open(
            ModelDirectory directory,
            ComputeDevice device,
            Precision precision,
            WeightPacking packing,
            Reading reading) {
        List<Path> paths = new ArrayList<>(directory.shards());
        paths.addAll(directory.visionTowerShards());
        List<SafetensorsFile> files = new ArrayList<>();
        Map<String, Place> places = new LinkedHashMap<>();
        try {
            for (Path path : paths) {
                SafetensorsFile file = SafetensorsFile.open(path);
                files.add(file);
                for (TensorEntry entry : file.tensors().values()) {
                    places.putIfAbsent(entry.name(), new Place(path, file, entry));
                }
            }
            boolean packed = packing.packs(device, precision, bytes(places, precision));
            return new NetworkWeights(
                    new Store(
                            directory,
                            files,
                            places,
                            TensorScope.open(device),
                            precision,
                            reading,
                            packed,
                            new LinkedHashMap<>()),
                    "");
        } catch (RuntimeException e) {
            files.forEach(SafetensorsFile::close);
            throw e;
        }
    }

    private static long bytes(Map<String, Place> places, Precision precision) {
        return places.values().stream()
                .mapToLong(place -> elements(place.entry()) * precision.bytes())
                .sum();
    }

    /** The same weights, seen under a further prefix. */
    NetworkWeights within(String further) {
        return new NetworkWeights(store, prefix + further);
    }

    /** The vision tower's weights, whether they are inside the checkpoint or beside it. */
    NetworkWeights visionTower() {
        boolean inside = store.directory().visionTowerShards().isEmpty();
        return new NetworkWeights(store, inside ? TOWER_INSIDE : TOWER_ALONE);
    }

    /** Whether there is a tensor of this name. */
    boolean has(String name) {
        return store.places().containsKey(prefix + name);
    }

    ComputeDevice device() {
        return store.scope().device();
    }

    /**
     * A tensor in the precision that was asked for.
     *
     * @throws ModelFileException naming file and tensor, if it is missing, has another shape, or is
     *     not of floating-point numbers
     */
    Tensor take(String name, long... shape) {
        return take(store.precision(), false, name, shape);
    }

    /**
     * A tensor in float32, whatever the precision: for small ones in whose rounding much would be
     * lost.
     *
     * @throws ModelFileException as {@link #take} does
     */
    Tensor takeInFloat32(String name, long... shape) {
        return take(Precision.FLOAT32, false, name, shape);
    }

    /**
     * The weights [out, in] of a linear layer, packed where that is asked for: for {@link
     * dev.watchword.tensor.Linear} alone.
     *
     * @throws ModelFileException as {@link #take} does
     */
    Tensor takeLinear(String name, long out, long in) {
        return take(store.precision(), store.packed(), name, out, in);
    }

    /** Weights that were taken, as those of a linear layer besides. */
    Tensor alsoLinear(Tensor rows) {
        return store.packed() ? Linear.pack(store.scope(), rows) : rows;
    }

    private Tensor take(Precision precision, boolean packed, String name, long... shape) {
        String full = prefix + name;
        Place place = store.places().get(full);
        List<Long> expected = Arrays.stream(shape).boxed().toList();
        if (place == null) {
            throw missing(full, expected);
        }
        if (!place.entry().shape().equals(expected)) {
            throw ModelFileException.ofTensor(
                    place.path(),
                    full,
                    "has the shape "
                            + place.entry().shape()
                            + ", but by config.json it must be "
                            + expected);
        }
        Tensor loaded = load(place, precision, packed, shape);
        store.taken().put(full, loaded);
        return loaded;
    }

    private ModelFileException missing(String tensor, List<Long> shape) {
        ModelDirectory directory = store.directory();
        List<Path> searched =
                tensor.startsWith(TOWER_ALONE) ? directory.visionTowerShards() : directory.shards();
        String problem = "is missing, but by config.json there must be one of the shape " + shape;
        if (searched.size() == 1) {
            return ModelFileException.ofTensor(searched.get(0), tensor, problem);
        }
        String files = "in all of the " + searched.size() + " safetensors files ";
        return ModelFileException.ofTensor(searched.get(0).getParent(), tensor, files + problem);
    }

    private Tensor load(Place place, Precision precision, boolean packed, long[] shape) {
        ElementType type = elementType(place);
        if (store.reading() == Reading.HEADERS) {
            return store.scope().floats(new float[0], 0);
        }
        try (TensorScope step = store.scope().child()) {
            Tensor stored = step.bytes(place.file().map(place.entry()), type, shape);
            Tensor loaded = stored.cast(precision);
            if (store.reading() == Reading.COPIED) {
                return store.scope().floats(loaded.toFloats(), shape);
            }
            return (packed ? Linear.pack(step, loaded) : loaded).moveTo(store.scope());
        }
    }

    private static ElementType elementType(Place place) {
        StoredType type = place.entry().type();
        return switch (type) {
            case F64 -> ElementType.FLOAT64;
            case F32 -> ElementType.FLOAT32;
            case F16 -> ElementType.FLOAT16;
            case BF16 -> ElementType.BFLOAT16;
            default ->
                    throw ModelFileException.ofTensor(
                            place.path(),
                            place.entry().name(),
                            "is stored as "
                                    + type
                                    + "; weights must be F32, F16 or BF16 (quantized ones are not"
                                    + " supported)");
        };
    }

    /** How many numbers were taken for each part of the network, by the part's name. */
    Map<String, Long> parametersByPart() {
        Map<String, Long> parts = new LinkedHashMap<>();
        for (String part :
                List.of("vision tower", "compressor", "projector", "pre-fusion", "decoder")) {
            parts.put(part, 0L);
        }
        for (String name : store.taken().keySet()) {
            parts.merge(part(name), elements(store.places().get(name).entry()), Long::sum);
        }
        return parts;
    }

    private static long elements(TensorEntry entry) {
        return entry.shape().stream().reduce(1L, Math::multiplyExact);
    }

    /** What was taken, by the names in the files, in the order of taking. */
    Map<String, Tensor> taken() {
        return Collections.unmodifiableMap(store.taken());
    }

    /** The part of the network to which a tensor belongs. */
    static String part(String name) {
        if (name.startsWith(TOWER_INSIDE) || name.startsWith(TOWER_ALONE)) {
            return "vision tower";
        } else if (name.startsWith("model.compressor.")) {
            return "compressor";
        } else if (name.startsWith("model.mm_projector.")) {
            return "projector";
        } else if (name.startsWith("model.prefusion_layers.")) {
            return "pre-fusion";
        }
        return "decoder";
    }

    @Override
    public void close() {
        store.scope().close();
        store.files().forEach(SafetensorsFile::close);
    }
}
