package dev.watchword.job.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.camera.OutgoingFrames.OutgoingFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutgoingFramesTest {

    private static final int ANY_NUMBER = 1000;

    private final OutgoingFrames frames = new OutgoingFrames(100);

    @Test
    void theOldestMakeRoomForTheNewest() throws Exception {
        for (int sequence = 1; sequence <= 7; sequence++) {
            frames.putDroppingOldest(frame(sequence, 30));
        }
        assertThat(frames.dropped()).isEqualTo(4);
        assertThat(frames.pending()).isEqualTo(3);
        frames.finish();
        assertThat(takeAll()).containsExactly(5L, 6L, 7L);
    }

    @Test
    void aFrameLargerThanTheRoomIsKeptAlone() throws Exception {
        frames.putDroppingOldest(frame(1, 30));
        frames.putDroppingOldest(frame(2, 500));
        frames.finish();
        assertThat(takeAll()).containsExactly(2L);
    }

    @Test
    void whatComesBackLeavesAgainInItsPlace() throws Exception {
        for (int sequence = 1; sequence <= 3; sequence++) {
            frames.putWaiting(frame(sequence, 10));
        }
        OutgoingFrame first = frames.take(ANY_NUMBER).orElseThrow();
        OutgoingFrame second = frames.take(ANY_NUMBER).orElseThrow();
        frames.giveBack(second);
        frames.giveBack(first);
        frames.finish();
        assertThat(takeAll()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aRecordingWaitsForRoomAndLosesNothing() throws Exception {
        frames.putWaiting(frame(1, 60));
        CompletableFuture<Void> second =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                frames.putWaiting(frame(2, 60));
                            } catch (InterruptedException stopped) {
                                throw new AssertionError(stopped);
                            }
                        });
        assertThat(frames.take(ANY_NUMBER)).map(OutgoingFrame::sequence).contains(1L);
        second.get(20, TimeUnit.SECONDS);
        assertThat(frames.dropped()).isZero();
        assertThat(frames.take(ANY_NUMBER)).map(OutgoingFrame::sequence).contains(2L);
    }

    @Test
    void noMoreAreUnderWayThanAllowed() throws Exception {
        frames.putWaiting(frame(1, 10));
        frames.putWaiting(frame(2, 10));
        assertThat(frames.take(1)).isPresent();
        assertThat(frames.take(1)).isEmpty();
        frames.settle();
        assertThat(frames.take(1)).isPresent();
    }

    @Test
    void isDoneOnlyWhenNothingIsUnderWay() throws Exception {
        frames.putWaiting(frame(1, 10));
        frames.finish();
        assertThat(frames.take(ANY_NUMBER)).isPresent();
        assertThat(frames.isDone()).isFalse();
        frames.settle();
        assertThat(frames.isDone()).isTrue();
    }

    private List<Long> takeAll() throws InterruptedException {
        List<Long> sequences = new ArrayList<>();
        while (!frames.isDone()) {
            Optional<OutgoingFrame> frame = frames.take(ANY_NUMBER);
            frame.ifPresent(taken -> sequences.add(taken.sequence()));
            frame.ifPresent(taken -> frames.settle());
        }
        return sequences;
    }

    private static OutgoingFrame frame(long sequence, int bytes) {
        return new OutgoingFrame(sequence, new byte[bytes]);
    }
}
