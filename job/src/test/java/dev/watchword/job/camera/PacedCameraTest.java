package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.retry.ManualTimekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacedCameraTest {

    private static final Instant CAPTURE = Instant.parse("2001-01-01T00:00:00Z");

    private final ManualTimekeeper timekeeper = new ManualTimekeeper(Instant.EPOCH);

    @Test
    void picturesComeAsFarApartAsTheyWereTaken() throws Exception {
        PacedCamera camera = new PacedCamera(recording(0, 100, 250), timekeeper);
        camera.next();
        assertThat(timekeeper.sleeps()).last().isEqualTo(Duration.ZERO);
        camera.next();
        assertThat(timekeeper.sleeps()).last().isEqualTo(Duration.ofMillis(100));
        timekeeper.advance(Duration.ofMillis(40));
        camera.next();
        assertThat(timekeeper.sleeps()).last().isEqualTo(Duration.ofMillis(110));
        assertThat(camera.next()).isEmpty();
    }

    @Test
    void timeLostByWaitingForTheTakerIsMadeUpFor() throws Exception {
        PacedCamera camera = new PacedCamera(recording(0, 100, 200), timekeeper);
        camera.next();
        timekeeper.advance(Duration.ofMillis(150));
        int sleeps = timekeeper.sleeps().size();
        camera.next();
        assertThat(timekeeper.sleeps()).hasSize(sleeps);
        camera.next();
        assertThat(timekeeper.sleeps()).last().isEqualTo(Duration.ofMillis(50));
    }

    private static Camera recording(long... milliseconds) {
        List<CapturedFrame> frames =
                Arrays.stream(milliseconds).mapToObj(PacedCameraTest::frame).toList();
        return new ScriptedCamera(false, frames);
    }

    private static CapturedFrame frame(long milliseconds) {
        return new CapturedFrame(
                CAPTURE.plusMillis(milliseconds), new Picture(new byte[9], MediaType.JPEG));
    }
}
