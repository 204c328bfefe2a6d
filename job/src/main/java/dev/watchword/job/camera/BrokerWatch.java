package dev.watchword.job.camera;

import dev.watchword.job.retry.Timekeeper;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Notices that Kafka takes no frames, or takes them again, and says so, but not all the time. */
final class BrokerWatch {

    static final Duration AWAY_AFTER = Duration.ofSeconds(5);
    static final Duration BETWEEN_REPORTS = Duration.ofSeconds(30);

    private final OutgoingFrames outgoing;
    private final Consumer<CameraReport> reports;
    private final Timekeeper timekeeper;

    private final AtomicReference<Optional<String>> refusal =
            new AtomicReference<>(Optional.empty());
    private volatile long lastProgress;

    private boolean away;
    private long lastAwayReport;
    private boolean refusalReported;
    private long lastRefusalReport;

    BrokerWatch(OutgoingFrames outgoing, Consumer<CameraReport> reports, Timekeeper timekeeper) {
        this.outgoing = outgoing;
        this.reports = reports;
        this.timekeeper = timekeeper;
        this.lastProgress = timekeeper.nanoTime();
    }

    /** Kafka has taken a frame. Any thread may say so. */
    void progressed() {
        lastProgress = timekeeper.nanoTime();
    }

    /** Kafka has refused a frame for good. Any thread may say so. */
    void refused(String reason) {
        refusal.set(Optional.of(reason));
        progressed();
    }

    /** Reports what there is to report. The sender's thread calls this every second or so. */
    void look(Optional<String> lastError) {
        long now = timekeeper.nanoTime();
        lookForRefusal(now);
        if (outgoing.isIdle()) {
            lastProgress = now;
        }
        boolean stalled = now - lastProgress > AWAY_AFTER.toNanos();
        if (stalled && (!away || now - lastAwayReport > BETWEEN_REPORTS.toNanos())) {
            away = true;
            lastAwayReport = now;
            reports.accept(
                    new CameraReport.BrokerAway(
                            outgoing.pending(), outgoing.dropped(), lastError.orElse("no answer")));
        } else if (!stalled && away) {
            away = false;
            reports.accept(new CameraReport.BrokerBack(outgoing.dropped()));
        }
    }

    private void lookForRefusal(long now) {
        boolean mayReport = !refusalReported || now - lastRefusalReport > BETWEEN_REPORTS.toNanos();
        if (mayReport && refusal.get().isPresent()) {
            refusalReported = true;
            lastRefusalReport = now;
            reports.accept(
                    new CameraReport.Skipped(refusal.getAndSet(Optional.empty()).orElseThrow()));
        }
    }
}
