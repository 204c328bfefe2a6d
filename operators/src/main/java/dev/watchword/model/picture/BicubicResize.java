package dev.watchword.model.picture;

import java.util.Arrays;

/**
 * Pillow's antialiased bicubic resize, bit for bit: first along rows to 8 bits, then along columns,
 * in 22-bit fixed point.
 *
 * <p>Rows are taken one by one and added to the rows of the result that they count for, so besides
 * the result little memory is needed however large the source is.
 */
public final class BicubicResize {
    private static final int HALF = 1 << (BicubicAxis.PRECISION - 1);
    private static final int[] NO_PADDING = new int[Picture.CHANNELS];

    private final BicubicAxis across;
    private final BicubicAxis down;
    private final int[] padding;

    /**
     * @param padding red, green, blue around the picture, 0 to 255
     */
    BicubicResize(BicubicAxis across, BicubicAxis down, int[] padding) {
        this.across = across;
        this.down = down;
        this.padding = padding;
    }

    /** The whole picture in another size; sides from 1 up. */
    public static Picture resize(Picture picture, int width, int height) {
        BicubicAxis.Span columns = BicubicAxis.Span.unpadded(picture.width());
        BicubicAxis.Span rows = BicubicAxis.Span.unpadded(picture.height());
        return new BicubicResize(
                        BicubicAxis.of(columns, width, 0, width),
                        BicubicAxis.of(rows, height, 0, height),
                        NO_PADDING)
                .apply(picture);
    }

    /** The picture's size must be the one that the axes were made for. */
    Picture apply(Picture picture) {
        int[] sums = paddingAlone();
        int[] line = new int[Picture.CHANNELS * picture.width()];
        int[] resizedLine = new int[Picture.CHANNELS * across.places()];
        int firstOpen = 0;
        for (int row = 0; row < picture.height(); row++) {
            while (firstOpen < down.places() && down.end(firstOpen) <= row) {
                firstOpen++;
            }
            if (firstOpen < down.places() && down.first(firstOpen) <= row) {
                unpack(picture, row, line);
                resizeLine(line, resizedLine);
                addLine(row, firstOpen, resizedLine, sums);
            }
        }
        byte[] rgb = new byte[sums.length];
        for (int at = 0; at < sums.length; at++) {
            rgb[at] = (byte) clipped(sums[at]);
        }
        return new Picture(across.places(), down.places(), rgb);
    }

    /** The sums without the picture. A padding line keeps its colour when resized along the row. */
    private int[] paddingAlone() {
        int rowLength = Picture.CHANNELS * across.places();
        int[] sums = new int[rowLength * down.places()];
        Arrays.fill(sums, HALF);
        for (int at = 0; at < sums.length; at++) {
            sums[at] += padding[at % Picture.CHANNELS] * down.paddingWeight(at / rowLength);
        }
        return sums;
    }

    private static void unpack(Picture picture, int row, int[] line) {
        byte[] rgb = picture.rgb();
        int start = row * line.length;
        for (int at = 0; at < line.length; at++) {
            line[at] = rgb[start + at] & 0xFF;
        }
    }

    private void resizeLine(int[] line, int[] resized) {
        for (int place = 0; place < across.places(); place++) {
            int[] weights = across.weights(place);
            int paddingWeight = across.paddingWeight(place);
            int red = HALF + padding[0] * paddingWeight;
            int green = HALF + padding[1] * paddingWeight;
            int blue = HALF + padding[2] * paddingWeight;
            int from = Picture.CHANNELS * across.first(place);
            for (int weight : weights) {
                red += weight * line[from];
                green += weight * line[from + 1];
                blue += weight * line[from + 2];
                from += Picture.CHANNELS;
            }
            int to = Picture.CHANNELS * place;
            resized[to] = clipped(red);
            resized[to + 1] = clipped(green);
            resized[to + 2] = clipped(blue);
        }
    }

    /** Adds a row to all rows of the result that it counts for. */
    private void addLine(int row, int firstOpen, int[] resizedLine, int[] sums) {
        for (int place = firstOpen; place < down.places() && down.first(place) <= row; place++) {
            if (row < down.end(place)) {
                int weight = down.weights(place)[row - down.first(place)];
                int start = place * resizedLine.length;
                for (int at = 0; at < resizedLine.length; at++) {
                    sums[start + at] += weight * resizedLine[at];
                }
            }
        }
    }

    private static int clipped(int sum) {
        return Math.max(0, Math.min(255, sum >> BicubicAxis.PRECISION));
    }
}
