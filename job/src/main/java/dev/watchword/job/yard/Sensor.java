package dev.watchword.job.yard;

import java.util.SplittableRandom;

/** What a camera's sensor adds: noise; and the rain that falls before it. */
final class Sensor {
    private static final int TABLE = 1 << 14;
    private static final int DROPS = 70;
    private static final byte[] NOISE = noise();

    private Sensor() {}

    /** Adds noise to pixels; {@code strength} is its standard deviation. */
    static void addNoise(int[] pixels, int width, long seed, double strength) {
        int factor = (int) (strength * 16);
        int rows = pixels.length / width;
        for (int row = 0; row < rows; row++) {
            int start = (int) (Seeds.mix(seed, row) >>> 32) & 0x7fffffff;
            for (int column = 0; column < width; column++) {
                int place = row * width + column;
                int at = start + column * 3;
                int common = NOISE[at & (TABLE - 1)] * 3;
                int pixel = pixels[place];
                pixels[place] =
                        clamp(((pixel >> 16) & 0xff) + noise(common, at + 5000, factor)) << 16
                                | clamp(((pixel >> 8) & 0xff) + noise(common, at + 7001, factor))
                                        << 8
                                | clamp((pixel & 0xff) + noise(common, at + 9002, factor));
            }
        }
    }

    /** Lets drops fall, slanted, each a light streak. */
    static void addRain(int[] pixels, int width, long seed, Daylight daylight) {
        SplittableRandom random = new SplittableRandom(seed);
        double scale = width / (double) YardPainter.UNITS;
        int brightness =
                switch (daylight) {
                    case DAY -> 232;
                    case DUSK -> 205;
                    case NIGHT -> 150;
                };
        int thick = Math.max(1, (int) Math.round(scale / 2));
        for (int drop = 0; drop < DROPS; drop++) {
            double x = random.nextDouble(-4, 100) * scale;
            double y = random.nextDouble(-6, 96) * scale;
            int steps = (int) (random.nextDouble(4, 8) * scale);
            int strength = random.nextInt(60, 125);
            for (int step = 0; step < steps; step++) {
                int row = (int) y + step;
                int column = (int) (x - step * 0.28);
                for (int beside = 0; beside < thick; beside++) {
                    blend(pixels, width, row, column + beside, brightness, strength);
                }
            }
        }
    }

    private static void blend(
            int[] pixels, int width, int row, int column, int brightness, int strength) {
        if (row < 0 || row >= pixels.length / width || column < 0 || column >= width) {
            return;
        }
        int place = row * width + column;
        int pixel = pixels[place];
        int red = (pixel >> 16) & 0xff;
        int green = (pixel >> 8) & 0xff;
        int blue = pixel & 0xff;
        pixels[place] =
                red + ((brightness - red) * strength >> 8) << 16
                        | green + ((brightness - green) * strength >> 8) << 8
                        | blue + ((brightness + 6 - blue) * strength >> 8);
    }

    private static int noise(int common, int at, int factor) {
        return (common + NOISE[at & (TABLE - 1)] * 2) * factor >> 11;
    }

    private static int clamp(int value) {
        return value < 0 ? 0 : Math.min(value, 255);
    }

    /** A table of normal numbers, 35 being one standard deviation. */
    private static byte[] noise() {
        SplittableRandom random = new SplittableRandom(0x6e6f69);
        byte[] table = new byte[TABLE];
        for (int index = 0; index < TABLE; index++) {
            double normal =
                    Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
                            * Math.cos(2 * Math.PI * random.nextDouble());
            table[index] = (byte) Math.max(-127, Math.min(127, Math.round(normal * 35)));
        }
        return table;
    }
}
