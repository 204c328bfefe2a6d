package dev.watchword.model.picture;

import dev.watchword.model.picture.PngFile.Colours;
import java.awt.image.Raster;

/** Decodes a PNG to its samples as stored and turns these into RGB. */
final class PngPixels {
    private final PngFile file;

    /** From a sample to its 8 bits: the high byte of 16, and fewer spread over the whole range. */
    private final int shift;

    private final int factor;

    private PngPixels(PngFile file) {
        this.file = file;
        this.shift = Math.max(0, file.depth() - 8);
        this.factor = file.depth() < 8 ? 255 / ((1 << file.depth()) - 1) : 1;
    }

    static Picture decode(PngFile file) throws UndecodablePictureException {
        if (!file.mayHoldItsPixels()) {
            throw new UndecodablePictureException(
                    "The PNG is damaged: its data is too short for its size; send it anew");
        }
        Raster samples =
                PlatformReader.read(
                        "PNG",
                        file.essential(),
                        (reader, warning) -> {},
                        reader -> reader.read(0).getRaster());
        if (samples.getWidth() != file.width()
                || samples.getHeight() != file.height()
                || samples.getNumBands() != file.colours().bands()) {
            throw new UndecodablePictureException(
                    "The PNG is damaged: its header and its data disagree; send it anew");
        }
        return new PngPixels(file).toRgb(samples);
    }

    private Picture toRgb(Raster samples) {
        int width = samples.getWidth();
        int height = samples.getHeight();
        byte[] rgb = new byte[Picture.CHANNELS * width * height];
        int[] line = new int[samples.getNumBands() * width];
        for (int row = 0; row < height; row++) {
            samples.getPixels(0, row, width, 1, line);
            lineToRgb(line, rgb, Picture.CHANNELS * row * width);
        }
        return new Picture(width, height, rgb);
    }

    private void lineToRgb(int[] line, byte[] rgb, int start) {
        Colours colours = file.colours();
        int to = start;
        for (int from = 0; from < line.length; from += colours.bands(), to += Picture.CHANNELS) {
            switch (colours) {
                case GRAY, GRAY_ALPHA -> {
                    byte level = level(line[from]);
                    rgb[to] = level;
                    rgb[to + 1] = level;
                    rgb[to + 2] = level;
                }
                case RGB, RGB_ALPHA -> {
                    rgb[to] = level(line[from]);
                    rgb[to + 1] = level(line[from + 1]);
                    rgb[to + 2] = level(line[from + 2]);
                }
                case PALETTE -> lookUp(line[from], rgb, to);
            }
        }
    }

    private byte level(int sample) {
        return (byte) ((sample >> shift) * factor);
    }

    /** An entry that the palette lacks is black. */
    private void lookUp(int entry, byte[] rgb, int to) {
        int from = Picture.CHANNELS * entry;
        if (from < file.palette().length) {
            System.arraycopy(file.palette(), from, rgb, to, Picture.CHANNELS);
        }
    }
}
