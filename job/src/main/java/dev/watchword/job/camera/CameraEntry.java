package dev.watchword.job.camera;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One camera of a {@link CamerasFile}: {@code stream} and {@code source}, and if wanted {@code fps},
 * {@code width}, {@code height}, {@code quality}, {@code loop}, {@code realtime}, {@code start} (as
 * in 2026-05-01T12:00:00Z), {@code first-sequence}, {@code patience} (seconds) and {@code options}
 * (FFmpeg's, by name). A value that does not fit is an {@link IllegalArgumentException} that names
 * its key.
 */
final class CameraEntry {

    static final String STREAM = "stream";
    static final String SOURCE = "source";

    private static final String FRAMES_PER_SECOND = "fps";
    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";
    private static final String QUALITY = "quality";
    private static final String LOOP = "loop";
    private static final String REAL_TIME = "realtime";
    private static final String START = "start";
    private static final String FIRST_SEQUENCE = "first-sequence";
    private static final String PATIENCE = "patience";
    private static final String OPTIONS = "options";

    /** In place of what may hold a password. */
    private static final String HIDDEN = "what is there";

    static final Set<String> KEYS =
            Set.of(
                    STREAM,
                    SOURCE,
                    FRAMES_PER_SECOND,
                    WIDTH,
                    HEIGHT,
                    QUALITY,
                    LOOP,
                    REAL_TIME,
                    START,
                    FIRST_SEQUENCE,
                    PATIENCE,
                    OPTIONS);

    private final JsonNode entry;
    private final Path folder;

    /**
     * @param entry with known keys only
     * @param folder where paths begin that are not absolute
     */
    CameraEntry(JsonNode entry, Path folder) {
        this.entry = entry;
        this.folder = folder;
    }

    CameraSettings settings() {
        CameraSettings.Builder settings =
                CameraSettings.builder(required(STREAM), source()).format(format());
        number(FRAMES_PER_SECOND).ifPresent(settings::framesPerSecond);
        truth(LOOP).ifPresent(settings::loop);
        truth(REAL_TIME).ifPresent(settings::realTime);
        start().ifPresent(settings::start);
        whole(FIRST_SEQUENCE, Long.MAX_VALUE).ifPresent(settings::firstSequence);
        number(PATIENCE)
                .ifPresent(seconds -> settings.patience(Duration.ofMillis((long) (seconds * 1e3))));
        return settings.options(options()).build();
    }

    private String source() {
        String source = required(SOURCE);
        return CameraSource.isPath(source) ? folder.resolve(source).toString() : source;
    }

    private PictureFormat format() {
        return new PictureFormat(
                side(WIDTH),
                side(HEIGHT),
                whole(QUALITY, Integer.MAX_VALUE)
                        .map(Long::intValue)
                        .orElse(PictureFormat.DEFAULT_QUALITY));
    }

    private OptionalInt side(String key) {
        Optional<Long> side = whole(key, Integer.MAX_VALUE);
        return side.isPresent() ? OptionalInt.of(side.get().intValue()) : OptionalInt.empty();
    }

    private Optional<Instant> start() {
        return text(START).map(CameraEntry::instant);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw mismatch(START, "a time such as 2026-05-01T12:00:00Z", text);
        }
    }

    private Map<String, String> options() {
        Optional<JsonNode> node = value(OPTIONS);
        Map<String, String> options = new LinkedHashMap<>();
        if (node.isPresent()) {
            if (!node.get().isObject()) {
                throw mismatch(OPTIONS, "names and values", HIDDEN);
            }
            node.get()
                    .properties()
                    .forEach(each -> options.put(each.getKey(), each.getValue().asText()));
        }
        return options;
    }

    private String required(String key) {
        return text(key)
                .orElseThrow(
                        () -> new IllegalArgumentException("the key \"" + key + "\" is missing"));
    }

    private Optional<String> text(String key) {
        return value(key).map(node -> checked(key, node, node.isValueNode(), "text").asText());
    }

    private Optional<Boolean> truth(String key) {
        return value(key)
                .map(node -> checked(key, node, node.isBoolean(), "true or false").asBoolean());
    }

    private Optional<Double> number(String key) {
        return value(key).map(node -> checked(key, node, node.isNumber(), "a number").asDouble());
    }

    private Optional<Long> whole(String key, long most) {
        return value(key)
                .map(
                        node ->
                                checked(
                                                key,
                                                node,
                                                node.isIntegralNumber()
                                                        && node.canConvertToLong()
                                                        && node.asLong() <= most,
                                                "a whole number")
                                        .asLong());
    }

    private Optional<JsonNode> value(String key) {
        return Optional.of(entry.path(key)).filter(node -> !node.isMissingNode() && !node.isNull());
    }

    private static JsonNode checked(String key, JsonNode node, boolean fits, String wanted) {
        if (!fits) {
            throw mismatch(key, wanted, key.equals(SOURCE) ? HIDDEN : node);
        }
        return node;
    }

    private static IllegalArgumentException mismatch(String key, String wanted, Object found) {
        return new IllegalArgumentException(
                "the key \"%s\" must be %s, not %s".formatted(key, wanted, found));
    }
}
