package dev.watchword.engine;

/** Where a picture's encoded bytes are. */
public sealed interface PictureSource {
    /** The bytes themselves, JPEG or PNG; not to be changed. */
    record Inline(byte[] encoded) implements PictureSource {}

    /** To be fetched; refused unless the engine's settings allow it. */
    record Remote(String uri) implements PictureSource {}
}
