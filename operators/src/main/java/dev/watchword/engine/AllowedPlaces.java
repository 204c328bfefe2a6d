package dev.watchword.engine;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The places from which pictures may be fetched. Scheme, host and port must be those of an allowed
 * address, and the path must begin with its path: compared part by part, so that {@code
 * http://camera.local} allows neither {@code http://camera.local.elsewhere/} nor {@code
 * http://camera.local@elsewhere/}. What a host's name resolves to is not looked at: whoever allows a
 * name trusts whoever answers for it.
 */
final class AllowedPlaces {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final List<URI> allowed;

    /**
     * @param allowed beginnings of addresses; none allows nothing
     * @throws IllegalArgumentException if one is no address
     */
    AllowedPlaces(List<String> allowed) {
        this.allowed = allowed.stream().map(URI::create).toList();
    }

    /**
     * The address, normalized, so that no {@code ..} leads out of an allowed place.
     *
     * @throws UnusablePictureException if it is none, or not in such a place
     */
    URI require(String text) throws UnusablePictureException {
        URI uri;
        try {
            uri = URI.create(text).normalize();
        } catch (IllegalArgumentException e) {
            throw new UnusablePictureException("image_uri is no URI: " + ShownAddress.of(text));
        }
        if (uri.getRawUserInfo() != null) {
            throw new UnusablePictureException(
                    "Pictures are fetched without user and password, but there are some in "
                            + ShownAddress.of(text)
                            + ": leave them out.");
        }
        if (climbs(uri) || allowed.stream().noneMatch(place -> isIn(place, uri))) {
            throw new UnusablePictureException(
                    "Pictures are not fetched from "
                            + ShownAddress.of(text)
                            + ": the setting engine.uri-allow does not name this place.");
        }
        return uri;
    }

    private static boolean isIn(URI place, URI uri) {
        return lower(place.getScheme()).equals(lower(uri.getScheme()))
                && server(place).equals(server(uri))
                && path(uri).startsWith(path(place));
    }

    /** Host and port; nothing where there is no host, as with files. */
    private static String server(URI uri) {
        return uri.getHost() == null
                ? lower(uri.getRawAuthority())
                : lower(uri.getHost()) + ":" + port(uri);
    }

    private static String lower(String part) {
        return part == null ? "" : part.toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return switch (lower(uri.getScheme())) {
            case "http" -> HTTP_PORT;
            case "https" -> HTTPS_PORT;
            default -> -1;
        };
    }

    private static String path(URI uri) {
        return uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    }

    /** Whether a path leads up; a server may decode what normalizing left encoded, as %2e%2e. */
    private static boolean climbs(URI uri) {
        return uri.getPath() != null
                && Arrays.asList(uri.getPath().split("[/\\\\]")).contains("..");
    }
}
