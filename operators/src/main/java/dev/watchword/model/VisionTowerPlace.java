package dev.watchword.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a model's vision tower lies, if it has a directory of its own: where a setting says, or
 * inside or beside the model's directory, under the last part of {@code mm_vision_tower}.
 *
 * @param model the model's directory
 * @param directory the vision tower's, if it was found
 * @param looked the directories that were tried
 */
record VisionTowerPlace(Path model, Optional<Path> directory, List<Path> looked) {
    private static final String CONFIG = "config.json";

    static VisionTowerPlace find(Path model, ConfigValues config, Optional<Path> setting) {
        if (setting.isPresent()) {
            Path given = setting.get().toAbsolutePath().normalize();
            if (!isTower(given)) {
                throw new ModelFileException(
                        given, "holds no config.json; expected the vision tower's directory");
            }
            return new VisionTowerPlace(model, Optional.of(given), List.of(given));
        }
        List<Path> candidates = candidates(model, ModelConfigReader.visionTowerName(config));
        VisionTowerPlace place =
                new VisionTowerPlace(
                        model,
                        candidates.stream().filter(VisionTowerPlace::isTower).findFirst(),
                        candidates);
        if (!config.has("vision_config")) {
            place.required("neither \"vision_config\" in its config.json");
        }
        return place;
    }

    /**
     * Returns the directory.
     *
     * @param lacking why it is needed: what the model's directory itself lacks
     * @throws ModelFileException if it was not found
     */
    Path required(String lacking) {
        return directory.orElseThrow(
                () ->
                        new ModelFileException(
                                model,
                                "holds %s nor a directory of its vision tower; %s. Put it there, or say in a setting where it is"
                                        .formatted(lacking, lookedText())));
    }

    private String lookedText() {
        return looked.isEmpty()
                ? "its config.json has no \"mm_vision_tower\" that would name one"
                : "looked for " + looked;
    }

    private static List<Path> candidates(Path model, String name) {
        List<Path> candidates = new ArrayList<>();
        if (name.isBlank()) {
            return candidates;
        }
        Path named = Path.of(name);
        if (named.isAbsolute()) {
            candidates.add(named.normalize());
        }
        Path last = named.getFileName();
        if (last != null) {
            candidates.add(model.resolve(last));
            candidates.add(model.resolveSibling(last));
        }
        return candidates;
    }

    private static boolean isTower(Path directory) {
        return Files.isRegularFile(directory.resolve(CONFIG));
    }
}
