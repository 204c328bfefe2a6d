package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.job.camera.CameraReport.Retrying;
import dev.watchword.job.retry.Backoff;
import dev.watchword.job.retry.ManualTimekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconnectingCameraTest {

    private static final CapturedFrame FRAME =
            new CapturedFrame(Instant.EPOCH, new Picture(new byte[9], MediaType.JPEG));
    private static final CameraException LOST = CameraException.passing("the cable is out");
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0);

    private final ManualTimekeeper timekeeper = new ManualTimekeeper(Instant.EPOCH);
    private final ReportList reports = new ReportList();
    private final Deque<ScriptedCamera> cameras = new ArrayDeque<>();

    @Test
    void waitsLongerAfterEveryFailureInARowAndBeginsAnewAfterAPicture() throws Exception {
        ScriptedCamera first = live().thenFails(LOST);
        cameras.addAll(List.of(first, failing(), failing(), live(FRAME).thenFails(LOST)));
        cameras.add(live(FRAME));
        try (ReconnectingCamera camera = camera()) {
            assertThat(camera.next()).contains(FRAME);
            assertThat(timekeeper.sleeps())
                    .extracting(Duration::toSeconds)
                    .containsExactly(1L, 2L, 4L);
            assertThat(first.isClosed()).isTrue();

            assertThat(camera.next()).contains(FRAME);
            assertThat(timekeeper.sleeps())
                    .extracting(Duration::toSeconds)
                    .containsExactly(1L, 2L, 4L, 1L);
        }
        assertThat(reports.of(Retrying.class))
                .extracting(Retrying::attempt)
                .containsExactly(1, 2, 3, 1);
        assertThat(reports.of(Retrying.class).get(1).message())
                .isEqualTo(
                        "No pictures from the gate (attempt 2): the cable is out. Trying again in 2 s.");
    }

    @Test
    void aPermanentFailureIsPassedOnWithTheSource() {
        cameras.add(live().thenFails(CameraException.permanent("wrong password")));
        try (ReconnectingCamera camera = camera()) {
            assertThatThrownBy(camera::next)
                    .isInstanceOf(CameraException.class)
                    .hasMessage("No pictures from the gate: wrong password.");
        }
        assertThat(reports.all()).isEmpty();
    }

    @Test
    void aRecordingThatBreaksOffIsNotPlayedAgain() throws Exception {
        cameras.add(new ScriptedCamera(false, List.of(FRAME)).thenFails(LOST));
        try (ReconnectingCamera camera = camera()) {
            assertThat(camera.next()).contains(FRAME);
            assertThatThrownBy(camera::next).hasMessageContaining("the cable is out");
        }
    }

    private ReconnectingCamera camera() {
        return new ReconnectingCamera(
                "the gate", cameras::removeFirst, BACKOFF, reports, timekeeper, new Random(1));
    }

    private static ScriptedCamera live(CapturedFrame... frames) {
        return new ScriptedCamera(true, List.of(frames));
    }

    private static ScriptedCamera failing() {
        return live().thenFails(LOST);
    }
}
