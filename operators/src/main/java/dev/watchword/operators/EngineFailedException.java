package dev.watchword.operators;

/** The engine failed at something that was not a record's fault. */
final class EngineFailedException extends Exception {
    EngineFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
