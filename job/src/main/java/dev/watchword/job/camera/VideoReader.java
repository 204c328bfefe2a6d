package dev.watchword.job.camera;

import dev.watchword.job.retry.Timekeeper;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Reads and decodes the pictures of one opened source, one after the other. Only those that are
 * asked for are converted. Used by one thread.
 */
final class VideoReader implements AutoCloseable {

    private static final Duration BETWEEN_POLLS = Duration.ofMillis(5);
    private static final long NANOSECONDS_PER_SECOND = 1_000_000_000L;
    private static final double USUAL_FRAMES_PER_SECOND = 25;

    /** A source may send for a while before it sends a picture that stands by itself. */
    private static final int PATIENCE_FOR_A_PICTURE = 6;

    private final VideoSource source;
    private final Duration patience;
    private final Timekeeper timekeeper;
    private final ReadGuard guard;
    private final AVFormatContext format;
    private final AVStream stream;
    private final AVCodecContext decoder;

    private final PresentationClock clock = new PresentationClock();
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final AVFrame picture = avutil.av_frame_alloc();
    private final PictureScaler scaler = new PictureScaler();

    private long position;
    private boolean closed;

    /** Takes over what {@link VideoOpener} opened. */
    VideoReader(
            VideoSource source,
            Duration patience,
            Timekeeper timekeeper,
            ReadGuard guard,
            AVFormatContext format,
            AVStream stream,
            AVCodecContext decoder) {
        this.source = source;
        this.patience = patience;
        this.timekeeper = timekeeper;
        this.guard = guard;
        this.format = format;
        this.stream = stream;
        this.decoder = decoder;
    }

    /** Such as {@code h264, 1920 x 1080}. */
    String description() {
        return "%s, %d x %d"
                .formatted(decoder.codec().name().getString(), decoder.width(), decoder.height());
    }

    /** Whether the source has a length, as a recording has and a camera has not. */
    boolean hasLength() {
        boolean lengthIsKnown = format.duration() != avutil.AV_NOPTS_VALUE && format.duration() > 0;
        return source.isFile() || lengthIsKnown;
    }

    /**
     * Goes to the next picture.
     *
     * @return whether there is one; false at the source's end
     * @throws CameraException if the source fails or falls silent
     */
    boolean advance() throws CameraException, InterruptedException {
        long begin = timekeeper.nanoTime();
        while (true) {
            int received = avcodec.avcodec_receive_frame(decoder, picture);
            if (received >= 0) {
                position = clock.next(presentationTime(), frameLength());
                return true;
            }
            if (received == avutil.AVERROR_EOF) {
                return false;
            }
            long waited = timekeeper.nanoTime() - begin;
            if (!source.isFile() && waited > PATIENCE_FOR_A_PICTURE * patience.toNanos()) {
                throw CameraException.passing("it sends no picture that can be decoded");
            }
            feedDecoder();
        }
    }

    /** The present picture's time since the first one, in nanoseconds; rises. */
    long position() {
        return position;
    }

    /** How long a picture usually stands, in nanoseconds. */
    long frameLength() {
        AVRational rate = stream.avg_frame_rate();
        double perSecond =
                rate.num() > 0 && rate.den() > 0
                        ? (double) rate.num() / rate.den()
                        : USUAL_FRAMES_PER_SECOND;
        return (long) (NANOSECONDS_PER_SECOND / Math.min(1000, Math.max(0.1, perSecond)));
    }

    /** The present picture in the wanted size, upright. */
    BufferedImage picture(PictureFormat wanted) throws CameraException {
        return scaler.scaled(picture, wanted);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        scaler.close();
        avutil.av_frame_free(picture);
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(decoder);
        avformat.avformat_close_input(format);
        guard.close();
    }

    /** Gives the decoder one packet of the video, or tells it that there are no more. */
    private void feedDecoder() throws CameraException, InterruptedException {
        guard.restart();
        while (true) {
            int result = avformat.av_read_frame(format, packet);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (result == avutil.AVERROR_EOF) {
                avcodec.avcodec_send_packet(decoder, null);
                return;
            }
            if (result < 0) {
                waitOrFail(result);
                continue;
            }
            boolean isVideo = packet.stream_index() == stream.index();
            if (isVideo) {
                // A broken packet gives no picture; the next one may.
                avcodec.avcodec_send_packet(decoder, packet);
            }
            avcodec.av_packet_unref(packet);
            if (isVideo) {
                return;
            }
        }
    }

    private void waitOrFail(int result) throws CameraException, InterruptedException {
        if (!source.isFile() && guard.isExpired()) {
            throw VideoOpener.silent(patience);
        }
        if (result != avutil.AVERROR_EAGAIN()) {
            throw CameraException.passing(FfmpegLibrary.describe(result));
        }
        timekeeper.sleep(BETWEEN_POLLS);
    }

    private OptionalLong presentationTime() {
        long time = picture.best_effort_timestamp();
        AVRational base = stream.time_base();
        return time == avutil.AV_NOPTS_VALUE
                ? OptionalLong.empty()
                : OptionalLong.of(
                        avutil.av_rescale(time, NANOSECONDS_PER_SECOND * base.num(), base.den()));
    }
}
