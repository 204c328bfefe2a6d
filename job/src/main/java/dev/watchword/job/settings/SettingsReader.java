package dev.watchword.job.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the settings from where people give them. */
public final class SettingsReader {
    private static final List<SettingKey> KEYS = SettingKey.all();

    private SettingsReader() {}

    /**
     * The settings: a flag wins over the file, and the file over the default. Of two flags for one
     * setting the last wins.
     *
     * @throws SettingsException when the file cannot be read, or a key is unknown, or a value is
     *     not allowed
     */
    public static Settings read(Optional<Path> file, List<Flag> flags, Environment environment) {
        Map<String, GivenValue> given = new LinkedHashMap<>();
        file.ifPresent(path -> given.putAll(SettingsFile.read(path)));
        for (Flag flag : flags) {
            given.put(
                    flag.key(),
                    GivenValue.text(flag.value(), new Origin.CommandLineFlag(flag.name())));
        }
        given.keySet().removeIf(key -> isEmptyGroup(key, given.get(key)));
        given.forEach(SettingsReader::requireKnown);
        return new SettingsBinder(given, environment).bind();
    }

    /** A group whose settings are all commented out is left in the file as a key without a value. */
    private static boolean isEmptyGroup(String key, GivenValue value) {
        return isGroup(key) && value.items().isEmpty();
    }

    private static boolean isGroup(String key) {
        return KEYS.stream()
                .anyMatch(
                        known ->
                                known.path().startsWith(key + ".")
                                        || known.isMap() && known.path().equals(key));
    }

    private static void requireKnown(String key, GivenValue value) {
        if (isGroup(key)) {
            throw new SettingsException(
                    "%s (%s) is a group of settings; give the settings in it"
                            .formatted(key, value.origin()));
        }
        if (KEYS.stream().noneMatch(known -> takes(known, key))) {
            throw new SettingsException(
                    "there is no setting %s (%s); did you mean %s?"
                            .formatted(
                                    key,
                                    value.origin(),
                                    NearestKey.of(
                                            key, KEYS.stream().map(SettingKey::path).toList())));
        }
    }

    private static boolean takes(SettingKey known, String key) {
        return known.isMap() ? key.startsWith(known.path() + ".") : known.path().equals(key);
    }
}
