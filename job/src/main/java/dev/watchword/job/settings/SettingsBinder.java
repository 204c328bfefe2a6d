package dev.watchword.job.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the tree of records from values by key. */
final class SettingsBinder {
    private static final String MUST = "%s is '%s' (%s); it must %s";

    private final Map<String, GivenValue> given;
    private final Placeholders placeholders;

    SettingsBinder(Map<String, GivenValue> given, Environment environment) {
        this.given = Map.copyOf(given);
        this.placeholders = new Placeholders(environment);
    }

    /** The records; a value that nobody gave is the default. */
    Settings bind() {
        return Settings.class.cast(bindGroup(Settings.class, ""));
    }

    private Object bindGroup(Class<?> group, String path) {
        List<Object> values = new ArrayList<>();
        for (SettingKey key : SettingKey.below(group, path)) {
            values.add(key.isGroup() ? bindGroup(key.type(), key.path()) : bindValue(key));
        }
        try {
            return constructor(group).newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidValueException invalid) {
                throw refused(path.isEmpty() ? "" : path + ".", invalid);
            }
            throw new IllegalStateException(group + " cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(group + " cannot be made", e);
        }
    }

    private static Constructor<?> constructor(Class<?> group) throws NoSuchMethodException {
        return group.getDeclaredConstructor(
                Arrays.stream(group.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new));
    }

    private Object bindValue(SettingKey key) {
        if (key.isMap()) {
            return bindProperties(key.path() + ".");
        }
        GivenValue value = given.getOrDefault(key.path(), defaultOf(key));
        if (key.type() == List.class) {
            return items(value).stream().map(item -> parse(key, item, value.origin())).toList();
        }
        String text = onlyText(key, value);
        if (key.type() == Optional.class) {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(parse(key, text, value.origin()));
        }
        return parse(key, text, value.origin());
    }

    private static GivenValue defaultOf(SettingKey key) {
        return GivenValue.text(key.defaultText(), new Origin.Default());
    }

    /** On the command line, where there are no lists, commas divide the items. */
    private static List<String> items(GivenValue value) {
        if (value.list()) {
            return value.items();
        }
        return Arrays.stream(value.shown().split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static String onlyText(SettingKey key, GivenValue value) {
        if (!value.list()) {
            return value.shown();
        }
        if (value.items().isEmpty()) {
            throw new SettingsException(
                    "%s has no value (%s); give it one, or leave the key out to have the default"
                            .formatted(key.path(), value.origin()));
        }
        throw new SettingsException(
                "%s is a list (%s); it must be one value".formatted(key.path(), value.origin()));
    }

    private static Object parse(SettingKey key, String text, Origin origin) {
        ValueKind kind = ValueKind.of(key.component().getGenericType());
        try {
            return kind.parser().apply(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new SettingsException(
                    MUST.formatted(key.path(), text, origin, "be " + kind.allowed()), e);
        }
    }

    private ClientProperties bindProperties(String prefix) {
        Map<String, String> properties = new LinkedHashMap<>();
        given.forEach(
                (key, value) -> {
                    if (key.startsWith(prefix)) {
                        properties.put(key.substring(prefix.length()), resolve(key, value));
                    }
                });
        try {
            return new ClientProperties(properties);
        } catch (InvalidValueException e) {
            throw refused(prefix, e);
        }
    }

    /** No message of this method may hold the value: it may be a secret. */
    private String resolve(String key, GivenValue value) {
        try {
            return placeholders.replace(String.join(",", value.items()));
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "%s (%s): %s".formatted(key, value.origin(), e.getMessage()), e);
        }
    }

    private SettingsException refused(String prefix, InvalidValueException invalid) {
        String path = prefix + invalid.key();
        Origin origin =
                Optional.ofNullable(given.get(path))
                        .map(GivenValue::origin)
                        .orElseGet(Origin.Default::new);
        return new SettingsException(
                MUST.formatted(path, invalid.value(), origin, invalid.allowed()), invalid);
    }
}
