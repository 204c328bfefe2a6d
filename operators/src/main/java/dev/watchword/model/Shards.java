package dev.watchword.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The safetensors files of a directory.
 *
 * @param files sorted by name
 * @param indexed which file each tensor lies in, where an index says so; else empty
 */
record Shards(List<Path> files, Map<String, Path> indexed) {
    private static final String INDEX = "model.safetensors.index.json";
    private static final String WHOLE = "model.safetensors";

    /**
     * Finds them: those that the index names, or model.safetensors, or the only one there is.
     *
     * @throws ModelFileException if there are none, or one that the index names is missing
     */
    static Shards in(Path directory) {
        Path index = directory.resolve(INDEX);
        if (Files.exists(index)) {
            return named(index);
        }
        Path whole = directory.resolve(WHOLE);
        List<Path> files = Files.exists(whole) ? List.of(whole) : list(directory, "*.safetensors");
        if (files.size() == 1) {
            return new Shards(files, Map.of());
        }
        throw new ModelFileException(directory, problem(directory, files));
    }

    private static Shards named(Path index) {
        ConfigValues weightMap = ConfigValues.read(index).required("weight_map");
        Map<String, Path> indexed = new TreeMap<>();
        for (String tensor : weightMap.keys()) {
            String name = weightMap.text(tensor, "");
            Path file = index.resolveSibling(name).normalize();
            weightMap.require(
                    index.getParent().equals(file.getParent()),
                    tensor,
                    "the name of a file in the same directory");
            indexed.put(tensor, file);
        }
        List<Path> files = indexed.values().stream().distinct().sorted().toList();
        if (files.isEmpty()) {
            throw new ModelFileException(index, "names no file");
        }
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new ModelFileException(
                        file, "is missing, though " + INDEX + " says that tensors lie in it");
            }
        }
        return new Shards(files, indexed);
    }

    private static String problem(Path directory, List<Path> files) {
        if (!files.isEmpty()) {
            return "holds %d safetensors files and no %s that says what lies where"
                    .formatted(files.size(), INDEX);
        }
        if (!list(directory, "*.{bin,pt,pth}").isEmpty()) {
            return "holds weights in PyTorch's own format only; safetensors are needed. Python's"
                    + " transformers makes them: from_pretrained(...).save_pretrained(...)";
        }
        return "holds no weights; expected %s or %s".formatted(WHOLE, INDEX);
    }

    private static List<Path> list(Path directory, String pattern) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, pattern)) {
            stream.forEach(files::add);
        } catch (IOException e) {
            throw new ModelFileException(directory, "cannot be listed: " + e.getMessage(), e);
        }
        return files;
    }
}
