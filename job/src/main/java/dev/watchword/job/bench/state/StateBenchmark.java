package dev.watchword.job.bench.state;

import dev.watchword.job.bench.Progress;
import dev.watchword.job.bench.Table;
import dev.watchword.job.bench.TablePlot;
import dev.watchword.job.bench.state.StateFigures.Saved;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;

/**
 * Measures what the histories of some streams cost in Flink's keyed state, and beside it what the
 * disk can do.
 *
 * @param settings as the job has them; of them count Flink's and the number of keyframes
 * @param directory an empty one on the disk that is measured
 */
public record StateBenchmark(
        StatePlan plan,
        Settings settings,
        Path directory,
        Timekeeper timekeeper,
        Progress progress) {

    /** What is measured, for the reader of the table. */
    public static List<String> description(StatePlan plan, Settings settings) {
        return StateTable.description(plan, settings);
    }

    /** What is drawn of the table. */
    public static TablePlot plot() {
        return new TablePlot.Bars("What saving and restoring takes", "ms", "what", List.of("ms"));
    }

    /** Measures, once. */
    public Table run() throws Exception {
        Path checkpoints = Files.createDirectories(directory.resolve("checkpoints"));
        Path working = Files.createDirectories(directory.resolve("working"));
        try (StateJob job = StateJob.start(settings, checkpoints, working)) {
            return StateTable.of(plan, measure(job, checkpoints, working));
        }
    }

    private StateFigures measure(StateJob job, Path checkpoints, Path working) throws Exception {
        Saved first;
        List<Saved> next = new ArrayList<>();
        Path stored;
        DirectorySize size;
        try (Gate gate = Gate.open("remember-" + directory, timekeeper)) {
            JobID running = job.submit(plan, gate, Optional.empty());
            remember(job, running, gate, plan.firstFrames());
            long start = timekeeper.nanoTime();
            stored = job.checkpoint(running);
            double seconds = secondsSince(start);
            size = DirectorySize.settled(checkpoints, timekeeper);
            StoredFiles files = StoredFiles.of(stored, StoredFiles.NONE, working);
            first = new Saved(plan.firstFrames(), size.total(), files, seconds);

            for (int further = 1; further <= plan.checkpoints(); further++) {
                long frames = plan.firstFrames() + further * plan.appendedFrames();
                remember(job, running, gate, frames);
                start = timekeeper.nanoTime();
                stored = job.checkpoint(running);
                seconds = secondsSince(start);
                DirectorySize now = DirectorySize.settled(checkpoints, timekeeper);
                StoredFiles nowFiles = StoredFiles.of(stored, files, working);
                next.add(
                        new Saved(
                                plan.appendedFrames(),
                                now.addedSince(size),
                                nowFiles.without(files),
                                seconds));
                size = now;
                files = nowFiles;
            }
            job.cancel(running);
        }
        return restored(job, first, next, stored, size.total(), working);
    }

    private void remember(StateJob job, JobID running, Gate gate, long frames) throws Exception {
        gate.letThrough(frames);
        job.awaitDone(
                running,
                gate,
                frames,
                line -> progress.show(() -> "Frames remembered: " + line.get()));
    }

    private StateFigures restored(
            StateJob job,
            Saved first,
            List<Saved> next,
            Path stored,
            long storedBytes,
            Path working)
            throws Exception {
        PlainFile plain = PlainFile.measure(working, storedBytes, timekeeper);
        try (Gate gate = Gate.open("restore-" + directory, timekeeper)) {
            gate.letThrough(plan.events());
            long start = timekeeper.nanoTime();
            JobID running = job.submit(plan, gate, Optional.of(stored));
            job.awaitDone(
                    running,
                    gate,
                    plan.streams(),
                    line -> progress.show(() -> "Streams restored and read: " + line.get()));
            job.cancel(running);
            return new StateFigures(
                    first,
                    next,
                    storedBytes,
                    (gate.stateThereAt() - start) / 1e9,
                    (gate.lastDoneAt() - gate.stateThereAt()) / 1e9,
                    gate.bytesRead(),
                    plain);
        }
    }

    private double secondsSince(long start) {
        return (timekeeper.nanoTime() - start) / 1e9;
    }
}
