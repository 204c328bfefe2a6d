package dev.watchword.job.settings;

import java.util.List;
import java.util.Optional;

/** Writes down every setting: its key, type, default and meaning. */
public final class SettingsTable {
    private static final String HEAD =
            """
            # Settings

            Every setting has a default, so all may be left out. They are given in a YAML file
            (`--config FILE`), or one by one on the command line (`--set engine.max-tokens=128`, as
            often as needed); the command line wins. A key that does not exist is refused.

            ```yaml
            kafka:
              bootstrap: kafka-1:9092,kafka-2:9092
              delivery: exactly-once
              properties:
                security.protocol: SASL_SSL
                sasl.mechanism: PLAIN
                sasl.jaas.config: ${file:/run/secrets/kafka-login}
            engine:
              max-tokens: 128
            ```

            A duration is a number with a unit: `500 ms`, `10 s`, `5 min`, `2 h`, `1 d`. A size is a
            whole number with a unit: `64 kb`, `8 mb`, `1 gb`, where a kilobyte is 1,024 bytes. A
            list on the command line has commas between its items.

            This page is written by `./watchword settings`.
            """;

    private SettingsTable() {}

    /** The settings as a page of Markdown. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        for (SettingKey group : SettingKey.below(Settings.class, "")) {
            page.append("\n## %s\n%s\n\n".formatted(group.path(), group.meaning()));
            page.append("| setting | type | default | meaning |\n|---|---|---|---|\n");
            appendRows(page, group);
        }
        return page.toString();
    }

    private static void appendRows(StringBuilder page, SettingKey group) {
        for (SettingKey key : SettingKey.below(group.type(), group.path())) {
            if (key.isGroup()) {
                appendRows(page, key);
            } else {
                page.append(
                        "| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        key.isMap() ? key.path() + ".*" : key.path(),
                                        type(key),
                                        defaultText(key),
                                        key.meaning()));
            }
        }
    }

    private static String type(SettingKey key) {
        if (key.isMap()) {
            return "text";
        }
        String kind = ValueKind.of(key.component().getGenericType()).name();
        if (key.type() == List.class) {
            return "list of " + kind;
        }
        return key.type() == Optional.class ? kind + ", or none" : kind;
    }

    private static String defaultText(SettingKey key) {
        return key.defaultText().isEmpty() ? "" : "`%s`".formatted(key.defaultText());
    }
}
