package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.camera.CameraReport.Opened;
import dev.watchword.job.camera.CameraReport.Retrying;
import dev.watchword.job.retry.Backoff;
import dev.watchword.job.retry.Timekeeper;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NetworkCameraTest {

    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(50), Duration.ofMillis(100), 0);

    private final Cameras cameras = new Cameras(Timekeeper.system(), new Random(1), QUICK);
    private final ReportList reports = new ReportList();
    private MjpegServer server;

    @BeforeEach
    void start() throws IOException {
        server = new MjpegServer(Pictures.jpeg(Pictures.redAndBlue(160, 120)), 50);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givesPicturesWithTheTimeOfTheirArrival() throws Exception {
        Instant last = Instant.now();
        try (Camera camera = open(settings(server.address()))) {
            for (int count = 0; count < 20; count++) {
                CapturedFrame frame = camera.next().orElseThrow();
                assertThat(frame.capturedAt()).isBetween(last, Instant.now());
                last = frame.capturedAt();
                BufferedImage image = Pictures.decoded(frame.picture().bytes());
                Pictures.assertColor(image, 40, 60, Pictures.RED);
                Pictures.assertColor(image, 120, 60, Pictures.BLUE);
            }
            assertThat(camera.isLive()).isTrue();
        }
        assertThat(reports.all())
                .extracting(CameraReport::message)
                .containsExactly("Pictures from " + server.address() + " (mjpeg, 160 x 120).");
    }

    @Test
    void comesBackWhenTheCameraComesBack() throws Exception {
        try (CameraReader reader = read(settings(server.address()))) {
            reader.next();
            server.stop();
            assertThat(reports.await(Retrying.class, 3).get(1).message())
                    .isEqualTo(
                            "No pictures from %s (attempt 2): Connection refused. Trying again in 0.1 s.",
                            server.address());
            server.start();
            reports.await(Opened.class, 2);
            Instant back = Instant.now();
            while (reader.next().capturedAt().isBefore(back)) {
                // Taken before the break.
            }
        }
    }

    @Test
    void readsRtspAndComesBackAfterABreak(@TempDir Path folder) throws Exception {
        Path video = folder.resolve("video.h264");
        SampleVideo.write(
                video, new Dimension(160, 120), 25, 50, index -> Pictures.redAndBlue(160, 120));
        try (RtspServer rtsp = new RtspServer(Files.readAllBytes(video), 25);
                CameraReader reader = read(settings(rtsp.address()))) {
            BufferedImage image = Pictures.decoded(reader.next().picture().bytes());
            assertThat(image.getWidth()).isEqualTo(160);
            Pictures.assertColor(image, 40, 60, Pictures.RED);
            Pictures.assertColor(image, 120, 60, Pictures.BLUE);
            rtsp.dropViewer();
            reports.await(Opened.class, 2);
            Instant back = Instant.now();
            while (reader.next().capturedAt().isBefore(back)) {
                // Taken before the break.
            }
            assertThat(reports.of(Retrying.class))
                    .isNotEmpty()
                    .allSatisfy(report -> assertThat(report.message()).doesNotContain("secret"));
        }
    }

    @Test
    void thinsByTheClock() throws Exception {
        try (Camera camera = open(settings(server.address()).framesPerSecond(10))) {
            Instant begin = camera.next().orElseThrow().capturedAt();
            Instant end = begin;
            for (int count = 0; count < 10; count++) {
                end = camera.next().orElseThrow().capturedAt();
            }
            assertThat(Duration.between(begin, end)).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @Test
    void aRefusedPasswordIsNeitherRepeatedNorTold() throws Exception {
        try (Camera camera = open(settings(server.forbiddenAddress()))) {
            assertThatThrownBy(camera::next)
                    .isInstanceOf(CameraException.class)
                    .hasMessageContaining("403 Forbidden")
                    .message()
                    .doesNotContain("secret");
        }
        assertThat(reports.all()).isEmpty();
    }

    @Test
    void anUnknownProtocolIsNotTriedAgain() throws Exception {
        try (Camera camera = open(settings("telegraph://127.0.0.1/"))) {
            assertThatThrownBy(camera::next)
                    .isInstanceOf(CameraException.class)
                    .hasMessage("No pictures from telegraph://127.0.0.1/: Protocol not found.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "rtsp"})
    void aSilentCameraIsLostWithinItsPatience(String protocol) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"))) {
            String address = protocol + "://127.0.0.1:" + silent.getLocalPort() + "/";
            try (CameraReader reader = read(settings(address).patience(Duration.ofMillis(300)))) {
                assertThat(reports.await(Retrying.class, 2).get(0).message())
                        .startsWith(
                                "No pictures from %s (attempt 1): silent for 0.3 s."
                                        .formatted(address));
                reader.interrupt();
            }
        }
    }

    @Test
    void anInterruptEndsTheWaitForASilentCamera() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"))) {
            String address = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            try (CameraReader reader = read(settings(address).patience(Duration.ofHours(1)))) {
                silent.accept().getInputStream().read();
                reader.interrupt();
                assertThat(reader.outcome()).containsInstanceOf(InterruptedException.class);
            }
        }
    }

    private static CameraSettings.Builder settings(String address) {
        return CameraSettings.builder("gate", address);
    }

    private Camera open(CameraSettings.Builder settings) throws Exception {
        return cameras.open(settings.build(), reports);
    }

    private CameraReader read(CameraSettings.Builder settings) throws Exception {
        return new CameraReader(open(settings));
    }
}
