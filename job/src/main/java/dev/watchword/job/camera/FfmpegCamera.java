package dev.watchword.job.camera;

import dev.watchword.job.retry.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whatever FFmpeg opens: a video file, a network camera, a webcam. A source with a length is a
 * recording: its pictures carry its own times, counted from a given start, and it ends. Any other
 * is live: its pictures carry the time of their arrival, and its end is a failure.
 */
final class FfmpegCamera implements Camera {

    private final VideoSource source;
    private final PictureFormat wanted;
    private final boolean loop;
    private final Duration patience;
    private final Timekeeper timekeeper;
    private final FramePicker picker;
    private final Instant start;
    private final boolean live;
    private final long openedAt;

    private VideoReader reader;
    private long roundBegin;
    private long roundLength;

    private FfmpegCamera(
            VideoSource source,
            CameraSettings settings,
            Timekeeper timekeeper,
            VideoReader reader) {
        this.source = source;
        this.wanted = settings.format();
        this.loop = settings.loop();
        this.patience = settings.patience();
        this.timekeeper = timekeeper;
        this.picker = new FramePicker(settings.framesPerSecond());
        this.start = settings.start().orElseGet(timekeeper::now);
        this.live = !reader.hasLength();
        this.openedAt = timekeeper.nanoTime();
        this.reader = reader;
    }

    /** Opens the source; it must answer within the settings' patience. */
    static FfmpegCamera open(VideoSource source, CameraSettings settings, Timekeeper timekeeper)
            throws CameraException, InterruptedException {
        VideoReader reader = VideoOpener.open(source, settings.patience(), timekeeper);
        return new FfmpegCamera(source, settings, timekeeper, reader);
    }

    /** Such as {@code h264, 1920 x 1080}. */
    String description() {
        return reader.description();
    }

    @Override
    public boolean isLive() {
        return live;
    }

    @Override
    public Optional<CapturedFrame> next() throws CameraException, InterruptedException {
        while (advance()) {
            Instant arrival = timekeeper.now();
            long position =
                    live ? timekeeper.nanoTime() - openedAt : roundBegin + reader.position();
            if (picker.chooses(position)) {
                Picture picture = JpegEncoder.encode(reader.picture(wanted), wanted.quality());
                Instant capturedAt = live ? arrival : start.plusNanos(position);
                return Optional.of(new CapturedFrame(capturedAt, picture));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        reader.close();
    }

    private boolean advance() throws CameraException, InterruptedException {
        boolean advanced = reader.advance();
        if (!advanced && live) {
            throw CameraException.passing("it ended its stream");
        }
        if (!advanced && loop && roundLength > 0) {
            beginNextRound();
            advanced = reader.advance();
        }
        if (advanced) {
            roundLength = reader.position() + reader.frameLength();
        }
        return advanced;
    }

    private void beginNextRound() throws CameraException, InterruptedException {
        reader.close();
        reader = VideoOpener.open(source, patience, timekeeper);
        roundBegin += roundLength;
        roundLength = 0;
    }
}
