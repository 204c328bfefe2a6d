package dev.watchword.job.camera;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A network camera as they are: JPEG after JPEG in one HTTP answer that never ends. */
final class MjpegServer implements AutoCloseable {

    private final byte[] jpeg;
    private final long periodMilliseconds;
    private HttpServer server;
    private ExecutorService threads;
    private CountDownLatch stopped;
    private int port;

    MjpegServer(byte[] jpeg, int framesPerSecond) throws IOException {
        this.jpeg = jpeg;
        this.periodMilliseconds = 1000 / framesPerSecond;
        start();
        port = server.getAddress().getPort();
    }

    String address() {
        return "http://127.0.0.1:" + port + "/video";
    }

    String forbiddenAddress() {
        return "http://user:sec@ret@127.0.0.1:" + port + "/forbidden";
    }

    /** Listens, on the same port as before. */
    synchronized void start() throws IOException {
        server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        threads = Executors.newCachedThreadPool();
        stopped = new CountDownLatch(1);
        CountDownLatch stop = stopped;
        server.setExecutor(threads);
        server.createContext("/video", exchange -> stream(exchange, stop));
        server.createContext(
                "/forbidden",
                exchange -> {
                    exchange.sendResponseHeaders(403, -1);
                    exchange.close();
                });
        server.start();
    }

    /** Breaks every connection off and takes no new one. */
    synchronized void stop() {
        stopped.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Override
    public void close() {
        stop();
    }

    private void stream(HttpExchange exchange, CountDownLatch stop) throws IOException {
        exchange.getResponseHeaders()
                .set("Content-Type", "multipart/x-mixed-replace; boundary=picture");
        exchange.sendResponseHeaders(200, 0);
        String head =
                "--picture\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                        .formatted(jpeg.length);
        try (OutputStream body = exchange.getResponseBody()) {
            while (!stop.await(periodMilliseconds, TimeUnit.MILLISECONDS)) {
                body.write(head.getBytes(StandardCharsets.US_ASCII));
                body.write(jpeg);
                body.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                body.flush();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
