package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.camera.CameraReport.Skipped;
import dev.watchword.job.retry.Timekeeper;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PictureFolderTest {

    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir Path folder;

    private final Cameras cameras = new Cameras(Timekeeper.system(), new Random(1));
    private final ReportList reports = new ReportList();
    private final byte[] jpeg = Pictures.jpeg(Pictures.redAndBlue(64, 48));
    private byte[] png;

    @BeforeEach
    void fill() throws Exception {
        png = Pictures.png(Pictures.redAndBlue(64, 48));
        Files.write(folder.resolve("b.PNG"), png);
        Files.write(folder.resolve("a.jpg"), jpeg);
        Files.write(folder.resolve("c.jpeg"), jpeg);
        Files.writeString(folder.resolve("notes.txt"), "no picture");
        Files.createDirectory(folder.resolve("d.jpg"));
    }

    @Test
    void givesThePicturesUnchangedInTheOrderOfTheirNames() throws Exception {
        List<CapturedFrame> frames = all(settings().framesPerSecond(4));
        assertThat(frames)
                .extracting(CapturedFrame::capturedAt)
                .containsExactly(START, START.plusMillis(250), START.plusMillis(500));
        assertThat(frames)
                .extracting(frame -> frame.picture().mediaType())
                .containsExactly(MediaType.JPEG, MediaType.PNG, MediaType.JPEG);
        assertThat(frames.get(0).picture().bytes()).isEqualTo(jpeg);
        assertThat(frames.get(1).picture().bytes()).isEqualTo(png);
    }

    @Test
    void scalesWhenASizeIsAskedFor() throws Exception {
        PictureFormat half = new PictureFormat(OptionalInt.empty(), OptionalInt.of(24), 90);
        for (CapturedFrame frame : all(settings().format(half))) {
            assertThat(frame.picture().mediaType()).isEqualTo(MediaType.JPEG);
            BufferedImage image = Pictures.decoded(frame.picture().bytes());
            assertThat(image.getWidth()).isEqualTo(32);
            assertThat(image.getHeight()).isEqualTo(24);
            Pictures.assertColor(image, 6, 12, Pictures.RED);
            Pictures.assertColor(image, 26, 12, Pictures.BLUE);
        }
    }

    @Test
    void beginsAgainAndTimesGoOnWhenLooping() throws Exception {
        try (Camera camera = open(settings().loop(true))) {
            for (int index = 0; index < 7; index++) {
                CapturedFrame frame = camera.next().orElseThrow();
                assertThat(frame.capturedAt()).isEqualTo(START.plusSeconds(index));
                assertThat(frame.picture().bytes()).isEqualTo(index % 3 == 1 ? png : jpeg);
            }
        }
    }

    @Test
    void leavesOutWhatIsNoPictureAndSaysSo() throws Exception {
        Path fake = folder.resolve("aa.jpg");
        Files.write(fake, "no picture".getBytes(StandardCharsets.UTF_8));
        assertThat(all(settings()))
                .extracting(CapturedFrame::capturedAt)
                .containsExactly(START, START.plusSeconds(2), START.plusSeconds(3));
        assertThat(reports.of(Skipped.class))
                .extracting(CameraReport::message)
                .containsExactly("Left out a picture: " + fake + ": it is neither JPEG nor PNG.");
    }

    @Test
    void aFolderWithoutAnyPictureFails() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> open(CameraSettings.builder("gate", empty.toString())))
                .isInstanceOf(CameraException.class)
                .hasMessage("The folder " + empty + " has no .jpg, .jpeg or .png files.");
        Files.writeString(empty.resolve("fake.png"), "no picture");
        try (Camera camera =
                open(CameraSettings.builder("gate", empty.toString()).realTime(false).loop(true))) {
            assertThatThrownBy(camera::next)
                    .isInstanceOf(CameraException.class)
                    .hasMessageContaining("holds a picture that can be read");
        }
    }

    @Test
    void aPictureThatClaimsTooManyPixelsIsNotDecoded() throws Exception {
        byte[] bomb = png.clone();
        // The header's width and height: 60,000 each.
        for (int offset : new int[] {16, 20}) {
            bomb[offset] = 0;
            bomb[offset + 1] = 0;
            bomb[offset + 2] = (byte) (60_000 >> 8);
            bomb[offset + 3] = (byte) 60_000;
        }
        Files.write(folder.resolve("b.PNG"), bomb);
        assertThat(all(settings().format(PictureFormat.sized(10, 10)))).hasSize(2);
        assertThat(reports.of(Skipped.class))
                .singleElement()
                .satisfies(
                        report ->
                                assertThat(report.message())
                                        .contains("60000 x 60000 pixels are too many"));
    }

    private CameraSettings.Builder settings() {
        return CameraSettings.builder("gate", folder.toString()).start(START).realTime(false);
    }

    private Camera open(CameraSettings.Builder settings) throws Exception {
        return cameras.open(settings.build(), reports);
    }

    private List<CapturedFrame> all(CameraSettings.Builder settings) throws Exception {
        try (Camera camera = open(settings)) {
            List<CapturedFrame> frames = new ArrayList<>();
            Optional<CapturedFrame> frame = camera.next();
            while (frame.isPresent()) {
                frames.add(frame.get());
                frame = camera.next();
            }
            return frames;
        }
    }
}
