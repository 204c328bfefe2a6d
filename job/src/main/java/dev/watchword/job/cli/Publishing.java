package dev.watchword.job.cli;

import dev.watchword.job.camera.CameraException;
import dev.watchword.job.camera.CameraFleet;
import dev.watchword.job.camera.CameraReport;
import dev.watchword.job.camera.CameraSettings;
import dev.watchword.job.camera.Cameras;
import dev.watchword.job.camera.PublisherSettings;
import dev.watchword.job.retry.Timekeeper;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Publishes from cameras until they end or this process does, and tells a person how it goes. */
final class Publishing {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final BrokerAccess broker;
    private final PrintWriter notes;
    private final Timekeeper timekeeper;
    private final ProgressLine progress;
    private final Set<String> toldOfSkipped = ConcurrentHashMap.newKeySet();
    private volatile long begin;
    private boolean finished;

    Publishing(BrokerAccess broker, PrintWriter notes) {
        this.broker = broker;
        this.notes = notes;
        timekeeper = broker.timekeeper();
        progress = ProgressLine.onStandardError(notes, timekeeper);
    }

    /**
     * Returns when every camera has ended and the broker has what they gave. When the process ends
     * before, what is under way has a little time to arrive.
     *
     * @return the exit code: failed if a camera failed
     * @throws CameraException when a camera cannot be opened at all; then none publishes
     */
    int run(List<CameraSettings> cameras) throws CameraException, InterruptedException {
        CameraFleet fleet = start(cameras);
        begin = timekeeper.nanoTime();
        Thread atExit = new Thread(() -> finish(fleet), "publish-at-exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        Thread ticks = new Thread(() -> showProgress(fleet), "publish-progress");
        ticks.setDaemon(true);
        ticks.start();
        try {
            fleet.await();
        } finally {
            ticks.interrupt();
            finish(fleet);
            removeHook(atExit);
        }
        fleet.failures()
                .forEach((stream, reason) -> notes.println("watchword: " + stream + ": " + reason));
        return fleet.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private CameraFleet start(List<CameraSettings> cameras)
            throws CameraException, InterruptedException {
        return CameraFleet.start(
                cameras,
                new Cameras(timekeeper, new Random()),
                broker.connection(),
                PublisherSettings.of(
                        broker.settings().topics().frames(),
                        broker.settings().maxRecordSize().toIntBytes()),
                this::report,
                timekeeper);
    }

    /** A camera whose pictures are too large leaves out one after the other: told once. */
    private void report(String stream, CameraReport report) {
        if (!(report instanceof CameraReport.Skipped) || toldOfSkipped.add(stream)) {
            progress.note(stream + ": " + report.message());
        }
    }

    private void showProgress(CameraFleet fleet) {
        try {
            while (true) {
                timekeeper.sleep(BETWEEN_LOOKS);
                progress.show(() -> "Published " + totals(fleet));
            }
        } catch (InterruptedException finished) {
            // The last line is shown by finish().
        }
    }

    private synchronized void finish(CameraFleet fleet) {
        if (!finished) {
            finished = true;
            fleet.close();
            progress.showNow("Published " + totals(fleet) + ".");
            progress.close();
        }
    }

    private String totals(CameraFleet fleet) {
        return PublishingTotals.of(fleet.statistics().values())
                .inWords(Duration.ofNanos(timekeeper.nanoTime() - begin));
    }

    private static void removeHook(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook is at work.
        }
    }
}
