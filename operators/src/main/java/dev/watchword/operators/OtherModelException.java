package dev.watchword.operators;

/** A history was made by another model, and must not be dropped. */
final class OtherModelException extends Exception {
    OtherModelException(String stream, String made, String runs) {
        super(
                "The history of stream %s was made by the model %s, but the job runs %s: start it with the former, or set memory.other-model to restart, which drops the histories."
                        .formatted(stream, made, runs));
    }
}
