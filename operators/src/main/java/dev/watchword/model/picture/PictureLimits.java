package dev.watchword.model.picture;

/**
 * What is decoded at most; the rest is refused before memory is spent on it.
 *
 * @param maxBytes of the encoded picture
 * @param maxPixels width times height
 */
public record PictureLimits(int maxBytes, int maxPixels) {
    /** 16 MiB and the pixels of an 8K picture. */
    public static final PictureLimits DEFAULT = new PictureLimits(16 << 20, 7680 * 4320);

    /** Of either side: what JPEG allows. */
    static final int MAX_SIDE = 65_535;

    /** So often may the largest picture be walked over while it is decoded; smaller ones more often. */
    private static final int SCANS_OF_LARGEST = 16;

    /** So that no picture's bytes pass what an array holds: 8 bytes a pixel while it is decoded. */
    private static final int MOST_PIXELS = Integer.MAX_VALUE / 8;

    public PictureLimits {
        if (maxBytes < 1 || maxPixels < 1 || maxPixels > MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "Limits must be at least 1, and pixels at most "
                            + MOST_PIXELS
                            + ": "
                            + maxBytes
                            + " bytes, "
                            + maxPixels
                            + " pixels");
        }
    }

    void requireBytes(int bytes) throws UndecodablePictureException {
        if (bytes > maxBytes) {
            throw new UndecodablePictureException(
                    "The picture has "
                            + bytes
                            + " bytes, the limit is "
                            + maxBytes
                            + ": send it smaller, or raise the limit");
        }
    }

    void requireSize(long width, long height) throws UndecodablePictureException {
        String size = "The picture is " + width + " x " + height + " pixels";
        if (width < 1 || height < 1) {
            throw new UndecodablePictureException(size + ": it is empty or damaged");
        }
        if (width > MAX_SIDE || height > MAX_SIDE) {
            throw new UndecodablePictureException(
                    size + ", a side may have " + MAX_SIDE + ": send it smaller");
        }
        if (width * height > maxPixels) {
            throw new UndecodablePictureException(
                    size
                            + ", the limit is "
                            + maxPixels
                            + " pixels: send it smaller, or raise the limit");
        }
    }

    /** Since each scan of a JPEG, of however few bytes, costs a walk over the whole picture. */
    void requireScans(long width, long height, int scans) throws UndecodablePictureException {
        if (width * height * scans > (long) SCANS_OF_LARGEST * maxPixels) {
            throw new UndecodablePictureException(
                    "The picture has "
                            + scans
                            + " scans of "
                            + width
                            + " x "
                            + height
                            + " pixels, the limit is "
                            + SCANS_OF_LARGEST
                            + " scans of "
                            + maxPixels
                            + " pixels: send it with fewer scans, or smaller");
        }
    }
}
