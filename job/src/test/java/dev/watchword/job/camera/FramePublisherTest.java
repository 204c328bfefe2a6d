package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.camera.CameraReport.BrokerAway;
import dev.watchword.job.camera.CameraReport.BrokerBack;
import dev.watchword.job.camera.CameraReport.Skipped;
import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.job.kafka.KafkaConnection;
import dev.watchword.job.retry.HastyTimekeeper;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.schemas.Frame;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FramePublisherTest {

    private static final int MAX_MESSAGE_BYTES = 64 << 10;
    private static final int PICTURE_BYTES = 1000;
    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

    private static EmbeddedBroker broker;

    private final Timekeeper timekeeper = new HastyTimekeeper(20);
    private final ReportList reports = new ReportList();
    private FrameTopic topic;
    private Producer<String, byte[]> producer;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void open(TestInfo test) throws Exception {
        String name = test.getTestMethod().orElseThrow().getName();
        topic = FrameTopic.create(broker, name, MAX_MESSAGE_BYTES);
        Map<String, String> impatient = Map.of("max.block.ms", "500");
        producer =
                FrameProducer.open(
                        new KafkaConnection(broker.bootstrap(), impatient), MAX_MESSAGE_BYTES);
    }

    @AfterEach
    void close() {
        producer.close(Duration.ZERO);
    }

    @Test
    void publishesAVideoInOrder(@TempDir Path folder) throws Exception {
        Path video = folder.resolve("video.mp4");
        SampleVideo.write(
                video, new Dimension(160, 120), 10, 20, index -> Pictures.redAndBlue(160, 120));
        CameraSettings settings =
                CameraSettings.builder("gate", video.toString())
                        .start(START)
                        .realTime(false)
                        .build();
        long before = System.currentTimeMillis();
        PublisherStatistics statistics;
        try (Camera camera = new Cameras(timekeeper, new Random(1)).open(settings, reports)) {
            FramePublisher publisher = publisher(camera, OptionalLong.empty(), 1 << 20);
            publisher.run();
            statistics = publisher.statistics();
        }

        List<Frame> frames = topic.frames();
        assertThat(frames).hasSize(20);
        long first = frames.get(0).getSequence();
        assertThat(first).isBetween(before, System.currentTimeMillis());
        for (int index = 0; index < 20; index++) {
            Frame frame = frames.get(index);
            assertThat(frame.getStream()).isEqualTo("gate");
            assertThat(frame.getSequence()).isEqualTo(first + index);
            assertThat(frame.getCapturedAt()).isEqualTo(START.plusMillis(100L * index));
            assertThat(frame.getMediaType()).isEqualTo("image/jpeg");
            BufferedImage image = Pictures.decoded(FrameTopic.imageOf(frame));
            assertThat(image.getWidth()).isEqualTo(160);
            assertThat(image.getHeight()).isEqualTo(120);
            Pictures.assertColor(image, 40, 60, Pictures.RED);
            Pictures.assertColor(image, 120, 60, Pictures.BLUE);
        }
        assertThat(statistics.captured()).isEqualTo(20);
        assertThat(statistics.published()).isEqualTo(20);
        assertThat(statistics.publishedBytes()).isGreaterThan(20 * 500);
        assertThat(statistics.pending()).isZero();
        assertThat(statistics.lastSequence()).hasValue(first + 19);
        assertThat(statistics.lastError()).isEmpty();
    }

    @Test
    void aPictureTooLargeIsMadeSmallerOrLeftOut() throws Exception {
        byte[] large = Pictures.jpeg(Pictures.noise(320, 240));
        byte[] undecodable = Arrays.copyOf(new byte[] {1, 2, 3}, MAX_MESSAGE_BYTES);
        byte[] hopeless = Pictures.jpeg(Pictures.noise(1600, 1200));
        assertThat(large.length).isGreaterThan(MAX_MESSAGE_BYTES);
        Camera camera = recording(large, undecodable, hopeless, new byte[PICTURE_BYTES]);
        FramePublisher publisher = publisher(camera, OptionalLong.of(1), 1 << 20);
        publisher.run();

        assertThat(topic.sequences()).containsExactly(1L, 4L);
        byte[] smaller = FrameTopic.imageOf(topic.frames().get(0));
        assertThat(smaller.length).isLessThan(MAX_MESSAGE_BYTES);
        assertThat(Pictures.decoded(smaller).getWidth()).isEqualTo(320);
        assertThat(publisher.statistics().skipped()).isEqualTo(2);
        assertThat(reports.of(Skipped.class))
                .extracting(CameraReport::message)
                .satisfiesExactly(
                        message ->
                                assertThat(message)
                                        .startsWith(
                                                "Left out a picture: frame 2 of gate has 65536 bytes, a record takes 63488, and it cannot be decoded"),
                        message ->
                                assertThat(message)
                                        .startsWith("Left out a picture: frame 3 of gate has ")
                                        .endsWith("it does not fit in any quality."));
    }

    @Test
    void aLiveCameraKeepsTheNewestWhileKafkaIsAway() throws Exception {
        broker.stop();
        FramePublisher publisher = publisher(live(100), OptionalLong.of(1), 10 * PICTURE_BYTES);
        CompletableFuture<Void> run = runElsewhere(publisher);
        BrokerAway away = reports.await(BrokerAway.class, 1).get(0);
        assertThat(away.message()).startsWith("Kafka takes no frames (");
        broker.restart();
        run.get(60, TimeUnit.SECONDS);

        List<Long> sequences = topic.sequences();
        assertThat(sequences).isSorted().doesNotHaveDuplicates().contains(100L);
        assertThat(sequences.subList(sequences.size() - 9, sequences.size()))
                .containsExactlyElementsOf(LongStream.rangeClosed(92, 100).boxed().toList());
        PublisherStatistics statistics = publisher.statistics();
        assertThat(statistics.dropped()).isPositive().isEqualTo(100 - statistics.published());
        assertThat(statistics.published()).isEqualTo(sequences.size());
        assertThat(statistics.lastError()).isPresent();
    }

    @Test
    void saysWhenKafkaIsBack() throws Exception {
        broker.stop();
        GatedCamera camera = new GatedCamera();
        CompletableFuture<Void> run =
                runElsewhere(publisher(camera, OptionalLong.of(1), 10 * PICTURE_BYTES));
        camera.give(picture());
        reports.await(BrokerAway.class, 1);
        broker.restart();
        reports.await(BrokerBack.class, 1);
        camera.end();
        run.get(60, TimeUnit.SECONDS);
        assertThat(topic.sequences()).containsExactly(1L);
    }

    @Test
    void aRecordingWaitsForKafkaAndLosesNothing() throws Exception {
        broker.stop();
        FramePublisher publisher =
                publisher(recording(100), OptionalLong.of(1), 10 * PICTURE_BYTES);
        CompletableFuture<Void> run = runElsewhere(publisher);
        reports.await(BrokerAway.class, 1);
        broker.restart();
        run.get(60, TimeUnit.SECONDS);
        assertThat(topic.sequences())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(publisher.statistics().dropped()).isZero();
    }

    @Test
    void nothingIsLostWhenTheBrokerStartsAgainHalfWay() throws Exception {
        GatedCamera camera = new GatedCamera();
        FramePublisher publisher = publisher(camera, OptionalLong.of(1), 1 << 20);
        CompletableFuture<Void> run = runElsewhere(publisher);
        for (int count = 0; count < 50; count++) {
            camera.give(picture());
        }
        broker.stop();
        for (int count = 0; count < 50; count++) {
            camera.give(picture());
        }
        broker.restart();
        camera.end();
        run.get(60, TimeUnit.SECONDS);
        assertThat(topic.sequences().stream().distinct())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void whatKafkaRefusesIsCountedAndSaid() throws Exception {
        FrameTopic small = FrameTopic.create(broker, "small", 4 << 10);
        FramePublisher publisher =
                new FramePublisher(
                        "gate",
                        OptionalLong.of(1),
                        recording(new byte[PICTURE_BYTES], new byte[8 << 10], new byte[9]),
                        producer,
                        PublisherSettings.of(small.name(), MAX_MESSAGE_BYTES),
                        reports,
                        timekeeper);
        publisher.run();
        assertThat(small.sequences()).containsExactlyInAnyOrder(1L, 3L);
        assertThat(publisher.statistics().skipped()).isEqualTo(1);
        assertThat(reports.of(Skipped.class))
                .singleElement()
                .satisfies(
                        report ->
                                assertThat(report.message())
                                        .contains("Kafka refused frame 2 of gate"));
    }

    @Test
    void anInterruptStopsItAfterWhatIsUnderWay() throws Exception {
        GatedCamera camera = new GatedCamera();
        FramePublisher publisher = publisher(camera, OptionalLong.of(1), 1 << 20);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                publisher.run();
                                ended.completeExceptionally(new AssertionError("It went on."));
                            } catch (CameraException | InterruptedException end) {
                                ended.complete(end);
                            }
                        });
        thread.start();
        camera.give(picture());
        camera.give(picture());
        camera.awaitTaken();
        thread.interrupt();
        assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(topic.sequences()).containsExactly(1L, 2L);
    }

    private FramePublisher publisher(Camera camera, OptionalLong first, long mostWaitingBytes) {
        PublisherSettings settings =
                new PublisherSettings(
                        topic.name(), MAX_MESSAGE_BYTES, mostWaitingBytes, Duration.ofSeconds(20));
        return new FramePublisher("gate", first, camera, producer, settings, reports, timekeeper);
    }

    private static CompletableFuture<Void> runElsewhere(FramePublisher publisher) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        publisher.run();
                    } catch (CameraException | InterruptedException failed) {
                        throw new AssertionError(failed);
                    }
                });
    }

    private static Camera live(int frames) {
        return new ScriptedCamera(
                true, IntStream.range(0, frames).mapToObj(i -> picture()).toList());
    }

    private static Camera recording(int frames) {
        return new ScriptedCamera(
                false, IntStream.range(0, frames).mapToObj(i -> picture()).toList());
    }

    private static Camera recording(byte[]... pictures) {
        return new ScriptedCamera(
                false, Arrays.stream(pictures).map(FramePublisherTest::picture).toList());
    }

    private static CapturedFrame picture() {
        return picture(new byte[PICTURE_BYTES]);
    }

    private static CapturedFrame picture(byte[] bytes) {
        return new CapturedFrame(START, new Picture(bytes, MediaType.JPEG));
    }
}
