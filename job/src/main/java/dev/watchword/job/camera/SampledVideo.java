package dev.watchword.job.camera;

import dev.watchword.job.retry.Timekeeper;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One picture for every second of a recorded video, the one in the middle of the second, as
 * LLaVA-Mini's public code samples videos.
 */
public final class SampledVideo {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double NANOSECONDS_PER_SECOND = 1e9;

    private final VideoSource source;

    /**
     * @throws CameraException if there is no such file
     */
    public SampledVideo(Path file) throws CameraException {
        if (!Files.isRegularFile(file)) {
            throw CameraException.permanent("there is no such file");
        }
        this.source = VideoSource.file(file, Map.of());
    }

    /**
     * Decodes the video, twice: to count its pictures, and to take some.
     *
     * @param pictures takes them in their order, 8 bits each of blue, green and red
     * @return how many there were
     * @throws CameraException if it cannot be decoded, or holds no picture
     */
    public int forEach(Consumer<BufferedImage> pictures)
            throws CameraException, InterruptedException {
        TreeSet<Long> wanted = middleOfEverySecond();
        try (VideoReader reader = open()) {
            for (long index = 0; index <= wanted.last() && reader.advance(); index++) {
                if (wanted.contains(index)) {
                    pictures.accept(reader.picture(PictureFormat.unchanged()));
                }
            }
        }
        return wanted.size();
    }

    private TreeSet<Long> middleOfEverySecond() throws CameraException, InterruptedException {
        long total = 0;
        double perSecond;
        try (VideoReader reader = open()) {
            while (reader.advance()) {
                total++;
            }
            perSecond = NANOSECONDS_PER_SECOND / reader.frameLength();
        }
        if (total == 0) {
            throw CameraException.permanent("it holds no picture");
        }
        long seconds = Math.max(1, (long) (total / perSecond));
        double length = (double) (total - 1) / seconds;
        TreeSet<Long> wanted = new TreeSet<>();
        for (long second = 0; second < seconds; second++) {
            // The public code rounds halves to even numbers, as rint does.
            long start = (long) Math.rint(length * second);
            long end = (long) Math.rint(length * (second + 1));
            wanted.add((start + end) / 2);
        }
        return wanted;
    }

    private VideoReader open() throws CameraException, InterruptedException {
        return VideoOpener.open(source, PATIENCE, Timekeeper.system());
    }
}
