package dev.watchword.job.yard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells in plain words what happens in a yard. */
public final class Narrator {
    /** What happens at one second. */
    public record Line(int second, String text) {}

    private final Yard yard;
    private final int seconds;
    private final List<Line> lines = new ArrayList<>();

    private Narrator(Yard yard, int seconds) {
        this.yard = yard;
        this.seconds = seconds;
    }

    /**
     * Tells what happens, in the order of time: first how the yard is at second 0 and what is there,
     * then whatever changes.
     *
     * @param seconds how far to tell, from 1 to the yard's seconds
     */
    public static List<Line> tell(Yard yard, int seconds) {
        if (seconds < 1 || seconds > yard.seconds()) {
            throw new IllegalArgumentException(
                    "Tell from 1 to %d seconds of this yard, not %d"
                            .formatted(yard.seconds(), seconds));
        }
        Narrator narrator = new Narrator(yard, seconds);
        narrator.tellConditions();
        narrator.tellVisits();
        narrator.lines.sort(Comparator.comparingInt(Line::second));
        return List.copyOf(narrator.lines);
    }

    private void tellConditions() {
        Conditions before = yard.at(0).conditions();
        line(0, "it is %s", words(before.daylight()));
        line(0, before.raining() ? "it rains" : "it is dry");
        line(0, "the gate is %s", openOrClosed(before.gateOpen()));
        line(0, "the door is %s", openOrClosed(before.doorOpen()));
        line(0, "the lamp is %s", before.lampOn() ? "on" : "off");
        for (int second = 1; second < seconds; second++) {
            Conditions now = yard.at(second).conditions();
            if (!now.equals(before)) {
                tellChange(second, before, now);
            }
            before = now;
        }
    }

    private void tellChange(int second, Conditions before, Conditions now) {
        if (now.daylight() != before.daylight()) {
            line(second, "it is %s", words(now.daylight()));
        }
        if (now.raining() != before.raining()) {
            line(second, now.raining() ? "it begins to rain" : "the rain stops");
        }
        if (now.gateOpen() != before.gateOpen()) {
            line(second, now.gateOpen() ? "the gate opens" : "the gate closes");
        }
        if (now.doorOpen() != before.doorOpen()) {
            line(second, now.doorOpen() ? "the door opens" : "the door closes");
        }
        if (now.lampOn() != before.lampOn()) {
            line(second, now.lampOn() ? "the lamp goes on" : "the lamp goes off");
        }
    }

    private void tellVisits() {
        Map<Integer, Visit> dogs = new HashMap<>();
        for (Visit visit : yard.visits()) {
            visit.owner().ifPresent(owner -> dogs.put(owner, visit));
        }
        for (Visit visit : yard.visits()) {
            if (visit.owner().isEmpty() && visit.from() < seconds) {
                String who = words(visit);
                if (dogs.containsKey(visit.id())) {
                    who += " with " + words(dogs.get(visit.id()));
                }
                tellVisit(visit, who);
            }
        }
    }

    private void tellVisit(Visit visit, String who) {
        boolean parcel = visit.kind() == Kind.PARCEL;
        if (visit.from() == 0) {
            line(0, "%s is there", who);
        } else {
            line(visit.from(), parcel ? "%s is left at the door" : "%s comes", who);
        }
        if (visit.to() < seconds) {
            line(visit.to(), parcel ? "%s is gone from the door" : "%s has left", who);
        }
    }

    private void line(int second, String text, Object... arguments) {
        lines.add(new Line(second, text.formatted(arguments)));
    }

    private static String words(Visit visit) {
        String colour = visit.colour().name().toLowerCase(Locale.ROOT);
        return switch (visit.kind()) {
            case PERSON -> "a person in a %s coat".formatted(colour);
            case PARCEL -> "a parcel";
            default -> "a %s %s".formatted(colour, visit.kind().name().toLowerCase(Locale.ROOT));
        };
    }

    private static String words(Daylight daylight) {
        return daylight.name().toLowerCase(Locale.ROOT);
    }

    private static String openOrClosed(boolean open) {
        return open ? "open" : "closed";
    }
}
