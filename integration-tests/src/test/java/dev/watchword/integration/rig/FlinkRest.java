package dev.watchword.integration.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchword.job.kafka.LoopbackPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;

/** Reads what Flink's interface tells of a job, as a browser would. Thread-safe. */
public final class FlinkRest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    /**
     * @param port of the interface, on the loopback
     */
    public FlinkRest(int port) {
        this.port = port;
    }

    /** Lets the Flink that is made from a configuration have its interface on a port that is free. */
    public static FlinkRest on(Configuration configuration) {
        int port = LoopbackPorts.free();
        configuration.set(RestOptions.BIND_PORT, String.valueOf(port));
        return new FlinkRest(port);
    }

    /**
     * What stands at a path.
     *
     * @throws AssertionError if nothing does
     */
    public String text(String path) {
        URI uri = URI.create("http://127.0.0.1:%d%s".formatted(port, path));
        try {
            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != HttpURLConnection.HTTP_OK) {
                throw new AssertionError(
                        "%s: %d %s".formatted(path, response.statusCode(), response.body()));
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The test was interrupted", e);
        }
    }

    /** What stands at a path, which is JSON. */
    public JsonNode json(String path) {
        try {
            return new ObjectMapper().readTree(text(path));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading " + path, e);
        }
    }
}
