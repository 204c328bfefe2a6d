package dev.watchword.model.picture;

import java.awt.image.Raster;
import java.util.ArrayList;
import java.util.List;

/** Decodes a JPEG to its components as stored, upsampled, and turns these into RGB. */
final class JpegPixels {
    /**
     * The one warning of the decoder that takes nothing from the picture: cheap cameras pad their
     * scans.
     */
    private static final String PADDING = "extraneous bytes before marker";

    private JpegPixels() {}

    static Picture decode(JpegFile file) throws UndecodablePictureException {
        if (!file.mayHoldItsPixels()) {
            throw new UndecodablePictureException(
                    "The JPEG is damaged: its data is too short for its size; send it anew");
        }
        List<String> damages = new ArrayList<>();
        Raster raster =
                PlatformReader.read(
                        "JPEG",
                        file.essential(),
                        (reader, warning) -> damages.add(warning),
                        reader -> reader.readRaster(0, null));
        damages.removeIf(damage -> damage.contains(PADDING));
        if (!damages.isEmpty()) {
            throw new UndecodablePictureException(
                    "The JPEG is damaged: " + damages.get(0) + "; send it anew");
        }
        if (raster.getWidth() != file.width()
                || raster.getHeight() != file.height()
                || raster.getNumBands() != file.components()) {
            throw new UndecodablePictureException(
                    "The JPEG is damaged: its header and its data disagree; send it anew");
        }
        byte[] samples = new byte[file.components() * file.width() * file.height()];
        raster.getDataElements(0, 0, file.width(), file.height(), samples);
        return new Picture(file.width(), file.height(), JpegColours.toRgb(samples, file.colours()));
    }
}
