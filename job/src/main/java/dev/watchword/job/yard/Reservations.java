package dev.watchword.job.yard;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** When which spot is taken. INVARIANT: the spans of a spot do not overlap. */
final class Reservations {
    private record Span(int from, int to) {}

    private final Map<Spot, List<Span>> spans = new EnumMap<>(Spot.class);

    Reservations() {
        for (Spot spot : Spot.values()) {
            spans.put(spot, new ArrayList<>());
        }
    }

    boolean isFree(Spot spot, int from, int to) {
        return spans.get(spot).stream().allMatch(span -> span.to() <= from || to <= span.from());
    }

    void take(Spot spot, int from, int to) {
        spans.get(spot).add(new Span(from, to));
    }

    /** Forgets what ended before a second; nothing before it may be asked for any more. */
    void forgetBefore(int second) {
        for (List<Span> ofSpot : spans.values()) {
            ofSpot.removeIf(span -> span.to() < second);
        }
    }
}
