package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PublishCommandTest {
    private static EmbeddedBroker broker;

    @TempDir Path directory;

    private final TestTopics topics = new TestTopics(broker);

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void publishesAFolderAsAStreamAndTellsHowMuch() throws Exception {
        Path folder = folderOfPictures("pictures", 3);

        CommandRun run =
                CommandRun.of(
                        topics.commandLine(
                                "publish",
                                "--stream=wood",
                                "--source=" + folder,
                                "--fast",
                                "--width=8",
                                "--quality=50",
                                "--first-sequence=5"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().toList())
                .last()
                .asString()
                .matches("Published 3 frames, \\d+\\.\\d frames/s, 0\\.0 MB, 0 skipped\\.");
        List<Frame> frames = frames(3);
        assertThat(frames).extracting(Frame::getStream).containsOnly("wood");
        assertThat(frames).extracting(Frame::getSequence).containsExactly(5L, 6L, 7L);
    }

    @Test
    void publishesTheCamerasOfAFile() throws Exception {
        folderOfPictures("wood", 2);
        folderOfPictures("river", 1);
        Path file =
                Files.writeString(
                        directory.resolve("cameras.yaml"),
                        """
                        defaults:
                          realtime: false
                        cameras:
                          - stream: wood
                            source: wood
                          - stream: river
                            source: river
                        """);

        CommandRun run = CommandRun.of(topics.commandLine("publish", "--cameras=" + file));

        assertThat(run.exitCode()).isZero();
        assertThat(frames(3))
                .extracting(Frame::getStream)
                .containsExactlyInAnyOrder("wood", "wood", "river");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1 | publish --stream=wood --source=no/such/file            | There is no file, folder or device no/such/file
                    1 | publish --stream=wood --source=yard:mine               | A drawn yard is named by a whole number
                    1 | publish --cameras=no-such.yaml                         | no-such.yaml: cannot be read
                    2 | publish                                                | give --stream and --source, or --cameras
                    2 | publish --stream=wood                                  | give --stream and --source, or --cameras
                    2 | publish --stream=wood --cameras=a.yaml                 | --cameras takes the place of
                    2 | publish --cameras=a.yaml --fps=1                       | --cameras takes the place of
                    2 | publish --stream=w% --source=.                         | the stream's name
                    2 | publish --stream=wood --source=. --fast --realtime     | --realtime and --fast exclude each other
                    2 | publish --stream=wood --source=. --fps=0               | the frames per second
                    2 | publish --stream=wood --source=. --quality=101         | the JPEG quality
                    2 | publish --stream=wood --source=. --width=wide          | Invalid value for option '--width'
                    """)
    void whatCannotWorkIsToldBeforeABrokerIsNeeded(int exitCode, String arguments, String message) {
        CommandRun run = CommandRun.of(arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.err()).startsWith("watchword: " + message);
    }

    private Path folderOfPictures(String name, int count) throws IOException {
        Path folder = Files.createDirectory(directory.resolve(name));
        for (int index = 0; index < count; index++) {
            BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, index);
            ImageIO.write(image, "png", folder.resolve(index + ".png").toFile());
        }
        return folder;
    }

    private List<Frame> frames(int count) throws Exception {
        RecordCodec<Frame> codec = RecordCodecs.of(Frame.class, RecordFormat.AVRO);
        List<TopicPartition> partitions =
                topics.access().partitions(topics.kafkaSettings().topics().frames());
        List<Frame> frames = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        topics.access().connection().consumer(1 << 20),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            while (frames.size() < count) {
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    frames.add(codec.decode(record.value()));
                }
            }
        }
        return frames;
    }
}
