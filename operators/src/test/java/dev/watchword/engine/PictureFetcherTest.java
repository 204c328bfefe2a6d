package dev.watchword.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFetcherTest {
    private static final byte[] PICTURE = {1, 2, 3, 4};

    private HttpServer server;
    private String address;
    private PictureFetcher fetcher;

    @TempDir private Path folder;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        serve("/cameras/one.jpg", 200, PICTURE, "");
        serve("/cameras/large.jpg", 200, new byte[5], "");
        serve("/cameras/gone.jpg", 404, new byte[1], "");
        serve("/cameras/moved.jpg", 302, new byte[1], address + "/secret.jpg");
        serve("/secret.jpg", 200, PICTURE, "");
        server.start();
        fetcher =
                new PictureFetcher(
                        List.of(address + "/cameras/", folder.toUri().toString()),
                        4,
                        Duration.ofSeconds(10));
    }

    private void serve(String path, int status, byte[] body, String location) {
        server.createContext(
                path,
                exchange -> {
                    if (!location.isEmpty()) {
                        exchange.getResponseHeaders().add("Location", location);
                    }
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private void assertRefused(String uri, String reason) {
        assertThatThrownBy(() -> fetcher.fetch(uri))
                .isInstanceOf(UnusablePictureException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void fetchesFromAllowedPlaces() throws Exception {
        Files.write(folder.resolve("two.jpg"), PICTURE);

        assertThat(fetcher.fetch(address + "/cameras/one.jpg")).isEqualTo(PICTURE);
        assertThat(fetcher.fetch(folder.toUri() + "two.jpg")).isEqualTo(PICTURE);
    }

    @Test
    void refusesOtherPlaces() {
        assertRefused(address + "/secret.jpg", "engine.uri-allow");
        assertRefused(address + "/cameras/../secret.jpg", "engine.uri-allow");
        assertRefused(address + "/cameras/%2e%2e/secret.jpg", "engine.uri-allow");
        assertRefused("mailto:nobody", "engine.uri-allow");
        assertRefused("file:///etc/hostname", "engine.uri-allow");
        assertRefused("no uri at all", "no URI");
    }

    @Test
    void followsNoRedirection() {
        assertRefused(address + "/cameras/moved.jpg", "302");
    }

    @Test
    void saysWhatIsWrongWithAPicture() {
        assertRefused(address + "/cameras/large.jpg", "more than 4 bytes");
        assertRefused(address + "/cameras/gone.jpg", "404");
        assertRefused(folder.toUri() + "none.jpg", "cannot be fetched");
    }

    @Test
    void opensNothingThatIsNoPlainFile() throws Exception {
        Process pipe = new ProcessBuilder("mkfifo", folder.resolve("pipe.jpg").toString()).start();
        assertThat(pipe.waitFor()).isZero();

        assertRefused(folder.toUri() + "pipe.jpg", "no such file");
        assertRefused(folder.toUri().toString(), "no such file");
    }

    @Test
    void showsNoPasswordInWhatItSays() {
        String login = address.replace("://", "://ann:s3cret@");
        assertRefused(login + "/cameras/one.jpg", "without user and password");
        for (String uri :
                new String[] {
                    login + "/cameras/one.jpg",
                    "http://ann:s3cret@elsewhere/one.jpg",
                    "http://ann:s3 cret@elsewhere/one.jpg",
                    address + "/cameras/gone.jpg?password=s3cret",
                    address + "/cameras/gone.jpg;pwd=s3cret"
                }) {
            assertThatThrownBy(() -> fetcher.fetch(uri))
                    .hasMessageNotContaining("s3")
                    .hasMessageNotContaining("cret");
        }
    }
}
