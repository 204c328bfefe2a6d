package dev.watchword.job.camera;

import dev.watchword.schemas.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One camera, and how its pictures are to be published. A value out of its bounds is an {@link
 * IllegalArgumentException} whose message can follow the name of whoever gave the value.
 *
 * @param stream the stream that its frames belong to
 * @param source an address that FFmpeg opens ({@code rtsp://}, {@code http://}), a video file, a
 *     folder of JPEG and PNG pictures, a webcam ({@code /dev/videoN}), or the drawn day of a yard
 *     ({@code yard:SEED})
 * @param framesPerSecond how many pictures to publish of each second; empty: all of a video, one a
 *     second of a folder; the seconds of a yard's day, a picture each, pass at this rate
 * @param format their size and quality
 * @param loop whether a file, folder or yard begins again when it ends
 * @param realTime whether a file, folder or yard takes as long as what it shows; otherwise it is
 *     published as fast as it can be
 * @param start when the first picture of a file, folder or yard was taken; empty: now
 * @param firstSequence the first frame's sequence; empty: the epoch millisecond of the start, so
 *     that a camera that starts again never repeats one
 * @param patience how long a live source may be silent before it counts as lost
 * @param options further options of FFmpeg's for the source, by their names
 */
public record CameraSettings(
        String stream,
        String source,
        OptionalDouble framesPerSecond,
        PictureFormat format,
        boolean loop,
        boolean realTime,
        Optional<Instant> start,
        OptionalLong firstSequence,
        Duration patience,
        Map<String, String> options) {

    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);
    public static final Duration LONGEST_PATIENCE = Duration.ofHours(1);
    public static final double MOST_FRAMES_PER_SECOND = 1000;

    public CameraSettings {
        StreamName.problem(stream)
                .ifPresent(
                        problem -> {
                            throw new IllegalArgumentException(problem);
                        });
        if (source.isBlank()) {
            throw new IllegalArgumentException(
                    "the source is empty; name an address, file or folder");
        }
        if (framesPerSecond.isPresent() && !isRate(framesPerSecond.getAsDouble())) {
            throw new IllegalArgumentException(
                    "the frames per second are a number above 0 and at most 1000, not "
                            + framesPerSecond.getAsDouble());
        }
        if (firstSequence.isPresent() && firstSequence.getAsLong() < 0) {
            throw new IllegalArgumentException(
                    "the first sequence is a number from 0, not " + firstSequence.getAsLong());
        }
        if (patience.compareTo(Duration.ofMillis(1)) < 0
                || patience.compareTo(LONGEST_PATIENCE) > 0) {
            throw new IllegalArgumentException(
                    "the patience with a silent source is more than 0 and at most 3600 seconds, not %s"
                            .formatted(patience.toMillis() / 1e3));
        }
        options = Map.copyOf(options);
    }

    /** Begins with every picture, unchanged, in real time, once. */
    public static Builder builder(String stream, String source) {
        return new Builder(stream, source);
    }

    private static boolean isRate(double framesPerSecond) {
        return framesPerSecond > 0 && framesPerSecond <= MOST_FRAMES_PER_SECOND;
    }

    /** Collects what is not as by default. */
    public static final class Builder {

        private final String stream;
        private final String source;
        private OptionalDouble framesPerSecond = OptionalDouble.empty();
        private PictureFormat format = PictureFormat.unchanged();
        private boolean loop;
        private boolean realTime = true;
        private Optional<Instant> start = Optional.empty();
        private OptionalLong firstSequence = OptionalLong.empty();
        private Duration patience = DEFAULT_PATIENCE;
        private Map<String, String> options = Map.of();

        private Builder(String stream, String source) {
            this.stream = stream;
            this.source = source;
        }

        public Builder framesPerSecond(double value) {
            framesPerSecond = OptionalDouble.of(value);
            return this;
        }

        public Builder format(PictureFormat value) {
            format = value;
            return this;
        }

        public Builder loop(boolean value) {
            loop = value;
            return this;
        }

        public Builder realTime(boolean value) {
            realTime = value;
            return this;
        }

        public Builder start(Instant value) {
            start = Optional.of(value);
            return this;
        }

        public Builder firstSequence(long value) {
            firstSequence = OptionalLong.of(value);
            return this;
        }

        public Builder patience(Duration value) {
            patience = value;
            return this;
        }

        public Builder options(Map<String, String> value) {
            options = value;
            return this;
        }

        /**
         * @throws IllegalArgumentException if a value is out of its bounds
         */
        public CameraSettings build() {
            return new CameraSettings(
                    stream,
                    source,
                    framesPerSecond,
                    format,
                    loop,
                    realTime,
                    start,
                    firstSequence,
                    patience,
                    options);
        }
    }
}
