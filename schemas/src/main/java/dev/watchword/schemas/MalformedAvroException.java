package dev.watchword.schemas;

import java.io.IOException;

/** Bytes that are not what the writer's schema says. */
final class MalformedAvroException extends IOException {
    MalformedAvroException(String message) {
        super(message);
    }
}
