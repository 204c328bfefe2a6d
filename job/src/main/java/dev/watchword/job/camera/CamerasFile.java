package dev.watchword.job.camera;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Several cameras in one YAML file:
 *
 * <pre>{@code
 * defaults:
 *   fps: 1
 *   width: 640
 * cameras:
 *   - stream: gate
 *     source: rtsp://192.0.2.7/live
 *   - stream: hall
 *     source: hall.mp4
 *     loop: true
 * }</pre>
 *
 * An entry has the keys of {@link CameraEntry}. A path that is not absolute begins at the file's
 * folder.
 */
public final class CamerasFile {

    private static final String DEFAULTS = "defaults";
    private static final String CAMERAS = "cameras";
    private static final Set<String> OF_ONE_CAMERA = Set.of(CameraEntry.STREAM, CameraEntry.SOURCE);

    private final Path file;

    private CamerasFile(Path file) {
        this.file = file;
    }

    /**
     * Reads the cameras in the order of the file.
     *
     * @throws CamerasFileException if the file cannot be read, or says what no camera understands
     */
    public static List<CameraSettings> read(Path file) throws CamerasFileException {
        return new CamerasFile(file).cameras();
    }

    private List<CameraSettings> cameras() throws CamerasFileException {
        JsonNode root = parsed();
        refuseUnknownKeys(root, "", Set.of(DEFAULTS, CAMERAS));
        ObjectNode defaults = defaults(root.path(DEFAULTS));
        JsonNode entries = root.path(CAMERAS);
        if (!entries.isArray() || entries.isEmpty()) {
            throw problem("", "needs a list of cameras under the key \"" + CAMERAS + "\"");
        }
        List<CameraSettings> cameras = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (int number = 1; number <= entries.size(); number++) {
            CameraSettings camera = camera(entries.get(number - 1), number, defaults);
            Integer other = numbers.put(camera.stream(), number);
            if (other != null) {
                throw problem(
                        place(number, camera.stream()), "camera " + other + " has the same stream");
            }
            cameras.add(camera);
        }
        return cameras;
    }

    private JsonNode parsed() throws CamerasFileException {
        YAMLMapper mapper =
                YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
        try {
            JsonNode root = mapper.readTree(Files.readAllBytes(file));
            if (!root.isObject()) {
                throw problem("", "needs the key \"" + CAMERAS + "\"");
            }
            return root;
        } catch (JsonProcessingException malformed) {
            String where =
                    malformed.getLocation() == null
                            ? ""
                            : "line " + malformed.getLocation().getLineNr() + ": ";
            throw problem(
                    "", where + malformed.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException unreadable) {
            throw problem("", "cannot be read: " + unreadable);
        }
    }

    private ObjectNode defaults(JsonNode node) throws CamerasFileException {
        if (node.isMissingNode()) {
            return new YAMLMapper().createObjectNode();
        }
        if (!node.isObject()) {
            throw problem(DEFAULTS, "must hold keys and values");
        }
        Set<String> allowed = new TreeSet<>(CameraEntry.KEYS);
        allowed.removeAll(OF_ONE_CAMERA);
        refuseUnknownKeys(node, DEFAULTS, allowed);
        return (ObjectNode) node;
    }

    private CameraSettings camera(JsonNode node, int number, ObjectNode defaults)
            throws CamerasFileException {
        String place = place(number, node.path(CameraEntry.STREAM).asText(""));
        if (!node.isObject()) {
            throw problem(place, "must hold keys and values");
        }
        refuseUnknownKeys(node, place, CameraEntry.KEYS);
        ObjectNode complete = defaults.deepCopy();
        complete.setAll((ObjectNode) node);
        try {
            return new CameraEntry(complete, file.toAbsolutePath().getParent()).settings();
        } catch (IllegalArgumentException wrong) {
            throw problem(place, wrong.getMessage());
        }
    }

    private void refuseUnknownKeys(JsonNode node, String place, Set<String> known)
            throws CamerasFileException {
        Iterator<String> keys = node.fieldNames();
        while (keys.hasNext()) {
            String key = keys.next();
            if (!known.contains(key)) {
                throw problem(
                        place,
                        "the key \"%s\" is not known; known are %s"
                                .formatted(key, String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    private static String place(int number, String stream) {
        return stream.isEmpty() ? "camera " + number : "camera " + number + " (" + stream + ")";
    }

    private CamerasFileException problem(String place, String message) {
        return new CamerasFileException(
                place.isEmpty()
                        ? "%s: %s".formatted(file, message)
                        : "%s: %s: %s".formatted(file, place, message));
    }
}
