package dev.watchword.job.camera;

import dev.watchword.job.retry.Backoff;
import dev.watchword.job.retry.Timekeeper;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/** Opens a source and finds its video and the decoder for it. */
final class VideoOpener {

    /** Errors that no waiting heals; to repeat a wrong password may lock the camera's account. */
    private static final Set<Integer> PERMANENT_ERRORS =
            Set.of(
                    avutil.AVERROR_PROTOCOL_NOT_FOUND,
                    avutil.AVERROR_HTTP_UNAUTHORIZED,
                    avutil.AVERROR_HTTP_FORBIDDEN);

    /** FFmpeg paints text files as if they were films. */
    private static final Set<Integer> TEXT_CODECS =
            Set.of(
                    avcodec.AV_CODEC_ID_ANSI,
                    avcodec.AV_CODEC_ID_BINTEXT,
                    avcodec.AV_CODEC_ID_XBIN,
                    avcodec.AV_CODEC_ID_IDF);

    /** At most this long a live source is studied before its pictures are taken. */
    private static final Duration LIVE_ANALYSIS = Duration.ofSeconds(2);

    private final VideoSource source;
    private final Duration patience;
    private final ReadGuard guard;

    private VideoOpener(VideoSource source, Duration patience, ReadGuard guard) {
        this.source = source;
        this.patience = patience;
        this.guard = guard;
    }

    /**
     * @param patience how long the source may be silent
     * @throws CameraException without the source's name, which the caller knows
     */
    static VideoReader open(VideoSource source, Duration patience, Timekeeper timekeeper)
            throws CameraException, InterruptedException {
        FfmpegLibrary.load();
        ReadGuard guard = new ReadGuard(patience, timekeeper);
        VideoOpener opener = new VideoOpener(source, patience, guard);
        try {
            AVFormatContext format = opener.openFormat();
            try {
                AVStream stream = opener.findVideo(format);
                AVCodecContext decoder = opener.openDecoder(stream);
                return new VideoReader(
                        source, patience, timekeeper, guard, format, stream, decoder);
            } catch (CameraException | InterruptedException failed) {
                avformat.avformat_close_input(format);
                throw failed;
            }
        } catch (CameraException | InterruptedException failed) {
            guard.close();
            throw failed;
        }
    }

    static CameraException silent(Duration patience) {
        return CameraException.passing("silent for " + Backoff.inWords(patience));
    }

    private AVFormatContext openFormat() throws CameraException, InterruptedException {
        AVFormatContext format = avformat.avformat_alloc_context();
        format.interrupt_callback().callback(guard);
        AVInputFormat demuxer = demuxer();
        if (source.demuxer().isPresent()) {
            // A device is polled, for a read that waits in the kernel cannot be interrupted.
            format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
        }
        if (!source.isFile()) {
            format.max_analyze_duration(LIVE_ANALYSIS.toNanos() / 1000);
        }
        AVDictionary options = new AVDictionary(null);
        for (Map.Entry<String, String> option : source.options().entrySet()) {
            avutil.av_dict_set(options, option.getKey(), option.getValue(), 0);
        }
        try {
            requireSuccess(avformat.avformat_open_input(format, source.url(), demuxer, options));
            requireAllUnderstood(options, format);
            return format;
        } finally {
            avutil.av_dict_free(options);
        }
    }

    private AVInputFormat demuxer() throws CameraException {
        if (source.demuxer().isEmpty()) {
            return null;
        }
        AVInputFormat demuxer = avformat.av_find_input_format(source.demuxer().get());
        if (demuxer == null) {
            throw CameraException.permanent(
                    "this FFmpeg cannot read " + source.demuxer().get() + " devices");
        }
        return demuxer;
    }

    private static void requireAllUnderstood(AVDictionary options, AVFormatContext format)
            throws CameraException {
        AVDictionaryEntry first =
                avutil.av_dict_get(options, "", null, avutil.AV_DICT_IGNORE_SUFFIX);
        if (first != null) {
            String name = first.key().getString();
            avformat.avformat_close_input(format);
            throw CameraException.permanent("FFmpeg has no option \"" + name + "\" for it");
        }
    }

    private AVStream findVideo(AVFormatContext format)
            throws CameraException, InterruptedException {
        guard.restart();
        requireSuccess(avformat.avformat_find_stream_info(format, (PointerPointer<?>) null));
        int index =
                avformat.av_find_best_stream(
                        format, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (index < 0 || TEXT_CODECS.contains(format.streams(index).codecpar().codec_id())) {
            // A camera that has just started may have no picture yet; a file will never have one.
            String message = "there is no video in it";
            throw source.isFile()
                    ? CameraException.permanent(message)
                    : CameraException.passing(message);
        }
        for (int other = 0; other < format.nb_streams(); other++) {
            if (other != index) {
                format.streams(other).discard(avcodec.AVDISCARD_ALL);
            }
        }
        return format.streams(index);
    }

    private AVCodecContext openDecoder(AVStream stream)
            throws CameraException, InterruptedException {
        AVCodec codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
        if (codec == null) {
            throw CameraException.permanent(
                    "this FFmpeg has no decoder for its video, "
                            + avcodec.avcodec_get_name(stream.codecpar().codec_id()).getString());
        }
        AVCodecContext decoder = avcodec.avcodec_alloc_context3(codec);
        decoder.max_pixels(PictureDecoder.MOST_PIXELS);
        if (source.isFile()) {
            decoder.thread_count(0);
        } else {
            // Threads that each decode a picture of their own would hold pictures back.
            decoder.thread_type(AVCodecContext.FF_THREAD_SLICE);
            decoder.flags(decoder.flags() | avcodec.AV_CODEC_FLAG_LOW_DELAY);
        }
        try {
            requireSuccess(avcodec.avcodec_parameters_to_context(decoder, stream.codecpar()));
            requireSuccess(avcodec.avcodec_open2(decoder, codec, (PointerPointer<?>) null));
            return decoder;
        } catch (CameraException | InterruptedException failed) {
            avcodec.avcodec_free_context(decoder);
            throw failed;
        }
    }

    private void requireSuccess(int result) throws CameraException, InterruptedException {
        if (result >= 0) {
            return;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!source.isFile() && guard.isExpired()) {
            throw silent(patience);
        }
        String message = FfmpegLibrary.describe(result);
        throw source.isFile() || PERMANENT_ERRORS.contains(result)
                ? CameraException.permanent(message)
                : CameraException.passing(message);
    }
}
