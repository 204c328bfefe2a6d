package dev.watchword.job.train;

import dev.watchword.job.yard.Box;
import dev.watchword.model.training.TrainingBatch;
import java.util.List;
import java.util.random.RandomGenerator;

/** Varies pictures a little, so that the same one is never learnt twice: moves, sizes, brightness. */
final class Variation {
    private static final double SHIFT = 0.05;
    private static final double STRETCH = 0.04;
    private static final double GAIN = 0.1;
    private static final double SUMMAND = 0.03;

    private static final Box WHOLE = new Box(0, 0, 1, 1);

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

    /** A picture [3, side, side] by its luminance alone. */
    static byte[] withoutColours(byte[] picture) {
        return withoutColours(picture, WHOLE);
    }

    /** A picture [3, side, side] that has no colours in a box, but its luminance. */
    static byte[] withoutColours(byte[] picture, Box box) {
        int side = BundledModel.SIDE;
        int pixels = side * side;
        byte[] grey = picture.clone();
        for (int row = within(box.top(), side); row < within(box.bottom(), side); row++) {
            for (int column = within(box.left(), side);
                    column < within(box.right(), side);
                    column++) {
                int at = row * side + column;
                byte luminance =
                        (byte)
                                luminance(
                                        Byte.toUnsignedInt(picture[at]),
                                        Byte.toUnsignedInt(picture[pixels + at]),
                                        Byte.toUnsignedInt(picture[2 * pixels + at]));
                for (int channel = 0; channel < 3; channel++) {
                    grey[channel * pixels + at] = luminance;
                }
            }
        }
        return grey;
    }

    private static int within(double share, int side) {
        return (int) Math.round(Math.max(0, Math.min(1, share)) * side);
    }

    /** How bright a colour is, from 0 to 255 as its parts (ITU-R BT.601). */
    static int luminance(int red, int green, int blue) {
        return (int) Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    }

    private static double around(double most, RandomGenerator random) {
        return (2 * random.nextDouble() - 1) * most;
    }
}
