package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamerasFileTest {

    @TempDir Path folder;

    @Test
    void readsEveryKeyAndTheDefaults() throws Exception {
        List<CameraSettings> cameras =
                read(
                        """
                        defaults:
                          fps: 2
                          quality: 70
                          width: 640
                        cameras:
                          - stream: site/gate:1
                            source: rtsp://192.0.2.7/live
                            fps: 0.5
                            height: 480
                            patience: 2.5
                            options: {rtsp_transport: udp, buffer_size: 65536}
                          - stream: hall
                            source: films/hall.mp4
                            width: 320
                            loop: true
                            realtime: false
                            start: 2026-05-01T12:00:00Z
                            first-sequence: 1000
                        """);
        assertThat(cameras)
                .containsExactly(
                        CameraSettings.builder("site/gate:1", "rtsp://192.0.2.7/live")
                                .framesPerSecond(0.5)
                                .format(
                                        new PictureFormat(
                                                OptionalInt.of(640), OptionalInt.of(480), 70))
                                .patience(Duration.ofMillis(2500))
                                .options(Map.of("rtsp_transport", "udp", "buffer_size", "65536"))
                                .build(),
                        CameraSettings.builder("hall", folder.resolve("films/hall.mp4").toString())
                                .framesPerSecond(2)
                                .format(
                                        new PictureFormat(
                                                OptionalInt.of(320), OptionalInt.empty(), 70))
                                .loop(true)
                                .realTime(false)
                                .start(Instant.parse("2026-05-01T12:00:00Z"))
                                .firstSequence(1000)
                                .build());
    }

    @Test
    void takesADrawnYardForNoPath() throws Exception {
        assertThat(
                        read(
                                """
                                cameras:
                                  - {stream: front, source: "yard:1"}
                                  - {stream: back, source: yard:2, loop: true}
                                """))
                .extracting(CameraSettings::source)
                .containsExactly("yard:1", "yard:2");
    }

    @Test
    void namesTheEntryAndTheKeyThatIsWrong() {
        String camera = "cameras:\n  - stream: gate\n    source: a.mp4\n    ";
        assertProblem(
                camera + "fsp: 1", "camera 1 (gate): the key \"fsp\" is not known; known are ");
        assertProblem(
                camera + "fps: often", "camera 1 (gate): the key \"fps\" must be a number, not ");
        assertProblem(
                camera + "fps: 0", "camera 1 (gate): the frames per second are a number above 0");
        assertProblem(camera + "width: -4", "camera 1 (gate): the width is a number of pixels");
        assertProblem(
                camera + "width: 9.5", "camera 1 (gate): the key \"width\" must be a whole number");
        assertProblem(
                camera + "width: 99999999999",
                "camera 1 (gate): the key \"width\" must be a whole number");
        assertProblem(camera + "quality: 101", "camera 1 (gate): the JPEG quality is a number");
        assertProblem(
                camera + "loop: 1", "camera 1 (gate): the key \"loop\" must be true or false");
        assertProblem(camera + "start: noon", "camera 1 (gate): the key \"start\" must be a time");
        assertProblem(camera + "patience: 0", "camera 1 (gate): the patience with a silent source");
        assertProblem(
                camera + "patience: 1e300", "camera 1 (gate): the patience with a silent source");
        assertProblem(
                camera + "options: fast", "camera 1 (gate): the key \"options\" must be names");
        assertProblem(
                "cameras:\n  - {stream: a b, source: x}", "camera 1 (a b): the stream's name");
        assertProblem("cameras:\n  - {source: x}", "camera 1: the key \"stream\" is missing");
        assertProblem(
                "cameras:\n  - {stream: gate}", "camera 1 (gate): the key \"source\" is missing");
        assertProblem("cameras:\n  - gate", "camera 1: must hold keys and values");
        assertProblem(
                "cameras:\n  - {stream: gate, source: x}\n  - {stream: gate, source: y}",
                "camera 2 (gate): camera 1 has the same stream");
    }

    @Test
    void saysWhatIsWrongWithTheWholeFile() {
        assertProblem("", "needs the key \"cameras\"");
        assertProblem("cameras: []", "needs a list of cameras under the key \"cameras\"");
        assertProblem("camera: []", "the key \"camera\" is not known; known are cameras, defaults");
        assertProblem(
                "defaults: {stream: gate}\ncameras: []",
                "defaults: the key \"stream\" is not known");
        assertProblem("cameras:\n  - {stream: gate, source: x, source: y}", "line 2: Duplicate");
        assertProblem("cameras:\n  - [", "line ");
        assertThatThrownBy(() -> CamerasFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(CamerasFileException.class)
                .hasMessageContaining("none.yaml: cannot be read");
    }

    private void assertProblem(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(CamerasFileException.class)
                .hasMessageStartingWith(folder.resolve("cameras.yaml") + ": " + problem);
    }

    private List<CameraSettings> read(String yaml) throws Exception {
        return CamerasFile.read(Files.writeString(folder.resolve("cameras.yaml"), yaml));
    }
}
