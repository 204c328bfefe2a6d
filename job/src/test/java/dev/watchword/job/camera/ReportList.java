package dev.watchword.job.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps reports, and waits for some. */
final class ReportList implements Consumer<CameraReport> {

    private static final long PATIENCE_SECONDS = 30;

    private final List<CameraReport> reports = new ArrayList<>();

    @Override
    public synchronized void accept(CameraReport report) {
        reports.add(report);
        notifyAll();
    }

    synchronized List<CameraReport> all() {
        return List.copyOf(reports);
    }

    synchronized <T extends CameraReport> List<T> of(Class<T> type) {
        return reports.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits until there are that many of the type. */
    synchronized <T extends CameraReport> List<T> await(Class<T> type, int count)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (of(type).size() < count) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("Of " + type.getSimpleName() + " only " + reports);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return of(type);
    }
}
