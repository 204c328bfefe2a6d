package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TestPictures;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.schemas.DeadLetter;
import dev.watchword.schemas.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Frames with an address instead of a picture. */
class FetchedPicturesTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    @TempDir static Path pictures;

    private static final CountDownLatch END = new CountDownLatch(1);

    private static ExecutorService serverThreads;
    private static HttpServer server;
    private static TopicsUnderTest topics;
    private static JobUnderTest job;

    @BeforeAll
    static void start() throws InterruptedException, IOException {
        serverThreads = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(serverThreads);
        server.createContext(
                "/picture",
                exchange -> {
                    byte[] picture = TestPictures.of("yard", 1);
                    exchange.sendResponseHeaders(200, picture.length);
                    exchange.getResponseBody().write(picture);
                    exchange.close();
                });
        server.createContext(
                "/stalled",
                exchange -> {
                    exchange.sendResponseHeaders(200, 1_000_000);
                    exchange.getResponseBody().write(TestPictures.of("yard", 1));
                    exchange.getResponseBody().flush();
                    awaitEnd();
                    exchange.close();
                });
        server.start();
        topics = new TopicsUnderTest(KAFKA.bootstrap());
        job =
                JobUnderTest.start(
                        topics,
                        TestModel.TINY,
                        "job.restart-attempts=0",
                        "engine.decode-threads=2",
                        "engine.uri-timeout=500 ms",
                        "engine.uri-allow=" + pictures.toUri() + "," + address("/"));
    }

    private static void awaitEnd() {
        try {
            END.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    static void stop() {
        job.close();
        topics.close();
        END.countDown();
        server.stop(0);
        serverThreads.shutdown();
    }

    @AfterEach
    void theJobGoesOn() {
        assertThat(job.isRunning()).isTrue();
    }

    @Test
    void aPictureFromAnAllowedServerIsRemembered() {
        topics.publish(at("by-http", address("/picture")));

        topics.awaitRemembered("by-http", 1);
    }

    @Test
    void serversThatStopInTheMiddleOfAPictureHoldNobodyUp() {
        for (int i = 0; i < 4; i++) {
            DeadLetter letter = topics.letterOf(topics.publish(at("yard", address("/stalled"))));

            assertThat(letter.getReason()).contains("cannot be fetched");
        }
    }

    @Test
    void aPictureFromAnAllowedPlaceIsRemembered() throws IOException {
        Path picture = Files.write(pictures.resolve("1.png"), TestPictures.widePng("yard", 1));

        topics.publish(at("by-file", picture.toUri().toString()));

        topics.awaitRemembered("by-file", 1);
    }

    @Test
    void aPictureFromAPlaceThatIsNotAllowedIsADeadLetter() {
        DeadLetter letter =
                topics.letterOf(topics.publish(at("yard", "http://127.0.0.1:1/picture.jpg")));

        assertThat(letter.getReason()).contains("engine.uri-allow");
    }

    @Test
    void addressesThatLeadNowhereAreDeadLetters() throws Exception {
        for (String name : new String[] {"none.jpg", "a.jpg?b=c", "%00.jpg", "", "x.jpg#y"}) {
            DeadLetter letter =
                    topics.letterOf(topics.publish(at("yard", pictures.toUri() + name)));

            assertThat(letter.getReason()).containsIgnoringCase("picture");
        }
    }

    @Test
    void noAddressLeadsOutOfWhatIsAllowed() throws IOException {
        Path outside = Files.createTempFile("outside", ".png");
        Files.write(outside, TestPictures.widePng("yard", 1));
        Path inside = Files.createDirectories(pictures.resolve("inside"));
        String up = inside.relativize(outside).toString();
        for (String way : new String[] {up, up.replace("..", "%2e%2e"), up.replace("..", ".%2E")}) {
            DeadLetter letter = topics.letterOf(topics.publish(at("yard", inside.toUri() + way)));

            assertThat(letter.getReason()).contains("engine.uri-allow");
        }
        Files.delete(outside);
    }

    @Test
    void ofAnEndlessAddressTheBeginningIsTold() {
        String address = "http://nowhere/" + "a".repeat(8_000_000);

        DeadLetter letter = topics.letterOf(topics.publish(at("yard", address)));

        assertThat(letter.getReason()).contains("http://nowhere/aaa").hasSizeLessThan(2_000);
    }

    private static Frame at(String stream, String uri) {
        return Frame.newBuilder(TopicsUnderTest.frame(stream, 1, new byte[0]))
                .setImageUri(uri)
                .build();
    }

    private static String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }
}
