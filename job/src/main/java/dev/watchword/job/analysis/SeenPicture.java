package dev.watchword.job.analysis;

import dev.watchword.model.picture.ClipSettings;
import java.awt.image.BufferedImage;

/** A picture as the vision tower gets it, made visible again. */
public final class SeenPicture {
    private SeenPicture() {}

    /**
     * Undoes the normalization.
     *
     * @param pixels the preprocessed picture [parts, 3, S, S]; its last part is the whole picture
     */
    public static BufferedImage of(float[] pixels, ClipSettings settings) {
        int side = settings.size();
        int area = side * side;
        int start = pixels.length - 3 * area;
        double[] mean = settings.mean().toArray();
        double[] deviation = settings.deviation().toArray();
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < area; i++) {
            int rgb = 0;
            for (int channel = 0; channel < 3; channel++) {
                double value =
                        pixels[start + channel * area + i] * deviation[channel] + mean[channel];
                rgb = rgb << 8 | (int) Math.round(255 * Math.max(0, Math.min(1, value)));
            }
            picture.setRGB(i % side, i / side, rgb);
        }
        return picture;
    }
}
