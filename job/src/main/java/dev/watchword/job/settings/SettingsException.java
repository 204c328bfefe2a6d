package dev.watchword.job.settings;

/**
 * The settings that somebody gave cannot be used. The message names the key, the value, what is
 * allowed, and where the value came from; it is meant for that person.
 */
public final class SettingsException extends RuntimeException {
    public SettingsException(String message) {
        super(message);
    }

    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
