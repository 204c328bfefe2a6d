package dev.watchword.model.picture;

import java.util.Arrays;

/**
 * A PNG file taken apart into chunks, not decoded.
 *
 * @param width as the header has it, up to 2^32 - 1; the height likewise
 * @param depth bits of a sample: 1, 2, 4, 8 or 16
 * @param palette red, green, blue of each entry; empty unless the colours are {@link
 *     Colours#PALETTE}
 * @param dataBytes compressed bytes of the pixels
 * @param essential the same picture with nothing else in it
 */
record PngFile(
        long width,
        long height,
        int depth,
        Colours colours,
        byte[] palette,
        long dataBytes,
        byte[] essential) {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /** What deflate makes of one byte at most. */
    private static final long LARGEST_INFLATION = 1032;

    enum Colours {
        GRAY(0, 1),
        RGB(2, 3),
        PALETTE(3, 1),
        GRAY_ALPHA(4, 2),
        RGB_ALPHA(6, 4);

        private final int code;
        private final int bands;

        Colours(int code, int bands) {
            this.code = code;
            this.bands = bands;
        }

        /** As the header has it. */
        int code() {
            return code;
        }

        /** Samples of a pixel, alpha last. */
        int bands() {
            return bands;
        }

        boolean allows(int depth) {
            return switch (depth) {
                case 1, 2, 4 -> this == GRAY || this == PALETTE;
                case 8 -> true;
                case 16 -> this != PALETTE;
                default -> false;
            };
        }
    }

    static boolean isPng(byte[] encoded) {
        return encoded.length >= SIGNATURE.length
                && Arrays.equals(encoded, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    static int signatureBytes() {
        return SIGNATURE.length;
    }

    /**
     * Checks the chunks that pixels need, their checksums too.
     *
     * @throws UndecodablePictureException if one is missing, damaged or not where it belongs
     */
    static PngFile parse(byte[] encoded) throws UndecodablePictureException {
        return new PngParser(encoded).parse();
    }

    /** False if the compressed data cannot possibly hold the pixels of the header. */
    boolean mayHoldItsPixels() {
        return width * height * depth * colours.bands() / 8 <= LARGEST_INFLATION * dataBytes;
    }
}
