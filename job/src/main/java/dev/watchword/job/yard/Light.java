package dev.watchword.job.yard;

/**
 * How bright it is at each pixel: daylight, and what shines from the lamp and the open door. The map
 * is somewhat larger than the picture, as the camera shakes.
 */
final class Light {
    private static final double LAMP_X = 37.5;
    private static final double LAMP_Y = 23;
    private static final double DOOR_X = 23;
    private static final double DOOR_Y = 38;

    private final int red;
    private final int green;
    private final int blue;
    private final int grey;
    private final short[] glow;

    /**
     * Works it out.
     *
     * @param width pixels of the map's side
     * @param margin pixels of the map before the picture's corner
     * @param scale pixels for one 96th of the picture's side
     */
    Light(Conditions conditions, int width, int margin, double scale) {
        double dim = conditions.raining() ? 0.93 : 1;
        switch (conditions.daylight()) {
            case DAY -> {
                red = (int) (256 * dim);
                green = (int) (256 * dim);
                blue = (int) (254 * dim);
            }
            case DUSK -> {
                red = (int) (228 * dim);
                green = (int) (200 * dim);
                blue = (int) (182 * dim);
            }
            default -> {
                red = (int) (134 * dim);
                green = (int) (138 * dim);
                blue = (int) (160 * dim);
            }
        }
        grey = conditions.raining() ? 34 : 0;
        glow = new short[width * width];
        double strength =
                switch (conditions.daylight()) {
                    case DAY -> 0.35;
                    case DUSK -> 0.7;
                    case NIGHT -> 1;
                };
        if (conditions.lampOn()) {
            shine(width, margin, scale, LAMP_X, LAMP_Y, 4.5, strength * 300);
            shine(width, margin, scale, LAMP_X, LAMP_Y + 8, 19, strength * strength * 120);
        }
        if (conditions.doorOpen()) {
            shine(width, margin, scale, DOOR_X, DOOR_Y, 8, strength * strength * 130);
        }
    }

    /** Returns a pixel as it is lit; {@code place} is its index in the map. */
    int lit(int pixel, int place) {
        int shine = glow[place];
        int lightRed = red + shine;
        int lightGreen = green + (shine * 225 >> 8);
        int lightBlue = blue + (shine * 150 >> 8);
        int litRed = ((pixel >> 16) & 0xff) * lightRed >> 8;
        int litGreen = ((pixel >> 8) & 0xff) * lightGreen >> 8;
        int litBlue = (pixel & 0xff) * lightBlue >> 8;
        if (grey > 0) {
            int mean = (litRed + litGreen + litBlue) / 3;
            litRed += (mean - litRed) * grey >> 8;
            litGreen += (mean - litGreen) * grey >> 8;
            litBlue += (mean - litBlue) * grey >> 8;
        }
        return Math.min(255, litRed) << 16 | Math.min(255, litGreen) << 8 | Math.min(255, litBlue);
    }

    private void shine(
            int width, int margin, double scale, double x, double y, double radius, double peak) {
        for (int row = 0; row < width; row++) {
            double down = (row - margin) / scale - y;
            for (int column = 0; column < width; column++) {
                double across = (column - margin) / scale - x;
                double distance = (down * down + across * across) / (radius * radius);
                int place = row * width + column;
                glow[place] = (short) (glow[place] + peak * Math.exp(-distance));
            }
        }
    }
}
