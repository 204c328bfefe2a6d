package dev.watchword.job.yard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in the picture a thing is, in 96ths of the picture's side. It follows from the visit and the
 * second alone, and is the same in a {@link JoinedYard} as in its part.
 *
 * @param centre its middle, from the left
 * @param foot where it stands, from the top: who stands lower is nearer to the camera
 * @param facesLeft whether it looks or drives to the left
 * @param moves whether it is on its way
 * @param look decides what varies between things of a pair
 */
record Placement(
        Sighting sighting,
        double centre,
        double foot,
        double width,
        double height,
        boolean facesLeft,
        boolean moves,
        long look) {
    private static final double DOOR = 23;
    private static final double FAR_LEFT = 5;
    private static final double FAR_RIGHT = 41;
    private static final double NEAR_LEFT = 6;
    private static final double NEAR_RIGHT = 90;
    private static final double LANE_END = 81.5;
    private static final double FAR_FOOT = 47.5;
    private static final double NEAR_FOOT = 92;

    /** Returns where everything of a moment is, the farthest first. */
    static List<Placement> of(List<Sighting> sightings, int second) {
        Map<Integer, Placement> owners = new HashMap<>();
        List<Placement> placements = new ArrayList<>(sightings.size());
        for (Sighting sighting : sightings) {
            if (sighting.visit().owner().isEmpty()) {
                Placement placement = of(sighting, second);
                placements.add(placement);
                owners.put(sighting.visit().id(), placement);
            }
        }
        for (Sighting sighting : sightings) {
            if (sighting.visit().owner().isPresent()) {
                Placement owner = owners.get(sighting.visit().owner().getAsInt());
                placements.add(owner == null ? of(sighting, second) : beside(owner, sighting));
            }
        }
        placements.sort((one, other) -> Double.compare(one.foot, other.foot));
        return placements;
    }

    double left() {
        return centre - width / 2;
    }

    double top() {
        return foot - height;
    }

    private static Placement of(Sighting sighting, int second) {
        Visit visit = sighting.visit();
        long look =
                Seeds.mix(
                        visit.kind().ordinal(),
                        visit.colour().ordinal(),
                        visit.spot().ordinal(),
                        visit.to() - visit.from());
        return switch (sighting.spot()) {
            case BAY_1 -> parked(sighting, look, 16);
            case BAY_2 -> parked(sighting, look, 47.5);
            case BAY_3 -> parked(sighting, look, 79);
            case LANE -> driving(sighting, look, second);
            case RACK_1 -> standing(sighting, look, 54, 46);
            case RACK_2 -> standing(sighting, look, 69, 46);
            case FAR_PATH -> walking(sighting, look, second);
            case NEAR_PATH -> walking(sighting, look, second);
            case DOORSTEP_1 -> standing(sighting, look, 18.8, 48.6);
            case DOORSTEP_2 -> standing(sighting, look, 27.4, 48.6);
        };
    }

    private static Placement parked(Sighting sighting, long look, double centre) {
        return placed(
                sighting,
                centre + Seeds.between(look, 1, -1.2, 1.2),
                78 + Seeds.between(look, 2, -1, 1),
                1.06,
                Seeds.unit(look, 3) < 0.5,
                false,
                look);
    }

    private static Placement standing(Sighting sighting, long look, double centre, double foot) {
        return placed(
                sighting,
                centre + Seeds.between(look, 1, -0.6, 0.6),
                foot + Seeds.between(look, 2, -0.5, 0.5),
                1,
                Seeds.unit(look, 3) < 0.5,
                false,
                look);
    }

    /** Farther from the right edge with each second since it came, or before it goes. */
    private static Placement driving(Sighting sighting, long look, int second) {
        Visit visit = sighting.visit();
        int since = second - visit.from();
        boolean comes = since < ScriptWriter.LONGEST_LANE;
        int steps = comes ? since : Math.min(ScriptWriter.LONGEST_LANE, visit.to() - 1 - second);
        double pace = Seeds.between(look, 4, 6.5, 8.5);
        return placed(
                sighting,
                LANE_END - pace * steps,
                62 + Seeds.between(look, 5, -0.7, 0.7),
                0.97,
                comes,
                true,
                look);
    }

    private static Placement walking(Sighting sighting, long look, int second) {
        Visit visit = sighting.visit();
        boolean far = visit.spot() == Spot.FAR_PATH;
        double done = (second - visit.from() + 0.5) / (visit.to() - visit.from());
        boolean left = Seeds.unit(look, 3) < 0.5;
        boolean crosses = Seeds.unit(look, 6) < 0.6;
        double centre;
        if (crosses) {
            double along = left ? 1 - done : done;
            centre =
                    far ? across(along, FAR_LEFT, FAR_RIGHT) : across(along, NEAR_LEFT, NEAR_RIGHT);
        } else {
            double sway = Math.sin((second - visit.from()) * 0.7 + look % 7) * 0.5;
            centre = sway + (far ? besideDoor(look) : Seeds.between(look, 7, 8, 88));
        }
        double foot =
                (far ? FAR_FOOT : NEAR_FOOT)
                        + Seeds.between(look, 2, far ? -0.4 : -1, far ? 0.4 : 1);
        return placed(sighting, centre, foot, far ? 1 : 1.1, left, crosses, look);
    }

    private static double across(double along, double from, double to) {
        return from + (to - from) * along;
    }

    private static double besideDoor(long look) {
        double away = Seeds.between(look, 7, 8.5, 14);
        return Seeds.unit(look, 8) < 0.5 ? DOOR - away : DOOR + away;
    }

    private static Placement beside(Placement owner, Sighting sighting) {
        Visit visit = sighting.visit();
        long look = Seeds.mix(owner.look, visit.colour().ordinal());
        boolean far = visit.spot() == Spot.FAR_PATH;
        double away = Seeds.between(look, 1, 7.5, 9);
        double rightmost = far ? FAR_RIGHT : NEAR_RIGHT;
        double leftmost = far ? FAR_LEFT + 1 : NEAR_LEFT;
        boolean toTheLeft = Seeds.unit(look, 3) < 0.5;
        if (owner.centre + away > rightmost + 2) {
            toTheLeft = true;
        } else if (owner.centre - away < leftmost - 1) {
            toTheLeft = false;
        }
        return placed(
                sighting,
                owner.centre + (toTheLeft ? -away : away),
                owner.foot + (far ? 6 : 1.5),
                far ? 1 : 1.1,
                owner.facesLeft,
                owner.moves,
                look);
    }

    private static Placement placed(
            Sighting sighting,
            double centre,
            double foot,
            double nearness,
            boolean facesLeft,
            boolean moves,
            long look) {
        double size = nearness * Seeds.between(look, 9, 0.93, 1.08);
        double width =
                switch (sighting.visit().kind()) {
                    case CAR -> 22.5;
                    case VAN -> 25;
                    case BICYCLE -> 13.5;
                    case PERSON -> 7;
                    case DOG -> 9.5;
                    case PARCEL -> 7.2;
                };
        double height =
                switch (sighting.visit().kind()) {
                    case CAR -> 11;
                    case VAN -> 17;
                    case BICYCLE -> 9.5;
                    case PERSON -> 16.5;
                    case DOG -> 6.8;
                    case PARCEL -> 6.2;
                };
        return new Placement(
                sighting, centre, foot, width * size, height * size, facesLeft, moves, look);
    }
}
