package dev.watchword.job.yard;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A fixed camera over a yard. A picture follows from the yard, the second, the side and the camera's
 * seed alone; at another side it is the same drawing, larger or smaller.
 *
 * <p>One painter serves one thread at a time, as it keeps its canvas and its backgrounds; several
 * threads have one each.
 */
public final class YardPainter {
    /** The usual side of a picture, in pixels. */
    public static final int SIDE = 192;

    /** In how many units the drawing divides the side. */
    static final int UNITS = 96;

    private static final double SHAKE = 0.015;
    private static final int WORST_QUALITY = 70;
    private static final int BEST_QUALITY = 92;

    private record Background(int[] pixels, Light light) {}

    private final int side;
    private final long cameraSeed;
    private final Shades shades;
    private final int margin;
    private final double scale;
    private final BufferedImage canvas;
    private final int[] pixels;
    private final Backdrop backdrop;
    private final Map<Conditions, Background> backgrounds = new HashMap<>();
    private final ImageWriter writer;
    private final ImageWriteParam quality;

    /**
     * Sets a camera up that sees things in their usual shades.
     *
     * @param side of its pictures in pixels, at least 16
     * @param cameraSeed decides on the house's colours, the camera's shaking, and its noise
     */
    public YardPainter(int side, long cameraSeed) {
        this(side, cameraSeed, Shades.USUAL);
    }

    /**
     * Sets a camera up.
     *
     * @param side of its pictures in pixels, at least 16
     * @param cameraSeed decides on the house's colours, the camera's shaking, and its noise
     * @param shades of the things that it sees
     */
    public YardPainter(int side, long cameraSeed, Shades shades) {
        if (side < 16) {
            throw new IllegalArgumentException(
                    "A picture's side is at least 16 pixels, not " + side);
        }
        this.side = side;
        this.cameraSeed = cameraSeed;
        this.shades = shades;
        this.scale = side / (double) UNITS;
        this.margin = (int) Math.ceil(side * SHAKE) + 1;
        this.canvas = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        this.pixels = ((DataBufferInt) canvas.getRaster().getDataBuffer()).getData();
        this.backdrop = new Backdrop(cameraSeed);
        this.writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        this.quality = writer.getDefaultWriteParam();
        this.quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    }

    /** Draws the picture of a second; the caller may keep it and change it. */
    public BufferedImage paint(Yard yard, int second) {
        long seed = Seeds.mix(cameraSeed, second);
        Moment moment = yard.at(second);
        draw(moment, seed, shake(seed, 1), shake(seed, 2));
        Daylight daylight = moment.conditions().daylight();
        Sensor.addNoise(pixels, side, Seeds.mix(seed, 4), noise(daylight));
        return copy();
    }

    /** Draws the picture of a second as a better camera would see it, without shake and noise. */
    BufferedImage paintClean(Yard yard, int second) {
        draw(yard.at(second), Seeds.mix(cameraSeed, second), 0, 0);
        return copy();
    }

    private void draw(Moment moment, long seed, int right, int down) {
        Conditions conditions = moment.conditions();
        Background background = backgrounds.computeIfAbsent(conditions, this::background);
        int start = (margin - down) * width() + margin - right;
        for (int row = 0; row < side; row++) {
            System.arraycopy(background.pixels(), start + row * width(), pixels, row * side, side);
        }
        drawThings(moment, right, down);
        light(background.light(), start);
        if (conditions.raining()) {
            Sensor.addRain(pixels, side, Seeds.mix(seed, 3), conditions.daylight());
        }
    }

    /** Draws the picture of a second as a JPEG file of a quality that varies. */
    public byte[] jpeg(Yard yard, int second) {
        BufferedImage image = paint(yard, second);
        long seed = Seeds.mix(cameraSeed, second);
        quality.setCompressionQuality(
                (float) (Seeds.between(seed, 5, WORST_QUALITY, BEST_QUALITY) / 100));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), quality);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a picture to memory", e);
        } finally {
            writer.setOutput(null);
        }
        return bytes.toByteArray();
    }

    private int width() {
        return side + 2 * margin;
    }

    private int shake(long seed, int which) {
        return (int) Math.round(Seeds.between(seed, which, -SHAKE, SHAKE) * side);
    }

    private static double noise(Daylight daylight) {
        return switch (daylight) {
            case DAY -> 3.5;
            case DUSK -> 5;
            case NIGHT -> 7;
        };
    }

    private Background background(Conditions conditions) {
        BufferedImage image = new BufferedImage(width(), width(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.translate(margin, margin);
        graphics.scale(scale, scale);
        backdrop.draw(graphics, conditions);
        graphics.dispose();
        return new Background(
                ((DataBufferInt) image.getRaster().getDataBuffer()).getData(),
                new Light(conditions, width(), margin, scale));
    }

    private void drawThings(Moment moment, int right, int down) {
        Graphics2D graphics = canvas.createGraphics();
        graphics.translate(right, down);
        graphics.scale(scale, scale);
        ThingArtist artist = new ThingArtist(graphics, shades);
        for (Placement placement : Placement.of(moment.sightings(), moment.second())) {
            artist.draw(placement, moment.second());
        }
        graphics.dispose();
    }

    private void light(Light light, int start) {
        for (int row = 0; row < side; row++) {
            int place = start + row * width();
            int at = row * side;
            for (int column = 0; column < side; column++) {
                pixels[at + column] = light.lit(pixels[at + column], place + column);
            }
        }
    }

    private BufferedImage copy() {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
        byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int index = 0, at = 0; index < pixels.length; index++) {
            int pixel = pixels[index];
            bytes[at++] = (byte) pixel;
            bytes[at++] = (byte) (pixel >> 8);
            bytes[at++] = (byte) (pixel >> 16);
        }
        return image;
    }
}
