package dev.watchword.job.yard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Works out how much of each thing can be seen. A thing is looked at on a grid of points; those of
 * its outline that are in the picture and behind no nearer outline are seen. Outlines are put
 * together from boxes.
 */
final class Visibility {
    private static final int POINTS = 9;
    private static final double SIDE = 96;

    /** A part of an outline, in shares of a thing's width and height. */
    private record Box(double left, double top, double right, double bottom) {
        boolean holds(double across, double down) {
            return left <= across && across < right && top <= down && down < bottom;
        }
    }

    private static final List<Box> WHOLE = List.of(new Box(0, 0, 1, 1));
    private static final List<Box> CAR =
            List.of(new Box(0.2, 0, 0.8, 0.45), new Box(0, 0.42, 1, 1));
    private static final List<Box> PERSON =
            List.of(
                    new Box(0.25, 0, 0.75, 0.28),
                    new Box(0.03, 0.26, 0.97, 0.72),
                    new Box(0.2, 0.7, 0.8, 1));

    private Visibility() {}

    /** Returns the sightings with {@link Sighting#visible} as it is in the picture. */
    static List<Sighting> measured(List<Sighting> sightings, int second) {
        if (sightings.isEmpty()) {
            return sightings;
        }
        List<Placement> placements = Placement.of(sightings, second);
        Map<Integer, Double> visible = new HashMap<>();
        for (int index = 0; index < placements.size(); index++) {
            Placement placement = placements.get(index);
            List<Placement> nearer = new ArrayList<>();
            for (Placement other : placements.subList(index + 1, placements.size())) {
                if (touches(placement, other)) {
                    nearer.add(other);
                }
            }
            visible.put(placement.sighting().visit().id(), visible(placement, nearer));
        }
        return sightings.stream()
                .map(
                        sighting ->
                                new Sighting(
                                        sighting.visit(),
                                        sighting.spot(),
                                        visible.get(sighting.visit().id())))
                .toList();
    }

    private static boolean touches(Placement one, Placement other) {
        return Math.abs(one.centre() - other.centre()) * 2 < one.width() + other.width()
                && one.top() < other.foot()
                && other.top() < one.foot();
    }

    private static double visible(Placement placement, List<Placement> nearer) {
        boolean within =
                placement.left() >= 0
                        && placement.left() + placement.width() <= SIDE
                        && placement.top() >= 0
                        && placement.foot() <= SIDE;
        if (within && nearer.isEmpty()) {
            return 1;
        }
        int all = 0;
        int seen = 0;
        for (int row = 0; row < POINTS; row++) {
            for (int column = 0; column < POINTS; column++) {
                double x = placement.left() + placement.width() * (column + 0.5) / POINTS;
                double y = placement.top() + placement.height() * (row + 0.5) / POINTS;
                if (!covers(placement, x, y)) {
                    continue;
                }
                all++;
                boolean inFrame = x >= 0 && x < SIDE && y >= 0 && y < SIDE;
                if (inFrame && nearer.stream().noneMatch(other -> covers(other, x, y))) {
                    seen++;
                }
            }
        }
        return (double) seen / all;
    }

    private static boolean covers(Placement placement, double x, double y) {
        double across = (x - placement.left()) / placement.width();
        double down = (y - placement.top()) / placement.height();
        List<Box> outline =
                switch (placement.sighting().visit().kind()) {
                    case CAR -> CAR;
                    case PERSON -> PERSON;
                    case VAN, BICYCLE, DOG, PARCEL -> WHOLE;
                };
        for (Box box : outline) {
            if (box.holds(across, down)) {
                return true;
            }
        }
        return false;
    }
}
