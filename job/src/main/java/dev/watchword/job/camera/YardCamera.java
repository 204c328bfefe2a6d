package dev.watchword.job.camera;

import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardPainter;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.time.Instant;
import java.util.Optional;

/**
 * A camera over a drawn yard: one picture for each second of its day, as if taken at a steady rate.
 * The seed decides on what happens, and on the look; {@link ScriptedYard#day} is the truth.
 */
final class YardCamera implements Camera {

    private static final double USUAL_FRAMES_PER_SECOND = 1;
    private static final int SMALLEST_SIDE = 16;
    private static final int LARGEST_SIDE = 2048;

    private final Yard yard;
    private final YardPainter painter;
    private final CameraSettings settings;
    private final Dimension size;
    private final double nanosecondsPerFrame;
    private final Instant start;

    private long position;

    /** A camera over another yard than the seed's day. */
    YardCamera(Yard yard, long seed, CameraSettings settings, Instant start) {
        this.yard = yard;
        this.settings = settings;
        this.size = settings.format().sizeOf(new Dimension(YardPainter.SIDE, YardPainter.SIDE));
        int side = Math.max(size.width, size.height);
        this.painter = new YardPainter(Math.max(SMALLEST_SIDE, Math.min(LARGEST_SIDE, side)), seed);
        this.nanosecondsPerFrame = 1e9 / settings.framesPerSecond().orElse(USUAL_FRAMES_PER_SECOND);
        this.start = start;
    }

    static YardCamera open(long seed, CameraSettings settings, Timekeeper timekeeper) {
        Instant start = settings.start().orElseGet(timekeeper::now);
        return new YardCamera(ScriptedYard.day(seed), seed, settings, start);
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public Optional<CapturedFrame> next() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!settings.loop() && position >= yard.seconds()) {
            return Optional.empty();
        }
        int second = (int) (position % yard.seconds());
        Instant capturedAt = start.plusNanos(Math.round(position * nanosecondsPerFrame));
        position++;
        return Optional.of(new CapturedFrame(capturedAt, picture(second)));
    }

    @Override
    public void close() {
        // It holds nothing but memory.
    }

    private Picture picture(int second) {
        if (!settings.format().hasSize()) {
            return new Picture(painter.jpeg(yard, second), MediaType.JPEG);
        }
        BufferedImage image = painter.paint(yard, second);
        return JpegEncoder.encode(inSize(image), settings.format().quality());
    }

    private BufferedImage inSize(BufferedImage image) {
        if (image.getWidth() == size.width && image.getHeight() == size.height) {
            return image;
        }
        BufferedImage sized =
                new BufferedImage(size.width, size.height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = sized.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, size.width, size.height, null);
        graphics.dispose();
        return sized;
    }
}
