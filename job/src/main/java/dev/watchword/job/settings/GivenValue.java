package dev.watchword.job.settings;

import java.util.List;

/**
 * A value as it was given, before it is known what it should be.
 *
 * @param items one text, or the items of a list
 * @param list whether it was written as a list
 * @param origin where it was given
 */
record GivenValue(List<String> items, boolean list, Origin origin) {
    GivenValue {
        items = List.copyOf(items);
    }

    static GivenValue text(String text, Origin origin) {
        return new GivenValue(List.of(text), false, origin);
    }

    static GivenValue list(List<String> items, Origin origin) {
        return new GivenValue(items, true, origin);
    }

    /** The value as it may be shown to who gave it. */
    String shown() {
        return list ? items.toString() : items.get(0);
    }
}
