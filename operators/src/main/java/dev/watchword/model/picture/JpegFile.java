package dev.watchword.model.picture;

/**
 * A JPEG file taken apart at its markers, not decoded.
 *
 * @param components 1 (gray), 3 or 4
 * @param colours what the components are
 * @param scans how often decoding walks over the whole picture
 * @param dataBytes entropy-coded bytes of all scans
 * @param essential the same picture without application data and comments
 */
record JpegFile(
        int width,
        int height,
        int components,
        Colours colours,
        int scans,
        long dataBytes,
        byte[] essential) {
    /**
     * A block of 8 x 8 takes at least a bit, and of some component there are at least a quarter as
     * many blocks as the picture has at full resolution.
     */
    private static final long MOST_PIXELS_OF_A_BYTE = 8 * 64 * 4;

    enum Colours {
        GRAY,
        RGB,
        YCC,
        CMYK,
        YCCK
    }

    static boolean isJpeg(byte[] encoded) {
        return encoded.length >= 3
                && encoded[0] == (byte) 0xFF
                && encoded[1] == (byte) 0xD8
                && encoded[2] == (byte) 0xFF;
    }

    /**
     * @throws UndecodablePictureException if markers are missing or not where they belong, or the
     *     coding is not baseline, extended or progressive Huffman
     */
    static JpegFile parse(byte[] encoded) throws UndecodablePictureException {
        return new JpegParser(encoded).parse();
    }

    /** False if the coded data cannot possibly hold the pixels of the header. */
    boolean mayHoldItsPixels() {
        return (long) width * height <= MOST_PIXELS_OF_A_BYTE * dataBytes;
    }
}
