package dev.watchword.job.cli;

import dev.watchword.job.camera.PublisherStatistics;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

/**
 * What several cameras have published together.
 *
 * @param frames that Kafka has
 * @param bytes of them
 * @param skipped that never reached it: too large, refused, or dropped while it was away
 */
record PublishingTotals(long frames, long bytes, long skipped) {

    static PublishingTotals of(Collection<PublisherStatistics> cameras) {
        return new PublishingTotals(
                cameras.stream().mapToLong(PublisherStatistics::published).sum(),
                cameras.stream().mapToLong(PublisherStatistics::publishedBytes).sum(),
                cameras.stream().mapToLong(camera -> camera.skipped() + camera.dropped()).sum());
    }

    /** The totals, and how many frames a second that is over the time it took. */
    String inWords(Duration time) {
        double seconds = Math.max(time.toMillis(), 1) / 1000.0;
        return String.format(
                Locale.ROOT,
                "%d frames, %.1f frames/s, %.1f MB, %d skipped",
                frames,
                frames / seconds,
                bytes / 1e6,
                skipped);
    }
}
