package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.retry.Timekeeper;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FfmpegCameraTest {

    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");
    private static final int FRAMES = 20;

    @TempDir static Path folder;
    private static Path video;

    private final Cameras cameras = new Cameras(Timekeeper.system(), new Random(1));
    private final List<CameraReport> reports = new ArrayList<>();

    /** Two seconds of 160 x 120 at 10 frames per second. */
    @BeforeAll
    static void record() throws CameraException {
        video = folder.resolve("two seconds: 100%.mp4");
        SampleVideo.write(
                video, new Dimension(160, 120), 10, FRAMES, index -> Pictures.redAndBlue(160, 120));
    }

    @Test
    void givesEveryPictureOfAVideoWithItsOwnTime() throws Exception {
        List<CapturedFrame> frames = all(settings());
        assertThat(frames).hasSize(FRAMES);
        for (int index = 0; index < FRAMES; index++) {
            assertThat(frames.get(index).capturedAt()).isEqualTo(START.plusMillis(100L * index));
        }
        assertThat(reports)
                .singleElement()
                .satisfies(
                        report ->
                                assertThat(report.message())
                                        .startsWith("Pictures from " + video)
                                        .contains("160 x 120"));
    }

    @Test
    void givesJpegInTheColoursOfTheVideo() throws Exception {
        Picture picture = all(settings()).get(FRAMES / 2).picture();
        assertThat(picture.mediaType()).isEqualTo(MediaType.JPEG);
        assertThat(MediaType.of(picture.bytes())).contains(MediaType.JPEG);
        BufferedImage image = Pictures.decoded(picture.bytes());
        assertThat(sizeOf(image)).isEqualTo(new Dimension(160, 120));
        Pictures.assertColor(image, 40, 60, Pictures.RED);
        Pictures.assertColor(image, 120, 60, Pictures.BLUE);
    }

    @Test
    void thinsToTheWantedRate() throws Exception {
        List<CapturedFrame> frames = all(settings().framesPerSecond(4));
        assertThat(frames)
                .extracting(frame -> Duration.between(START, frame.capturedAt()).toMillis())
                .containsExactly(0L, 300L, 500L, 800L, 1000L, 1300L, 1500L, 1800L);
    }

    @Test
    void scalesToTheWantedSize() throws Exception {
        BufferedImage exact = first(settings().format(PictureFormat.sized(70, 90)));
        assertThat(sizeOf(exact)).isEqualTo(new Dimension(70, 90));
        Pictures.assertColor(exact, 10, 45, Pictures.RED);
        Pictures.assertColor(exact, 60, 45, Pictures.BLUE);

        PictureFormat wide = new PictureFormat(OptionalInt.of(320), OptionalInt.empty(), 80);
        assertThat(sizeOf(first(settings().format(wide)))).isEqualTo(new Dimension(320, 240));
    }

    @Test
    void timesGoOnWhenAVideoBeginsAgain() throws Exception {
        try (Camera camera = open(settings().loop(true))) {
            for (int index = 0; index < FRAMES * 3; index++) {
                assertThat(camera.next().orElseThrow().capturedAt())
                        .isEqualTo(START.plusMillis(100L * index));
            }
        }
    }

    @Test
    void aFileThatIsNotThereFailsAtOnce() {
        assertThatThrownBy(() -> open(CameraSettings.builder("gate", "/no/such/film.mp4")))
                .isInstanceOf(CameraException.class)
                .hasMessageContaining("There is no file, folder or device /no/such/film.mp4");
    }

    @Test
    void aFileThatIsNoVideoFailsAtOnce() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.txt"), "nothing to see\n".repeat(50));
        assertThatThrownBy(() -> open(CameraSettings.builder("gate", text.toString())))
                .isInstanceOf(CameraException.class)
                .hasMessage("No pictures from " + text + ": there is no video in it.");
    }

    @Test
    void aTruncatedVideoGivesWhatIsThere() throws Exception {
        Path stream = folder.resolve("stream.ts");
        SampleVideo.write(
                stream, new Dimension(160, 120), 10, FRAMES, index -> Pictures.noise(160, 120));
        byte[] whole = Files.readAllBytes(stream);
        Path half = folder.resolve("half.ts");
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));

        List<CapturedFrame> frames =
                all(CameraSettings.builder("gate", half.toString()).start(START).realTime(false));

        assertThat(frames).hasSizeBetween(FRAMES / 4, FRAMES - 1);
    }

    @Test
    void anUnknownOptionIsNamed() {
        CameraSettings.Builder settings = settings().options(Map.of("no_such_option", "1"));
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(CameraException.class)
                .hasMessageContaining("FFmpeg has no option \"no_such_option\"");
    }

    private static CameraSettings.Builder settings() {
        return CameraSettings.builder("gate", video.toString()).start(START).realTime(false);
    }

    private Camera open(CameraSettings.Builder settings) throws Exception {
        return cameras.open(settings.build(), reports::add);
    }

    private List<CapturedFrame> all(CameraSettings.Builder settings) throws Exception {
        try (Camera camera = open(settings)) {
            assertThat(camera.isLive()).isFalse();
            List<CapturedFrame> frames = new ArrayList<>();
            Optional<CapturedFrame> frame = camera.next();
            while (frame.isPresent()) {
                frames.add(frame.get());
                frame = camera.next();
            }
            return frames;
        }
    }

    private BufferedImage first(CameraSettings.Builder settings) throws Exception {
        try (Camera camera = open(settings)) {
            return Pictures.decoded(camera.next().orElseThrow().picture().bytes());
        }
    }

    private static Dimension sizeOf(BufferedImage image) {
        return new Dimension(image.getWidth(), image.getHeight());
    }
}
