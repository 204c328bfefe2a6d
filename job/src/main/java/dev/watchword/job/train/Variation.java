package dev.watchword.job.train;

import dev.watchword.model.training.TrainingBatch;
import java.util.List;
import java.util.random.RandomGenerator;

/** Varies pictures a little, so that the same one is never learnt twice: moves, sizes, brightness. */
final class Variation {
    private static final double SHIFT = 0.05;
    private static final double STRETCH = 0.04;
    private static final double GAIN = 0.1;
    private static final double SUMMAND = 0.03;

    private Variation() {}

    static TrainingBatch.Pictures of(List<byte[]> pictures, RandomGenerator random) {
        float[] shifts = new float[6 * pictures.size()];
        float[] gains = new float[2 * pictures.size()];
        for (int i = 0; i < pictures.size(); i++) {
            shifts[6 * i] = (float) (1 + around(STRETCH, random));
            shifts[6 * i + 2] = (float) around(SHIFT, random);
            shifts[6 * i + 4] = (float) (1 + around(STRETCH, random));
            shifts[6 * i + 5] = (float) around(SHIFT, random);
            gains[2 * i] = (float) (1 + around(GAIN, random));
            gains[2 * i + 1] = (float) around(SUMMAND, random);
        }
        return new TrainingBatch.Pictures(BundledModel.SIDE, pictures, shifts, gains);
    }

    /** As they are. */
    static TrainingBatch.Pictures none(List<byte[]> pictures) {
        float[] shifts = new float[6 * pictures.size()];
        float[] gains = new float[2 * pictures.size()];
        for (int i = 0; i < pictures.size(); i++) {
            shifts[6 * i] = 1;
            shifts[6 * i + 4] = 1;
            gains[2 * i] = 1;
        }
        return new TrainingBatch.Pictures(BundledModel.SIDE, pictures, shifts, gains);
    }

    /** A picture [3, side, side] by its luminance alone (ITU-R BT.601). */
    static byte[] withoutColours(byte[] picture) {
        int pixels = picture.length / 3;
        byte[] grey = new byte[picture.length];
        for (int i = 0; i < pixels; i++) {
            int red = Byte.toUnsignedInt(picture[i]);
            int green = Byte.toUnsignedInt(picture[pixels + i]);
            int blue = Byte.toUnsignedInt(picture[2 * pixels + i]);
            byte luminance = (byte) Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
            for (int channel = 0; channel < 3; channel++) {
                grey[channel * pixels + i] = luminance;
            }
        }
        return grey;
    }

    private static double around(double most, RandomGenerator random) {
        return (2 * random.nextDouble() - 1) * most;
    }
}
