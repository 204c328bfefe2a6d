package dev.watchword.job.settings;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * A setting, or a group of settings, as the records declare it.
 *
 * @param path such as {@code engine.batch-frames}
 * @param component where it is declared
 */
record SettingKey(String path, RecordComponent component) {

    /** What stands directly below a group, in the order of declaration. */
    static List<SettingKey> below(Class<?> group, String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        List<SettingKey> keys = new ArrayList<>();
        for (RecordComponent component : group.getRecordComponents()) {
            keys.add(new SettingKey(prefix + SettingText.kebab(component.getName()), component));
        }
        return keys;
    }

    /** Every setting there is, groups not among them, in the order of declaration. */
    static List<SettingKey> all() {
        List<SettingKey> keys = new ArrayList<>();
        collect(Settings.class, "", keys);
        return List.copyOf(keys);
    }

    private static void collect(Class<?> group, String path, List<SettingKey> keys) {
        for (SettingKey key : below(group, path)) {
            if (key.isGroup()) {
                collect(key.type(), key.path(), keys);
            } else {
                keys.add(key);
            }
        }
    }

    boolean isGroup() {
        return !component.isAnnotationPresent(Default.class);
    }

    /** Whether every key below this one belongs to it. */
    boolean isMap() {
        return type() == ClientProperties.class;
    }

    Class<?> type() {
        return component.getType();
    }

    String defaultText() {
        return component.getAnnotation(Default.class).value();
    }

    String meaning() {
        return component.getAnnotation(Meaning.class).value();
    }
}
