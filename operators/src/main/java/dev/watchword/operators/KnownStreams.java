package dev.watchword.operators;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.api.common.state.MapState;

/**
 * Which streams there are, in the state of the one key that there is: name to when it was told of
 * last, in milliseconds since 1970. Bounded in number: those that are silent longest go first. For
 * the task's thread.
 */
final class KnownStreams {
    /** So many are named to somebody who asked about others. */
    private static final int NAMED = 8;

    private final MapState<String, Long> state;
    private final Duration age;
    private final int most;

    /** The same as in state. */
    private final TreeMap<String, Long> told = new TreeMap<>();

    private boolean loaded;
    private volatile int count;

    /**
     * @param age how long a silent stream is known; zero: without a limit
     * @param most how many streams are known at most; a tenth more may be there
     */
    KnownStreams(MapState<String, Long> state, Duration age, int most) {
        this.state = state;
        this.age = age;
        this.most = most;
    }

    /** Takes note of a stream that has frames. */
    void tell(String name, Instant now) throws Exception {
        load();
        told.put(name, now.toEpochMilli());
        state.put(name, now.toEpochMilli());
        if (told.size() > most + most / 10) {
            List<Map.Entry<String, Long>> silentFirst = new ArrayList<>(told.entrySet());
            silentFirst.sort(Map.Entry.comparingByValue());
            forget(silentFirst.subList(0, told.size() - most));
        }
        count = told.size();
    }

    /** The names of streams that are known at a moment and fit, in their order. */
    List<String> matching(Predicate<String> fits, Instant now) throws Exception {
        load();
        if (!age.isZero()) {
            long oldest = now.minus(age).toEpochMilli();
            forget(told.entrySet().stream().filter(each -> each.getValue() < oldest).toList());
        }
        return told.keySet().stream().filter(fits).toList();
    }

    private void load() throws Exception {
        if (!loaded) {
            for (Map.Entry<String, Long> each : state.entries()) {
                told.put(each.getKey(), each.getValue());
            }
            loaded = true;
            count = told.size();
        }
    }

    private void forget(List<Map.Entry<String, Long>> streams) throws Exception {
        for (Map.Entry<String, Long> each : List.copyOf(streams)) {
            state.remove(each.getKey());
            told.remove(each.getKey());
        }
        count = told.size();
    }

    /** Tells somebody who asked about other streams which ones there are: a few of them. */
    String listed() {
        if (told.isEmpty()) {
            return "No stream is known: no frame has come yet.";
        }
        String few = String.join(", ", told.keySet().stream().limit(NAMED).toList());
        int others = told.size() - NAMED;
        return others > 0
                ? "There are %s, and %d other streams.".formatted(few, others)
                : "There are %s.".formatted(few);
    }

    /** How many are known. For any thread. */
    int count() {
        return count;
    }
}
