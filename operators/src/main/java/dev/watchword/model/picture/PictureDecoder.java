package dev.watchword.model.picture;

/**
 * Decodes JPEG and PNG, told apart by their content, to the RGB that Pillow's {@code
 * convert("RGB")} gives: gray is repeated, palettes are looked up, alpha is dropped without
 * blending, CMYK is read as inverted, colour profiles and EXIF orientation are ignored. One thing
 * differs: of 16-bit gray the high byte is taken, which Pillow clips to white.
 *
 * <p>Size and structure are checked before pixels are decoded, and whatever is not needed for them
 * (profiles, texts, thumbnails) never reaches the decoder. Nothing is written to disk.
 */
public final class PictureDecoder {
    private final PictureLimits limits;

    public PictureDecoder(PictureLimits limits) {
        this.limits = limits;
    }

    /**
     * @param encoded a whole JPEG or PNG file; bytes after its end are ignored
     * @throws UndecodablePictureException if it is too large, of another kind, cut off or damaged
     */
    public Picture decode(byte[] encoded) throws UndecodablePictureException {
        limits.requireBytes(encoded.length);
        if (JpegFile.isJpeg(encoded)) {
            JpegFile file = JpegFile.parse(encoded);
            limits.requireSize(file.width(), file.height());
            limits.requireScans(file.width(), file.height(), file.scans());
            return JpegPixels.decode(file);
        }
        if (PngFile.isPng(encoded)) {
            PngFile file = PngFile.parse(encoded);
            limits.requireSize(file.width(), file.height());
            return PngPixels.decode(file);
        }
        throw new UndecodablePictureException(
                "The picture is neither JPEG nor PNG; send one of these");
    }
}
