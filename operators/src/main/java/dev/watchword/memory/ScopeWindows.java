package dev.watchword.memory;

import java.time.Instant;
import java.util.Optional;

/** Finds the frames that a scope names among those that there are. */
record ScopeWindows(FrameTokens frames) {
    /** The sequences of a history's frames by their places, from 0. */
    private interface Places {
        long sequence(int place);
    }

    /** All frames of a history. */
    static FrameWindow all(StreamHead head) {
        return new FrameWindow(
                head.getKept(),
                head.getSeen() - head.getKept(),
                head.getFirstSequence(),
                head.getFirstCapturedAt(),
                head.getLastSequence(),
                head.getLastCapturedAt());
    }

    /** The frames of a history that a scope names; empty if there are none. */
    Optional<FrameWindow> of(StreamHead head, Scope scope) throws Exception {
        FrameWindow all = all(head);
        if (scope.containsAll(all)) {
            return Optional.of(all);
        }
        Places places = places(head);
        int[] range =
                scope.within(
                        new Timeline(
                                Math.toIntExact(all.count()),
                                place -> frames.time(places.sequence(place)),
                                rises(head)));
        return range[0] == range[1]
                ? Optional.empty()
                : Optional.of(window(head, places, range[0], range[1]));
    }

    /** Without listing the frames, where no sequence is missing. */
    private Places places(StreamHead head) throws Exception {
        long first = head.getFirstSequence();
        if (head.getLastSequence() - first + 1 == head.getKept()) {
            return place -> first + place;
        }
        long[] sequences = frames.sequences(first, head.getLastSequence());
        return place -> sequences[place];
    }

    private static boolean rises(StreamHead head) {
        return head.getRisingFrom().filter(from -> from <= head.getFirstSequence()).isPresent();
    }

    private FrameWindow window(StreamHead head, Places places, int from, int to) {
        long first = places.sequence(from);
        long last = places.sequence(to - 1);
        return new FrameWindow(
                to - from,
                head.getSeen() - head.getKept() + from,
                first,
                Instant.ofEpochMilli(frames.time(first)),
                last,
                Instant.ofEpochMilli(frames.time(last)));
    }
}
