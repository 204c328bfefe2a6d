package dev.watchword.job.settings;

/**
 * A flag of the command line that gives a setting's value.
 *
 * @param name how the flag is called there, for messages; such as {@code --bootstrap}
 * @param key of the setting, such as {@code kafka.bootstrap}
 * @param value its text
 */
public record Flag(String name, String key, String value) {
    private static final String SET = "--set";

    /**
     * Reads what follows {@code --set}.
     *
     * @param assignment {@code a.b=c}
     * @throws SettingsException when it is not a key, '=' and a value
     */
    public static Flag set(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            throw new SettingsException(
                    "--set needs KEY=VALUE, such as --set engine.batch-frames=32; it got '%s'"
                            .formatted(equals < 0 ? keyOf(assignment) : "=..."));
        }
        return new Flag(
                SET,
                assignment.substring(0, equals).strip(),
                assignment.substring(equals + 1).strip());
    }

    /** What stands behind a key without a '=' may be a secret. */
    private static String keyOf(String assignment) {
        String key = assignment.replaceFirst("(?s)[^A-Za-z0-9._-].*", "");
        return key.length() < assignment.length() ? key + "..." : key;
    }
}
