package dev.watchword.job.cli;

import dev.watchword.job.camera.CameraSettings;
import dev.watchword.job.camera.PictureFormat;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** The flags that say how one camera's pictures are published. */
final class CameraOptions {
    static final String HEADING = "%nHow the pictures of that stream are published:%n";

    @Option(
            names = "--fps",
            paramLabel = "N",
            description =
                    "Pictures of each second, such as 2 or 0.1; all if not given. Of a folder or yard: how fast its pictures pass, one a second if not given.")
    private Optional<Double> framesPerSecond = Optional.empty();

    @Option(
            names = "--width",
            paramLabel = "PIXELS",
            description =
                    "Of the pictures. With the height left out, that follows; without both, the size stays.")
    private Optional<Integer> width = Optional.empty();

    @Option(names = "--height", paramLabel = "PIXELS", description = "Of the pictures.")
    private Optional<Integer> height = Optional.empty();

    @Option(
            names = "--quality",
            paramLabel = "N",
            description =
                    "Of the JPEG, 1 to 100: " + PictureFormat.DEFAULT_QUALITY + " if not given.")
    private int quality = PictureFormat.DEFAULT_QUALITY;

    @Option(names = "--loop", description = "Begin a file, folder or yard again when it ends.")
    private boolean loop;

    @Option(
            names = "--realtime",
            description = "Let a file, folder or yard take as long as what it shows. The default.")
    private boolean realTime;

    @Option(names = "--fast", description = "Publish a file, folder or yard as fast as it can be.")
    private boolean fast;

    @Option(
            names = "--first-sequence",
            paramLabel = "N",
            description =
                    "The first frame's number; the time in milliseconds if not given, so that a stream can be taken up again.")
    private Optional<Long> firstSequence = Optional.empty();

    /**
     * The settings of the stream's camera.
     *
     * @throws IllegalArgumentException when a flag's value is out of its bounds
     */
    CameraSettings settings(String stream, String source) {
        if (realTime && fast) {
            throw new IllegalArgumentException("--realtime and --fast exclude each other");
        }
        CameraSettings.Builder settings =
                CameraSettings.builder(stream, source)
                        .format(new PictureFormat(side(width), side(height), quality))
                        .loop(loop)
                        .realTime(!fast);
        framesPerSecond.ifPresent(settings::framesPerSecond);
        firstSequence.ifPresent(settings::firstSequence);
        return settings.build();
    }

    private static OptionalInt side(Optional<Integer> pixels) {
        return pixels.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }
}
