package dev.watchword.job.camera;

/**
 * An encoded picture.
 *
 * @param bytes a whole JPEG or PNG file; not copied, so nobody may change it
 * @param mediaType which of the two
 */
public record Picture(byte[] bytes, MediaType mediaType) {}
