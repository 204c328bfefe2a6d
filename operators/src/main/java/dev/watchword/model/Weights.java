package dev.watchword.model;

import dev.watchword.model.safetensors.SafetensorsFile;
import dev.watchword.model.safetensors.TensorEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tensors of one directory, by name, and the safetensors files that they lie in.
 *
 * @param shards the files, sorted
 * @param tensors where each tensor lies
 */
record Weights(List<Path> shards, SortedMap<String, Located> tensors) {
    /** What the names of a vision tower's tensors begin with, inside a model's own files. */
    static final String VISION_TOWER = "model.vision_tower.vision_tower.";

    static final Weights NONE = new Weights(List.of(), new TreeMap<>());

    /** A tensor and its file. */
    record Located(Path file, TensorEntry entry) {}

    /**
     * Finds the safetensors files of a directory, and reads what their headers say.
     *
     * @throws ModelFileException if there are none, one is missing or damaged, or a tensor lies in
     *     two
     */
    static Weights in(Path directory) {
        Shards shards = Shards.in(directory);
        SortedMap<String, Located> tensors = new TreeMap<>();
        for (Path file : shards.files()) {
            try (SafetensorsFile open = SafetensorsFile.open(file)) {
                for (TensorEntry entry : open.tensors().values()) {
                    Located before = tensors.put(entry.name(), new Located(file, entry));
                    if (before != null) {
                        throw ModelFileException.ofTensor(
                                file, entry.name(), "lies in " + before.file() + " too");
                    }
                }
            }
        }
        requireWhatTheIndexSays(shards, tensors);
        return new Weights(shards.files(), tensors);
    }

    boolean holdVisionTower() {
        return tensors.keySet().stream().anyMatch(name -> name.startsWith(VISION_TOWER));
    }

    private static void requireWhatTheIndexSays(Shards shards, Map<String, Located> tensors) {
        shards.indexed()
                .forEach(
                        (name, file) -> {
                            Located found = tensors.get(name);
                            if (found == null || !found.file().equals(file)) {
                                throw ModelFileException.ofTensor(
                                        file,
                                        name,
                                        "is missing, though the index says that it is here");
                            }
                        });
    }
}
