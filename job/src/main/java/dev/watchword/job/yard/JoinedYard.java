package dev.watchword.job.yard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Yards one after the other in time, as if one camera had seen them all: each part's truth, shifted
 * and numbered anew. A thing that stays to the end of its part goes with it. Safe for many threads
 * if its parts are.
 */
public final class JoinedYard implements Yard {
    private final List<Yard> parts;
    private final int[] starts;
    private final int[] firstIds;
    private final List<Visit> visits;
    private final int seconds;

    private JoinedYard(List<Yard> parts) {
        this.parts = List.copyOf(parts);
        this.starts = new int[parts.size()];
        this.firstIds = new int[parts.size()];
        List<Visit> all = new ArrayList<>();
        int start = 0;
        for (int part = 0; part < parts.size(); part++) {
            starts[part] = start;
            firstIds[part] = all.size();
            for (Visit visit : parts.get(part).visits()) {
                all.add(shifted(visit, part));
            }
            start = Math.addExact(start, parts.get(part).seconds());
        }
        this.visits = List.copyOf(all);
        this.seconds = start;
    }

    /**
     * Joins yards.
     *
     * @param parts at least one, in the order of time
     * @throws IllegalArgumentException if there is none
     */
    public static JoinedYard of(List<Yard> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("Join at least one yard");
        }
        return new JoinedYard(parts);
    }

    @Override
    public int seconds() {
        return seconds;
    }

    @Override
    public List<Visit> visits() {
        return visits;
    }

    @Override
    public Moment at(int second) {
        if (second < 0 || second >= seconds) {
            throw new IndexOutOfBoundsException(
                    "Second %d is not in yards of %d seconds".formatted(second, seconds));
        }
        int found = Arrays.binarySearch(starts, second);
        int part = found >= 0 ? found : -found - 2;
        Moment moment = parts.get(part).at(second - starts[part]);
        List<Sighting> sightings =
                moment.sightings().stream()
                        .map(
                                sighting ->
                                        new Sighting(
                                                visits.get(firstIds[part] + sighting.visit().id()),
                                                sighting.spot(),
                                                sighting.visible()))
                        .toList();
        return new Moment(second, moment.conditions(), sightings);
    }

    private Visit shifted(Visit visit, int part) {
        OptionalInt owner =
                visit.owner().isPresent()
                        ? OptionalInt.of(visit.owner().getAsInt() + firstIds[part])
                        : OptionalInt.empty();
        return new Visit(
                visit.id() + firstIds[part],
                visit.kind(),
                visit.colour(),
                visit.spot(),
                visit.from() + starts[part],
                visit.to() + starts[part],
                owner);
    }
}
