package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.retry.Backoff;
import dev.watchword.job.retry.Timekeeper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NetworkCameraTest {

    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), 0.5);

    private final Cameras cameras = new Cameras(Timekeeper.system(), new Random(1), QUICK);
    private final List<CameraReport> reports = new CopyOnWriteArrayList<>();
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
        try (Camera camera = open(server.address())) {
            Instant last = Instant.now();
            for (int count = 0; count < 20; count++) {
                CapturedFrame frame = next(camera);
                assertThat(frame.capturedAt()).isBetween(last, Instant.now());
                last = frame.capturedAt();
                BufferedImage image = Pictures.decoded(frame.picture().bytes());
                Pictures.assertColor(image, 40, 60, Pictures.RED);
                Pictures.assertColor(image, 120, 60, Pictures.BLUE);
            }
            assertThat(camera.isLive()).isTrue();
        }
    }

    @Test
    void comesBackWhenTheCameraComesBack() throws Exception {
        try (Camera camera = open(server.address())) {
            next(camera);
            server.stop();
            CompletableFuture<Void> repair =
                    CompletableFuture.runAsync(
                            () -> {
                                awaitRetries(3);
                                try {
                                    server.start();
                                } catch (IOException failed) {
                                    throw new AssertionError(failed);
                                }
                            });
            // What was sent before the break may still come.
            while (retries() < 3) {
                next(camera);
            }
            repair.get(30, TimeUnit.SECONDS);
            next(camera);
        }
        assertThat(reports)
                .filteredOn(CameraReport.Opened.class::isInstance)
                .hasSize(2)
                .first()
                .satisfies(
                        opened ->
                                assertThat(opened.message())
                                        .isEqualTo(
                                                "Pictures from %s (mjpeg, 160 x 120)."
                                                        .formatted(server.address())));
        assertThat(reports.get(2).message())
                .matches(
                        "No pictures from http://127.0.0.1:\\d+/video \\(attempt 2\\): Connection refused\\. Trying again in 0\\.1 s\\.");
    }

    @Test
    void thinsByTheClock() throws Exception {
        CameraSettings settings =
                CameraSettings.builder("gate", server.address()).framesPerSecond(10).build();
        try (Camera camera = cameras.open(settings, reports::add)) {
            next(camera);
            next(camera);
            Instant begin = next(camera).capturedAt();
            for (int count = 0; count < 9; count++) {
                next(camera);
            }
            Instant end = next(camera).capturedAt();
            assertThat(Duration.between(begin, end)).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @Test
    void aRefusedPasswordIsNotTriedAgainNorTold() throws Exception {
        try (Camera camera = open(server.forbiddenAddress())) {
            assertThatThrownBy(camera::next)
                    .isInstanceOf(CameraException.class)
                    .hasMessageContaining("403 Forbidden")
                    .message()
                    .doesNotContain("secret");
        }
        assertThat(reports).isEmpty();
    }

    @Test
    void anUnknownProtocolIsNotTriedAgain() throws Exception {
        try (Camera camera = open("gopher://127.0.0.1/")) {
            assertThatThrownBy(camera::next)
                    .isInstanceOf(CameraException.class)
                    .hasMessage("No pictures from gopher://127.0.0.1/: Protocol not found.");
        }
    }

    @Test
    void aSilentCameraIsLostWithinItsPatience() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"))) {
            for (String protocol : List.of("http", "rtsp")) {
                reports.clear();
                String address = protocol + "://127.0.0.1:" + silent.getLocalPort() + "/";
                CameraSettings settings =
                        CameraSettings.builder("gate", address)
                                .patience(Duration.ofMillis(300))
                                .build();
                try (Camera camera = cameras.open(settings, reports::add)) {
                    CompletableFuture<Optional<CapturedFrame>> waiting = nextElsewhere(camera);
                    awaitRetries(2);
                    assertThat(reports.get(0).message())
                            .startsWith(
                                    "No pictures from %s (attempt 1): silent for 0.3 s."
                                            .formatted(address));
                    waiting.cancel(true);
                }
            }
        }
    }

    @Test
    void anInterruptEndsTheWaitForASilentCamera() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"))) {
            String address = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            CameraSettings settings =
                    CameraSettings.builder("gate", address).patience(Duration.ofHours(1)).build();
            try (Camera camera = cameras.open(settings, reports::add)) {
                CompletableFuture<Throwable> outcome = new CompletableFuture<>();
                Thread thread =
                        new Thread(
                                () -> {
                                    try {
                                        outcome.completeExceptionally(
                                                new AssertionError(camera.next().toString()));
                                    } catch (CameraException | InterruptedException ended) {
                                        outcome.complete(ended);
                                    }
                                });
                thread.start();
                silent.accept().getInputStream().read();
                thread.interrupt();
                assertThat(outcome.get(10, TimeUnit.SECONDS))
                        .isInstanceOf(InterruptedException.class);
            }
        }
    }
}
