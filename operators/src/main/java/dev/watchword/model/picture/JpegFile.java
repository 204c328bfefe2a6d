package dev.watchword.model.picture;

/**
 * A JPEG file taken apart at its markers, not decoded.
 *
 * @param components 1 (gray), 3 or 4
 * @param colours what the components are
 * @param essential the same picture without application data and comments
 */
record JpegFile(int width, int height, int components, Colours colours, byte[] essential) {
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
}
