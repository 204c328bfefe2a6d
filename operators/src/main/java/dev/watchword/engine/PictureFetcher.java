package dev.watchword.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches pictures by http, https or from a file, from allowed places only. Redirections are not
 * followed, since they could lead out of them. Thread-safe.
 */
public final class PictureFetcher {
    private static final Logger LOG = LoggerFactory.getLogger(PictureFetcher.class);

    private final AllowedPlaces allowed;
    private final int maxBytes;
    private final Duration timeout;
    private final HttpClient http;

    /**
     * @param allowed beginnings of the URIs that are fetched; none fetches nothing. See {@link
     *     AllowedPlaces}
     * @param maxBytes a longer picture is refused
     * @param timeout after so long a fetch is given up
     */
    public PictureFetcher(List<String> allowed, int maxBytes, Duration timeout) {
        this.allowed = new AllowedPlaces(allowed);
        this.maxBytes = maxBytes;
        this.timeout = timeout;
        this.http =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(timeout)
                        .build();
    }

    byte[] fetch(String text) throws UnusablePictureException {
        URI uri = allowed.require(text);
        String shown = ShownAddress.of(text);
        try (InputStream picture = open(uri)) {
            byte[] bytes = picture.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new UnusablePictureException(
                        "The picture at " + shown + " has more than " + maxBytes + " bytes.");
            }
            return bytes;
        } catch (IOException | IllegalArgumentException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new UnusablePictureException(
                    "The picture at "
                            + shown
                            + " cannot be fetched: "
                            + why.replace(uri.toString(), shown),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnusablePictureException("Fetching " + shown + " was interrupted.", e);
        }
    }

    private InputStream open(URI uri)
            throws IOException, InterruptedException, UnusablePictureException {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> openFile(Path.of(uri));
            case "http", "https" -> openHttp(uri);
            default ->
                    throw new UnusablePictureException(
                            "Pictures are fetched by http, https or file, not " + scheme + ".");
        };
    }

    /** What is no plain file, such as a pipe, may never give a byte. */
    private static InputStream openFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no such file");
        }
        return Files.newInputStream(file);
    }

    private InputStream openHttp(URI uri)
            throws IOException, InterruptedException, UnusablePictureException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).build();
        HttpResponse<InputStream> response =
                http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            response.body().close();
            throw new UnusablePictureException(
                    "The picture at "
                            + ShownAddress.of(uri.toString())
                            + " gave HTTP status "
                            + response.statusCode()
                            + ".");
        }
        closeLater(response.body());
        return response.body();
    }

    /** The request's own timeout ends with the headers: a server may stop in the middle after. */
    private void closeLater(InputStream body) {
        CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .execute(
                        () -> {
                            try {
                                body.close();
                            } catch (IOException e) {
                                LOG.debug("Closing a picture that is fetched no more", e);
                            }
                        });
    }
}
