package dev.watchword.job.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How text becomes a value of one type.
 *
 * @param name of such values, for the table of settings
 * @param allowed what the text must be, to follow the words "it must be"
 * @param parser gives the value; throws any IllegalArgumentException when the text is no such value
 */
record ValueKind(String name, String allowed, Function<String, Object> parser) {
    private static final ValueKind TEXT = new ValueKind("text", "text", text -> text);
    private static final ValueKind INT =
            new ValueKind("whole number", "a whole number", text -> Integer.valueOf(digits(text)));
    private static final ValueKind LONG =
            new ValueKind("whole number", "a whole number", text -> Long.valueOf(digits(text)));
    private static final ValueKind BOOLEAN =
            new ValueKind("true, false", "true or false", ValueKind::parseBoolean);
    private static final ValueKind DURATION =
            new ValueKind("duration", Durations.ALLOWED, Durations::parse);
    private static final ValueKind SIZE =
            new ValueKind(
                    "size",
                    "a whole number with a unit of size, such as 64 kb, 8 mb or 1 gb",
                    DataSize::parse);
    private static final ValueKind PATH = new ValueKind("path", "a path of a file", Path::of);

    /**
     * The kind of a type; for an optional type or a list, of what it holds.
     *
     * @throws IllegalStateException when the settings declare a type that has none
     */
    static ValueKind of(Type declared) {
        Class<?> type = held(declared);
        if (type.isEnum()) {
            return ofChoices(type);
        }
        return switch (type.getName()) {
            case "java.lang.String" -> TEXT;
            case "int" -> INT;
            case "long" -> LONG;
            case "boolean" -> BOOLEAN;
            case "java.time.Duration" -> DURATION;
            case "dev.watchword.job.settings.DataSize" -> SIZE;
            case "java.nio.file.Path" -> PATH;
            default -> throw new IllegalStateException("settings cannot hold a " + type);
        };
    }

    private static Class<?> held(Type declared) {
        if (declared instanceof ParameterizedType holder
                && List.of(Optional.class, List.class).contains(holder.getRawType())) {
            return (Class<?>) holder.getActualTypeArguments()[0];
        }
        return (Class<?>) declared;
    }

    private static ValueKind ofChoices(Class<?> type) {
        List<Enum<?>> choices =
                Arrays.stream(type.getEnumConstants())
                        .<Enum<?>>map(choice -> (Enum<?>) choice)
                        .toList();
        String names =
                choices.stream().map(SettingText::ofChoice).collect(Collectors.joining(", "));
        return new ValueKind(
                names,
                "one of " + names,
                text ->
                        choices.stream()
                                .filter(choice -> SettingText.ofChoice(choice).equals(text))
                                .findFirst()
                                .orElseThrow(IllegalArgumentException::new));
    }

    private static String digits(String text) {
        return text.replaceAll("(?<=\\d)_(?=\\d)", "");
    }

    private static boolean parseBoolean(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }
}
