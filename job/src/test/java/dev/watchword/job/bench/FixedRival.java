package dev.watchword.job.bench;

import dev.watchword.job.retry.ManualTimekeeper;
import java.time.Duration;
import java.util.List;

/** Takes as long as it was told to, and notes when it ran. */
record FixedRival(
        String name, ManualTimekeeper timekeeper, List<String> diary, List<Duration> durations)
        implements Rival {

    @Override
    public int parts() {
        return durations.size();
    }

    @Override
    public void run(Lap lap) {
        diary.add(name);
        for (Duration duration : durations) {
            timekeeper.advance(duration);
            lap.ends();
        }
    }
}
