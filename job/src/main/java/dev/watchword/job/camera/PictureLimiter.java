package dev.watchword.job.camera;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

/** Makes a picture fit into a record. */
final class PictureLimiter {

    private static final int[] QUALITIES = {75, 55, 35, 20};

    private PictureLimiter() {}

    /**
     * Gives the picture itself if it fits, else the best of some JPEG qualities that does.
     *
     * @return empty if not even the worst quality fits
     * @throws IOException if the picture does not fit and cannot be decoded
     */
    static Optional<Picture> fit(Picture picture, int mostBytes) throws IOException {
        if (picture.bytes().length <= mostBytes) {
            return Optional.of(picture);
        }
        BufferedImage image = PictureDecoder.decode(picture);
        for (int quality : QUALITIES) {
            Picture smaller = JpegEncoder.encode(image, quality);
            if (smaller.bytes().length <= mostBytes) {
                return Optional.of(smaller);
            }
        }
        return Optional.empty();
    }
}
