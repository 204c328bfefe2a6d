package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.camera.CameraReport.Opened;
import dev.watchword.job.camera.CameraReport.Retrying;
import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.schemas.Frame;
import java.awt.Dimension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CameraFleetTest {

    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    private static EmbeddedBroker broker;

    @TempDir Path folder;

    private final Cameras cameras = new Cameras(Timekeeper.system(), new Random(1));
    private final Map<String, ReportList> reports = new ConcurrentHashMap<>();
    private FrameTopic topic;
    private Path video;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void prepare(TestInfo test) throws Exception {
        String name = test.getTestMethod().orElseThrow().getName();
        topic = FrameTopic.create(broker, name, MAX_MESSAGE_BYTES);
        video = folder.resolve("video.mp4");
        SampleVideo.write(video, new Dimension(64, 48), 20, 60, Pictures.greys(64, 48));
    }

    @Test
    void everyCameraPublishesItsOwnStream() throws Exception {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        for (int index = 0; index < 5; index++) {
            Files.write(
                    pictures.resolve(index + ".jpg"),
                    Pictures.jpeg(Pictures.plain(32, 32, Pictures.grey(index))));
        }
        List<CameraSettings> settings =
                List.of(
                        recording("hall", video).firstSequence(100).build(),
                        recording("gate", pictures).firstSequence(1).build(),
                        recording("yard", video).framesPerSecond(2).firstSequence(1).build());
        try (CameraFleet fleet = start(settings)) {
            fleet.await();
            assertThat(fleet.failures()).isEmpty();
            assertThat(fleet.statistics().keySet()).containsExactly("hall", "gate", "yard");
            assertThat(fleet.statistics().get("hall").published()).isEqualTo(60);
        }
        Map<String, List<Frame>> streams =
                topic.frames().stream().collect(Collectors.groupingBy(Frame::getStream));
        assertThat(sequencesOf(streams.get("hall"))).isEqualTo(range(100, 60));
        assertThat(sequencesOf(streams.get("gate"))).isEqualTo(range(1, 5));
        assertThat(sequencesOf(streams.get("yard"))).isEqualTo(range(1, 6));
        for (int index = 0; index < 5; index++) {
            byte[] picture = FrameTopic.imageOf(streams.get("gate").get(index));
            Pictures.assertColor(Pictures.decoded(picture), 16, 16, Pictures.grey(index));
        }
    }

    @Test
    void noneStartsIfAFileIsNotThere() throws Exception {
        List<CameraSettings> settings =
                List.of(
                        recording("hall", video).build(),
                        recording("gate", folder.resolve("none.mp4")).build());
        assertThatThrownBy(() -> start(settings))
                .isInstanceOf(CameraException.class)
                .hasMessageContaining("none.mp4");
        assertThat(topic.frames()).isEmpty();
    }

    @Test
    void twoCamerasCannotHaveTheSameStream() {
        List<CameraSettings> settings =
                List.of(recording("hall", video).build(), recording("hall", video).build());
        assertThatThrownBy(() -> start(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two cameras have the stream hall.");
    }

    @Test
    void aCameraThatFailsDoesNotStopTheOthersAndCloseStopsThoseThatGoOn() throws Exception {
        try (MjpegServer server = new MjpegServer(Pictures.jpeg(Pictures.redAndBlue(64, 48)), 50)) {
            List<CameraSettings> settings =
                    List.of(
                            CameraSettings.builder("live", server.address()).build(),
                            CameraSettings.builder("away", "http://127.0.0.1:1/").build(),
                            CameraSettings.builder("wrong", server.forbiddenAddress()).build(),
                            recording("loop", video).loop(true).realTime(true).build());
            CameraFleet fleet = start(settings);
            reports.get("live").await(Opened.class, 1);
            reports.get("away").await(Retrying.class, 1);
            while (fleet.failures().isEmpty() || fleet.statistics().get("live").published() < 5) {
                Thread.onSpinWait();
            }
            fleet.close();
            assertThat(fleet.failures()).containsOnlyKeys("wrong");
            assertThat(fleet.failures().get("wrong")).contains("403 Forbidden");
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("camera-"));
        }
        assertThat(topic.frames()).extracting(Frame::getStream).contains("live", "loop");
    }

    private CameraFleet start(List<CameraSettings> settings) throws Exception {
        settings.forEach(each -> reports.put(each.stream(), new ReportList()));
        return CameraFleet.start(
                settings,
                cameras,
                broker.connection(),
                PublisherSettings.of(topic.name(), MAX_MESSAGE_BYTES),
                (stream, report) -> reports.get(stream).accept(report),
                Timekeeper.system());
    }

    private static CameraSettings.Builder recording(String stream, Path source) {
        return CameraSettings.builder(stream, source.toString()).realTime(false);
    }

    private static List<Long> sequencesOf(List<Frame> frames) {
        return frames.stream().map(Frame::getSequence).toList();
    }

    private static List<Long> range(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }
}
