package dev.watchword.job.bench.state;

import dev.watchword.job.bench.Table;
import dev.watchword.job.bench.state.StateFigures.Saved;
import dev.watchword.job.settings.Settings;
import java.util.List;
import java.util.Optional;

/** Lays out what {@link StateBenchmark} measured. */
final class StateTable {
    /** The target: a history takes at most so many times its tokens' own bytes. */
    private static final double LIMIT = 1.1;

    private static final String KEYFRAMES = "keyframes";
    private static final List<String> STATES = List.of("tokens", "times", "head", KEYFRAMES);

    private final StatePlan plan;
    private final PlainFile plain;
    private final double plainBytes;
    private final Table table =
            new Table(
                    "what",
                    "frames",
                    "MB",
                    "bytes per frame",
                    "ratio to token",
                    "entries",
                    "removals",
                    "ms",
                    "MB per s",
                    "percent of file");

    private StateTable(StatePlan plan, StateFigures figures) {
        this.plan = plan;
        this.plain = figures.plainFile();
        this.plainBytes = figures.storedBytes();
    }

    static List<String> description(StatePlan plan, Settings settings) {
        return List.of(
                "%d streams of %d frames, then %d times %d more of each, saved each time; a token of %d bytes a frame; %d keyframes a stream and about %d of each power of two of ages, of %d bytes each."
                        .formatted(
                                plan.streams(),
                                plan.frames(),
                                plan.checkpoints(),
                                plan.appended(),
                                plan.tokenBytes(),
                                settings.memory().keyframesRecent()
                                        + settings.memory().keyframesSample(),
                                settings.memory().keyframesPerAge(),
                                plan.featureBytes()),
                "RocksDB with incremental checkpoints, one task. History: all but the keyframes, at most %.1f times the tokens' own bytes wanted."
                        .formatted(LIMIT),
                "Read and restored is what was written a moment before. Plain file: as many bytes as are restored; saving is compared with its writing, restoring with its reading and writing.");
    }

    static Table of(StatePlan plan, StateFigures figures) {
        StateTable rows = new StateTable(plan, figures);
        rows.addWithStates("checkpoint", figures.checkpoint());
        rows.addWithStates("next ones", figures.allNext());
        rows.addSaved("smallest next one", figures.smallestNext());
        rows.addSaved("largest next one", figures.largestNext());
        rows.addRestoring(figures);
        rows.addPlain("plain file written", rows.plain.writeSeconds());
        rows.addPlain("plain file written, safe", rows.plain.forceSeconds());
        rows.addPlain("plain file read", rows.plain.readSeconds());
        return rows.table;
    }

    private void addRestoring(StateFigures figures) {
        long frames = plan.allFrames();
        double stored = figures.storedBytes();
        double read = figures.tokenBytesRead();
        double all = figures.restoreSeconds() + figures.readSeconds();
        double reading = plainBytes / plain.readSeconds();
        double copying = plainBytes / (plain.readSeconds() + plain.writeSeconds());
        addTimed("restore", frames, stored, figures.restoreSeconds(), copying);
        addTimed("read all tokens", frames, read, figures.readSeconds(), reading);
        addTimed("restore and read", frames, stored, all, copying);
    }

    private void addWithStates(String name, Saved saved) {
        addSaved(name, saved);
        long keyframes = saved.files().of(KEYFRAMES).bytes();
        addPart(name + ": history", saved, saved.bytes() - keyframes, Optional.empty());
        for (String state : STATES) {
            StoredState part = saved.files().of(state);
            addPart(name + ": " + state, saved, part.bytes(), Optional.of(part));
        }
        long rest = saved.bytes() - saved.files().all().bytes();
        addPart(name + ": rest", saved, rest, Optional.empty());
    }

    private void addSaved(String name, Saved saved) {
        add(
                name,
                saved.frames(),
                saved.bytes(),
                Optional.of(saved.files().all()),
                Optional.of(saved.seconds()),
                Optional.of(plainBytes / plain.writeSeconds()));
    }

    private void addPart(String name, Saved saved, long bytes, Optional<StoredState> state) {
        add(name, saved.frames(), bytes, state, Optional.empty(), Optional.empty());
    }

    private void add(
            String name,
            long frames,
            double bytes,
            Optional<StoredState> state,
            Optional<Double> seconds,
            Optional<Double> limit) {
        double perFrame = bytes / frames;
        Optional<Double> rate = seconds.map(time -> bytes / time);
        table.add(
                name,
                frames,
                bytes / 1e6,
                perFrame,
                perFrame / plan.tokenBytes(),
                state.map(StoredState::entries),
                state.map(StoredState::removals),
                seconds.map(time -> time * 1e3),
                rate.map(value -> value / 1e6),
                limit.flatMap(most -> rate.map(value -> 100 * value / most)));
    }

    private void addTimed(String name, long frames, double bytes, double seconds, double limit) {
        double rate = bytes / seconds;
        table.add(
                name,
                frames,
                bytes / 1e6,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                seconds * 1e3,
                rate / 1e6,
                100 * rate / limit);
    }

    private void addPlain(String name, double seconds) {
        table.add(
                name,
                Optional.empty(),
                plainBytes / 1e6,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                seconds * 1e3,
                plainBytes / seconds / 1e6,
                Optional.empty());
    }
}
