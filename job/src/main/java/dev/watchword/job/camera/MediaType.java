package dev.watchword.job.camera;

import java.util.Arrays;
import java.util.Optional;

/** How a picture is encoded. */
public enum MediaType {
    JPEG("image/jpeg", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}),
    PNG("image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});

    private final String text;
    private final byte[] signature;

    MediaType(String text, byte[] signature) {
        this.text = text;
        this.signature = signature;
    }

    /** The registered name, such as {@code image/jpeg}. */
    public String text() {
        return text;
    }

    /** Told from the first bytes; empty if it is neither. */
    public static Optional<MediaType> of(byte[] picture) {
        return Arrays.stream(values()).filter(type -> type.begins(picture)).findFirst();
    }

    private boolean begins(byte[] picture) {
        return picture.length > signature.length
                && Arrays.equals(picture, 0, signature.length, signature, 0, signature.length);
    }
}
