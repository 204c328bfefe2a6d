package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.job.yard.YardPainter;
import java.awt.image.BufferedImage;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class YardCameraTest {
    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

    private final Cameras cameras = new Cameras(Timekeeper.system(), new Random(1));

    @Test
    void givesThePicturesOfItsDayOneForEachSecond() throws Exception {
        YardPainter painter = new YardPainter(YardPainter.SIDE, -7);
        ScriptedYard day = ScriptedYard.day(-7);
        try (Camera camera = open(settings("yard:-7"))) {
            for (int second = 0; second < 20; second++) {
                CapturedFrame frame = camera.next().orElseThrow();
                assertThat(frame.capturedAt()).isEqualTo(START.plusSeconds(second));
                assertThat(frame.picture().mediaType()).isEqualTo(MediaType.JPEG);
                assertThat(frame.picture().bytes()).isEqualTo(painter.jpeg(day, second));
            }
        }
    }

    @Test
    void atAHigherRateTheDayPassesFaster() throws Exception {
        YardPainter painter = new YardPainter(YardPainter.SIDE, 7);
        ScriptedYard day = ScriptedYard.day(7);
        try (Camera camera = open(settings("yard:7").framesPerSecond(4))) {
            for (int second = 0; second < 8; second++) {
                CapturedFrame frame = camera.next().orElseThrow();
                assertThat(frame.capturedAt()).isEqualTo(START.plusMillis(250L * second));
                assertThat(frame.picture().bytes()).isEqualTo(painter.jpeg(day, second));
            }
        }
    }

    @Test
    void drawsInTheSizeThatIsAskedFor() throws Exception {
        PictureFormat wide = new PictureFormat(OptionalInt.of(64), OptionalInt.of(48), 90);
        PictureFormat large = new PictureFormat(OptionalInt.of(300), OptionalInt.empty(), 90);
        assertThat(first(settings("yard:7").format(wide)).getWidth()).isEqualTo(64);
        assertThat(first(settings("yard:7").format(wide)).getHeight()).isEqualTo(48);
        assertThat(first(settings("yard:7").format(large)).getHeight()).isEqualTo(300);
    }

    @Test
    void endsWithItsDayUnlessItBeginsAgain() throws Exception {
        ScriptedYard shortDay = ScriptedYard.of(7, 16, YardOptions.of(7));
        try (Camera once = new YardCamera(shortDay, 7, settings("yard:7").build(), START);
                Camera again =
                        new YardCamera(shortDay, 7, settings("yard:7").loop(true).build(), START)) {
            CapturedFrame first = again.next().orElseThrow();
            assertThat(once.next()).isPresent();
            for (int second = 1; second < 16; second++) {
                assertThat(once.next()).isPresent();
                assertThat(again.next()).isPresent();
            }
            assertThat(once.next()).isEmpty();
            CapturedFrame anew = again.next().orElseThrow();
            assertThat(anew.capturedAt()).isEqualTo(START.plusSeconds(16));
            assertThat(anew.picture().bytes()).isEqualTo(first.picture().bytes());
        }
    }

    @Test
    void stopsWhenInterrupted() throws Exception {
        try (Camera camera = open(settings("yard:7"))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(camera::next).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aSeedThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> open(settings("yard:mine")))
                .isInstanceOf(CameraException.class)
                .hasMessage(
                        "A drawn yard is named by a whole number, as in yard:7, not by \"mine\".");
    }

    private static CameraSettings.Builder settings(String source) {
        return CameraSettings.builder("yard", source).start(START).realTime(false);
    }

    private Camera open(CameraSettings.Builder settings) throws Exception {
        return cameras.open(settings.build(), new ReportList());
    }

    private BufferedImage first(CameraSettings.Builder settings) throws Exception {
        try (Camera camera = open(settings)) {
            return Pictures.decoded(camera.next().orElseThrow().picture().bytes());
        }
    }
}
