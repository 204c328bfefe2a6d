package dev.watchword.job.yard;

import java.util.OptionalInt;

/**
 * A visit and how long it is in the lane.
 *
 * @param inbound seconds at its beginning in {@link Spot#LANE}
 * @param outbound seconds at its end in {@link Spot#LANE}
 */
record Course(Visit visit, int inbound, int outbound) {
    /** Returns where it is at a second at which it is present. */
    Spot spotAt(int second) {
        boolean inLane = second < visit.from() + inbound || second >= visit.to() - outbound;
        return inLane ? Spot.LANE : visit.spot();
    }

    /** Returns it without what is before second 0 and from {@code seconds} on. */
    Course cut(int seconds) {
        int from = Math.max(0, visit.from());
        int to = Math.min(seconds, visit.to());
        return new Course(
                new Visit(
                        visit.id(),
                        visit.kind(),
                        visit.colour(),
                        visit.spot(),
                        from,
                        to,
                        visit.owner()),
                Math.max(0, inbound - (from - visit.from())),
                Math.max(0, outbound - (visit.to() - to)));
    }

    /** Returns it with other numbers, as much later. */
    Course moved(int id, int later, OptionalInt owner) {
        return new Course(
                new Visit(
                        id,
                        visit.kind(),
                        visit.colour(),
                        visit.spot(),
                        visit.from() + later,
                        visit.to() + later,
                        owner),
                inbound,
                outbound);
    }
}
