package dev.watchword.job.camera;

import dev.watchword.job.retry.Timekeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The JPEG and PNG pictures of a folder, in the order of their names, as if taken at a steady rate.
 * They pass through unchanged unless a size is asked for. A file that holds no such picture is left
 * out and reported.
 */
final class PictureFolder implements Camera {

    private static final double USUAL_FRAMES_PER_SECOND = 1;

    private final Path folder;
    private final List<Path> files;
    private final CameraSettings settings;
    private final Consumer<CameraReport> reports;
    private final double nanosecondsPerFrame;
    private final Instant start;

    private Optional<PictureScaler> scaler = Optional.empty();
    private long position;
    private long leftOutInARow;

    private PictureFolder(
            Path folder,
            List<Path> files,
            CameraSettings settings,
            Consumer<CameraReport> reports,
            Instant start) {
        this.folder = folder;
        this.files = files;
        this.settings = settings;
        this.reports = reports;
        this.nanosecondsPerFrame = 1e9 / settings.framesPerSecond().orElse(USUAL_FRAMES_PER_SECOND);
        this.start = start;
    }

    /**
     * Lists the folder's pictures; files that come later are not seen.
     *
     * @throws CameraException if it has none
     */
    static PictureFolder open(
            Path folder,
            CameraSettings settings,
            Consumer<CameraReport> reports,
            Timekeeper timekeeper)
            throws CameraException {
        List<Path> files = picturesOf(folder);
        if (files.isEmpty()) {
            throw CameraException.permanent(
                    "The folder " + folder + " has no .jpg, .jpeg or .png files.");
        }
        if (settings.format().hasSize()) {
            FfmpegLibrary.load();
        }
        Instant start = settings.start().orElseGet(timekeeper::now);
        return new PictureFolder(folder, files, settings, reports, start);
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public Optional<CapturedFrame> next() throws CameraException, InterruptedException {
        while (settings.loop() || position < files.size()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (leftOutInARow == files.size()) {
                throw CameraException.permanent(
                        "None of the files in " + folder + " holds a picture that can be read.");
            }
            Path file = files.get((int) (position % files.size()));
            Instant capturedAt = start.plusNanos(Math.round(position * nanosecondsPerFrame));
            position++;
            try {
                Picture picture = read(file);
                leftOutInARow = 0;
                return Optional.of(new CapturedFrame(capturedAt, picture));
            } catch (IOException unusable) {
                leftOutInARow++;
                reports.accept(new CameraReport.Skipped(file + ": " + unusable.getMessage()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        scaler.ifPresent(PictureScaler::close);
        scaler = Optional.empty();
    }

    private Picture read(Path file) throws IOException, CameraException {
        byte[] bytes = Files.readAllBytes(file);
        MediaType mediaType =
                MediaType.of(bytes)
                        .orElseThrow(() -> new IOException("it is neither JPEG nor PNG"));
        Picture picture = new Picture(bytes, mediaType);
        PictureFormat format = settings.format();
        if (!format.hasSize()) {
            return picture;
        }
        if (scaler.isEmpty()) {
            scaler = Optional.of(new PictureScaler());
        }
        return JpegEncoder.encode(
                scaler.get().scaled(PictureDecoder.decode(picture), format), format.quality());
    }

    private static List<Path> picturesOf(Path folder) throws CameraException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(PictureFolder::hasPictureName)
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        } catch (IOException failed) {
            throw CameraException.permanent("The folder " + folder + " cannot be read: " + failed);
        }
    }

    private static boolean hasPictureName(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Stream.of(".jpg", ".jpeg", ".png").anyMatch(name::endsWith)
                && Files.isRegularFile(file);
    }
}
