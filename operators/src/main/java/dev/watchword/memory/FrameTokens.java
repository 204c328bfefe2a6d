package dev.watchword.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;

/** A stream's frames in keyed state: when each was captured, and its tokens. */
final class FrameTokens {
    private final MapState<Long, Long> times;
    private final MapState<Long, byte[]> tokens;
    private final Retention retention;

    FrameTokens(KeyedStateStore store, Retention retention) {
        this.times = store.getMapState(new MapStateDescriptor<>("times", Long.class, Long.class));
        this.tokens =
                store.getMapState(new MapStateDescriptor<>("tokens", Long.class, byte[].class));
        this.retention = retention;
    }

    void put(long sequence, Instant capturedAt, byte[] token) throws Exception {
        times.put(sequence, capturedAt.toEpochMilli());
        tokens.put(sequence, token);
    }

    void clear() {
        times.clear();
        tokens.clear();
    }

    /** Applies the retention, at times and then to several frames: finding the oldest is work. */
    StreamHead dropOldest(StreamHead now) throws Exception {
        long slack = retention.slack();
        boolean tooMany = now.getKept() >= retention.frames() + slack;
        boolean lookAtAge =
                retention.limitsAge()
                        && now.getSeen() % slack == 0
                        && now.getFirstCapturedAt().isBefore(oldestAllowed(now));
        if (!tooMany && !lookAtAge) {
            return now;
        }
        long[] sequences = sequences(now.getFirstSequence(), now.getLastSequence());
        int from = (int) Math.max(0, sequences.length - retention.frames());
        while (retention.limitsAge()
                && from < sequences.length - 1
                && times.get(sequences[from]) < oldestAllowed(now).toEpochMilli()) {
            from++;
        }
        for (int i = 0; i < from; i++) {
            times.remove(sequences[i]);
            tokens.remove(sequences[i]);
        }
        return StreamHead.newBuilder(now)
                .setKept(sequences.length - from)
                .setFirstSequence(sequences[from])
                .setFirstCapturedAt(Instant.ofEpochMilli(times.get(sequences[from])))
                .build();
    }

    private Instant oldestAllowed(StreamHead now) {
        return now.getLastCapturedAt().minus(retention.age());
    }

    /** The sequences of the frames that are there, between two, both included, rising. */
    long[] sequences(long first, long last) throws Exception {
        List<Long> found = new ArrayList<>();
        for (long sequence : times.keys()) {
            if (sequence >= first && sequence <= last) {
                found.add(sequence);
            }
        }
        long[] sorted = found.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** When a frame was captured that is there, in milliseconds since 1970. */
    long time(long sequence) {
        try {
            return times.get(sequence);
        } catch (Exception e) {
            throw new IllegalStateException("Reading state", e);
        }
    }

    /** A frame, if it is there. */
    Optional<RememberedFrame> frame(long sequence) throws Exception {
        return Optional.ofNullable(times.get(sequence))
                .map(time -> new RememberedFrame(sequence, Instant.ofEpochMilli(time)));
    }

    /** The tokens of frames that are there. */
    List<byte[]> tokens(long[] sequences) {
        return Arrays.stream(sequences).mapToObj(this::tokens).toList();
    }

    /** The tokens of a frame that is there. */
    byte[] tokens(long sequence) {
        try {
            return tokens.get(sequence);
        } catch (Exception e) {
            throw new IllegalStateException("Reading state", e);
        }
    }
}
