package dev.watchword.model.picture;

import dev.watchword.model.picture.JpegFile.Colours;

/** JPEG's colour spaces to RGB in the fixed-point arithmetic of libjpeg and Pillow. */
final class JpegColours {
    private static final int SCALE = 16;
    private static final int HALF = 1 << (SCALE - 1);
    private static final int CENTRE = 128;

    private JpegColours() {}

    /**
     * @param samples interleaved; overwritten where there are three to a pixel
     */
    static byte[] toRgb(byte[] samples, Colours colours) {
        return switch (colours) {
            case GRAY -> repeated(samples);
            case RGB -> samples;
            case YCC -> fromYcc(samples, Picture.CHANNELS);
            case CMYK -> fromInvertedCmyk(samples);
            case YCCK -> fromInvertedCmyk(complementOfYcc(samples));
        };
    }

    static byte[] repeated(byte[] gray) {
        byte[] rgb = new byte[Picture.CHANNELS * gray.length];
        for (int pixel = 0; pixel < gray.length; pixel++) {
            rgb[3 * pixel] = gray[pixel];
            rgb[3 * pixel + 1] = gray[pixel];
            rgb[3 * pixel + 2] = gray[pixel];
        }
        return rgb;
    }

    /** In place; a fourth component is left as it is. */
    private static byte[] fromYcc(byte[] samples, int pixelStride) {
        for (int at = 0; at < samples.length; at += pixelStride) {
            int luma = samples[at] & 0xFF;
            int blue = (samples[at + 1] & 0xFF) - CENTRE;
            int red = (samples[at + 2] & 0xFF) - CENTRE;
            samples[at] = clipped(luma + ((fixed(1.402) * red + HALF) >> SCALE));
            samples[at + 1] =
                    clipped(
                            luma
                                    + ((HALF - fixed(0.34414) * blue - fixed(0.71414) * red)
                                            >> SCALE));
            samples[at + 2] = clipped(luma + ((fixed(1.772) * blue + HALF) >> SCALE));
        }
        return samples;
    }

    /** YCCK is YCC of the complements of CMY, with K beside it. */
    private static byte[] complementOfYcc(byte[] samples) {
        fromYcc(samples, 4);
        for (int at = 0; at < samples.length; at += 4) {
            samples[at] = (byte) ~samples[at];
            samples[at + 1] = (byte) ~samples[at + 1];
            samples[at + 2] = (byte) ~samples[at + 2];
        }
        return samples;
    }

    /** As Adobe stores it: 255 is no ink. */
    private static byte[] fromInvertedCmyk(byte[] samples) {
        byte[] rgb = new byte[samples.length / 4 * Picture.CHANNELS];
        for (int from = 0, to = 0; from < samples.length; from += 4, to += Picture.CHANNELS) {
            int light = samples[from + 3] & 0xFF;
            for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                int ink = 255 - (samples[from + channel] & 0xFF);
                int product = ink * light + 128;
                rgb[to + channel] = clipped(light - (((product >> 8) + product) >> 8));
            }
        }
        return rgb;
    }

    private static int fixed(double factor) {
        return (int) (factor * (1 << SCALE) + 0.5);
    }

    private static byte clipped(int level) {
        return (byte) Math.max(0, Math.min(255, level));
    }
}
