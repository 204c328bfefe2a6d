package dev.watchword.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownAddressTest {
    @ParameterizedTest
    @CsvSource({
        "rtsp://cam.local:554/live, rtsp://cam.local:554/live",
        "rtsp://ann:s3cret@cam.local/live, rtsp://cam.local/live",
        "rtsp://ann:s3/cr@et@cam.local/live, rtsp://cam.local/live",
        "http://cam.local/one.jpg?user=ann&pw=s3cret, http://cam.local/one.jpg?(hidden)",
        "rtsp://cam.local/user=ann&password=s3cret&channel=1, rtsp://cam.local/user=(hidden)&password=(hidden)&channel=1",
        "rtsp:/ann:s3cret@cam.local/live, rtsp:/cam.local/live",
        "/data/ann@cam.mp4, /data/ann@cam.mp4",
        "no address, no address"
    })
    void hidesLoginsAndParameters(String address, String shown) {
        assertThat(ShownAddress.of(address)).isEqualTo(shown);
    }
}
