package dev.watchword.job.settings;

import java.util.Comparator;
import java.util.List;

/** Finds the key that somebody probably meant. */
final class NearestKey {
    private NearestKey() {}

    /** The one of the keys that is most like the text, by letters changed, added or left out. */
    static String of(String mistyped, List<String> keys) {
        String text = SettingText.kebab(mistyped);
        return keys.stream()
                .min(Comparator.comparingInt(key -> unlikeness(text, key)))
                .orElseThrow(() -> new IllegalArgumentException("there are no keys"));
    }

    /** A right name in a wrong group, or without one, is nearer than the letters say. */
    private static int unlikeness(String text, String key) {
        int names = changes(lastName(text), lastName(key));
        return Math.min(changes(text, key), names + 2);
    }

    private static String lastName(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** The Levenshtein distance. */
    private static int changes(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced =
                        previous[column - 1]
                                + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                int addedOrRemoved = 1 + Math.min(previous[column], current[column - 1]);
                current[column] = Math.min(replaced, addedOrRemoved);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
