package dev.watchword.job.settings;

/** A record of settings was made with a value that is not allowed. */
public final class InvalidValueException extends IllegalArgumentException {
    private final String key;
    private final String value;
    private final String allowed;

    /**
     * @param key of the setting, below the record that holds it; such as {@code batch-frames}
     * @param value that was given, fit to be shown
     * @param allowed what would be allowed, to follow the words "it must"; such as {@code be at
     *     least 1}
     */
    public InvalidValueException(String key, String value, String allowed) {
        super("%s is '%s'; it must %s".formatted(key, value, allowed));
        this.key = key;
        this.value = value;
        this.allowed = allowed;
    }

    String key() {
        return key;
    }

    String value() {
        return value;
    }

    String allowed() {
        return allowed;
    }
}
