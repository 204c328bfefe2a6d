package dev.watchword.job.camera;

import dev.watchword.job.retry.Timekeeper;
import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * FFmpeg asks this, over and over while it waits for a source, whether to give up: yes, once the
 * thread is interrupted or the source has been silent for too long.
 */
final class ReadGuard extends AVIOInterruptCB.Callback_Pointer {

    private final Timekeeper timekeeper;
    private final long patienceNanoseconds;
    private volatile long begin;

    ReadGuard(Duration patience, Timekeeper timekeeper) {
        this.patienceNanoseconds = patience.toNanos();
        this.timekeeper = timekeeper;
        restart();
    }

    /** The source's time begins anew. */
    void restart() {
        begin = timekeeper.nanoTime();
    }

    /** Whether the source was silent for too long. */
    boolean isExpired() {
        return timekeeper.nanoTime() - begin > patienceNanoseconds;
    }

    @Override
    public int call(Pointer unused) {
        return isExpired() || Thread.currentThread().isInterrupted() ? 1 : 0;
    }
}
