package dev.watchword.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedPlacesTest {
    private static final List<String> ALLOWED =
            List.of(
                    "http://camera.local",
                    "https://host:8443/pictures/",
                    "file:///data/in/",
                    "http://the_camera/");

    private final AllowedPlaces places = new AllowedPlaces(ALLOWED);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://camera.local/1.jpg",
                "HTTP://Camera.LOCAL:80/a/../1.jpg?x=y",
                "https://host:8443/pictures/1.jpg",
                "file:///data/in/1.jpg",
                "file:/data/in/1.jpg"
            })
    void takesWhatLiesInAnAllowedPlace(String uri) throws Exception {
        assertThat(places.require(uri)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://camera.local.elsewhere/1.jpg",
                "http://camera.local@elsewhere/1.jpg",
                "http://camera.local:secret@elsewhere/1.jpg",
                "http://camera.local:8080/1.jpg",
                "https://camera.local/1.jpg",
                "ftp://camera.local/1.jpg",
                "//camera.local/1.jpg",
                "/data/in/1.jpg",
                "https://host/pictures/1.jpg",
                "https://host:8443/pictures",
                "https://host:8443/pictures/../1.jpg",
                "https://host:8443/pictures/%2e%2e/1.jpg",
                "https://host:8443/pictures/..%2f1.jpg",
                "https://host:8443/pictures/..%5c1.jpg",
                "file:///data/1.jpg",
                "file:///data/in/../1.jpg",
                "file://elsewhere/data/in/1.jpg",
                "file:data/in/1.jpg",
                "http:camera.local",
                "http://else_where/1.jpg",
                "http://[::1]/1.jpg",
                "jar:file:///data/in/a.jar!/1.jpg",
                "data:image/png,xyz",
                "",
                "http://camera.local\n@elsewhere/"
            })
    void refusesWhatOnlyLooksAsIfItDid(String uri) {
        assertThatThrownBy(() -> places.require(uri)).isInstanceOf(UnusablePictureException.class);
    }

    @Test
    void whateverTheTextIsItLeadsNowhereElse() {
        String[] parts = {
            "http",
            "https",
            "file",
            "://",
            ":",
            "/",
            "//",
            "@",
            "camera.local",
            "host",
            "data/in/",
            "..",
            "%2e",
            "%2f",
            "%00",
            "?",
            "#",
            "[",
            "]",
            ";",
            "\\",
            " ",
            "\n",
            ":80",
            ":8443",
            "pictures/",
            "elsewhere",
            "127.0.0.1",
            "\u00e9",
            "."
        };
        Random random = new Random(7);
        int taken = 0;
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder();
            if (random.nextBoolean()) {
                text.append(ALLOWED.get(random.nextInt(ALLOWED.size())));
            }
            for (int count = random.nextInt(8); count > 0; count--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            try {
                URI uri = places.require(text.toString());
                taken++;
                String server = uri.getHost() == null ? uri.getRawAuthority() : uri.getHost();
                assertThat(server).as("%s", text).isIn(null, "camera.local", "host", "the_camera");
                assertThat(uri.getPath()).as("%s", text).doesNotContain("/../");
                if (uri.getRawAuthority() == null) {
                    assertThat(uri.getPath()).as("%s", text).startsWith("/data/in/");
                }
            } catch (UnusablePictureException refusal) {
                assertThat(refusal.getMessage()).isNotEmpty();
            }
        }
        assertThat(taken).isBetween(500, 49_000);
    }
}
