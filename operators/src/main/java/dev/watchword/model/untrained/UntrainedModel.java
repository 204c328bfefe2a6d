package dev.watchword.model.untrained;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.ModelFileException;
import dev.watchword.model.safetensors.SafetensorsFile;
import dev.watchword.model.safetensors.SafetensorsWriter;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A model that has learnt nothing: random weights of any shape, in the layout of public ones. Its
 * answers depend on what it sees and mean nothing. For demonstrations until there is a trained one,
 * for tests over many layouts, and for benchmarks at real sizes.
 *
 * @param config the shape
 * @param storedType F32, F16 or BF16
 * @param shards how many files the model's own weights are cut into
 * @param placement where the vision tower goes
 * @param seed the same seed and shape give the same weights, whatever the type, the files and the
 *     placement
 */
public record UntrainedModel(
        ModelConfig config,
        StoredType storedType,
        int shards,
        VisionTowerPlacement placement,
        long seed) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Where the vision tower of an untrained model goes. */
    public enum VisionTowerPlacement {
        /** Its settings and weights are among the model's own. */
        INSIDE,
        /** Settings and weights are in a directory beside the model's, as public models come. */
        BESIDE,
        /** Its settings are in a directory beside the model's, its weights among the model's own. */
        WEIGHTS_INSIDE
    }

    /**
     * @throws IllegalArgumentException if the type is none for weights, there are no shards, or the
     *     vision tower goes beside the model and {@code config} has no name for it
     */
    public UntrainedModel {
        ConfigFiles.requireWeights(storedType);
        if (shards < 1) {
            throw new IllegalArgumentException("A model has at least 1 shard, not " + shards);
        }
        if (placement != VisionTowerPlacement.INSIDE && config.visionTowerName().isEmpty()) {
            throw new IllegalArgumentException(
                    "The vision tower needs a name, for its directory beside the model's");
        }
    }

    /** A model in one bfloat16 file with its vision tower inside. */
    public static UntrainedModel of(ModelConfig config, long seed) {
        return new UntrainedModel(config, StoredType.BF16, 1, VisionTowerPlacement.INSIDE, seed);
    }

    /**
     * Writes the model's directory, and the vision tower's beside it, and opens it. At no time is
     * more than a small piece of a tensor in memory. A tokenizer is written if the vocabulary has
     * room for {@link ByteTokenizer}'s.
     *
     * @param directory must be empty, or not there
     * @throws IOException if something cannot be written
     */
    public ModelDirectory write(Path directory) throws IOException {
        requireEmpty(directory);
        if (placement != VisionTowerPlacement.INSIDE) {
            requireEmpty(towerDirectory(directory));
        }
        return resume(directory);
    }

    /**
     * As {@link #write}, but goes on where one that was broken off has ended: a safetensors file
     * that is whole and holds what it shall is left as it is. That it is of the same seed is not
     * looked at.
     *
     * @param directory one that was begun for the same model, or is empty, or not there
     * @throws IOException if something cannot be written
     */
    public ModelDirectory resume(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (placement == VisionTowerPlacement.INSIDE) {
            ConfigFiles.write(directory, config, storedType);
        } else {
            Path tower = towerDirectory(directory);
            Files.createDirectories(tower);
            ConfigFiles.writeTower(tower, config.vision());
            ConfigFiles.writeWithoutTower(directory, config, storedType);
            if (placement == VisionTowerPlacement.BESIDE) {
                writeWeights(tower, NetworkPlan.visionTower(config.vision(), ""), 1);
            }
        }
        if (config.language().vocabulary() >= ByteTokenizer.VOCABULARY) {
            JsonFiles.write(directory.resolve("tokenizer.json"), ByteTokenizer.tokenizerJson());
            JsonFiles.write(
                    directory.resolve("tokenizer_config.json"), ByteTokenizer.tokenizerConfig());
        }
        writeWeights(directory, ownTensors(), shards);
        return ModelDirectory.open(directory);
    }

    private List<TensorPlan> ownTensors() {
        List<TensorPlan> tensors = new ArrayList<>(NetworkPlan.model(config));
        if (placement != VisionTowerPlacement.BESIDE) {
            tensors.addAll(NetworkPlan.visionTower(config.vision(), NetworkPlan.INSIDE));
        }
        return tensors;
    }

    private void writeWeights(Path directory, List<TensorPlan> tensors, int files)
            throws IOException {
        if (files == 1) {
            writeShard(directory.resolve("model.safetensors"), tensors);
            return;
        }
        ObjectNode index = MAPPER.createObjectNode();
        long elements = tensors.stream().mapToLong(TensorPlan::elements).sum();
        index.putObject("metadata").put("total_size", elements * storedType.bytes());
        ObjectNode weightMap = index.putObject("weight_map");
        List<List<TensorPlan>> parts = Partition.ofEqualSize(tensors, files);
        for (int i = 0; i < files; i++) {
            String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, files);
            parts.get(i).forEach(tensor -> weightMap.put(tensor.name(), name));
            writeShard(directory.resolve(name), parts.get(i));
        }
        JsonFiles.write(directory.resolve("model.safetensors.index.json"), index);
    }

    private void writeShard(Path file, List<TensorPlan> tensors) throws IOException {
        if (isWritten(file, tensors)) {
            return;
        }
        SafetensorsWriter writer = new SafetensorsWriter().note("format", "pt");
        for (TensorPlan tensor : tensors) {
            writer.add(
                    tensor.name(),
                    storedType,
                    tensor.shape(),
                    new TensorWriter(tensor, storedType, seed));
        }
        writer.write(file);
    }

    /** Whether the file is whole and has these tensors; one that is not is written anew. */
    private boolean isWritten(Path file, List<TensorPlan> tensors) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (SafetensorsFile there = SafetensorsFile.open(file)) {
            return there.tensors().size() == tensors.size()
                    && tensors.stream().allMatch(plan -> holds(there, plan));
        } catch (ModelFileException damaged) {
            return false;
        }
    }

    private boolean holds(SafetensorsFile file, TensorPlan plan) {
        TensorEntry entry = file.tensors().get(plan.name());
        return entry != null && entry.type() == storedType && entry.shape().equals(plan.shape());
    }

    private Path towerDirectory(Path directory) {
        Path name = Path.of(config.visionTowerName()).getFileName();
        return directory.toAbsolutePath().resolveSibling(name);
    }

    private static void requireEmpty(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(directory)) {
            if (files.findAny().isPresent()) {
                throw new IOException(
                        directory + " is not empty; a model needs a directory to itself");
            }
        }
    }
}
