package dev.watchword.model.picture;

/**
 * Resizing to the nearest pixel, as the public code does with the frames of a video before CLIP's
 * own preprocessing: {@code torch.nn.functional.interpolate} in its mode {@code nearest}.
 */
public final class NearestResize {
    private NearestResize() {}

    /** The picture in another size; its shape may change. */
    public static Picture resize(Picture picture, int width, int height) {
        int[] columns = sources(picture.width(), width);
        int[] rows = sources(picture.height(), height);
        byte[] from = picture.rgb();
        byte[] to = new byte[3 * width * height];
        int at = 0;
        for (int row : rows) {
            for (int column : columns) {
                int pixel = 3 * (row * picture.width() + column);
                to[at++] = from[pixel];
                to[at++] = from[pixel + 1];
                to[at++] = from[pixel + 2];
            }
        }
        return new Picture(width, height, to);
    }

    /** For each pixel of a side, the one it is taken from; in float32, as there. */
    private static int[] sources(int from, int to) {
        float scale = (float) from / to;
        int[] sources = new int[to];
        for (int i = 0; i < to; i++) {
            sources[i] = Math.min((int) Math.floor(i * scale), from - 1);
        }
        return sources;
    }
}
