package dev.watchword.job.train;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Conditions;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Moment;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Sighting;
import dev.watchword.job.yard.Visit;
import dev.watchword.job.yard.Yard;
import dev.watchword.model.training.HeadTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the event heads are to tell of a second of a history: how the yard itself changed since the
 * second before, what came and what left, by kind and colour, and, of every second, when it was: its
 * position in quarters of an octave, for what came first is told by when it came. Where several
 * yards lie one after the other, also the last two digits of its yard's name.
 */
final class SceneEvents {
    private static final int COLOURS = Colour.values().length + 1;
    private static final int CHANGES = 3;
    private static final int TIMES = 72;
    private static final float SELDOM = 8;
    private static final int DIGITS = 10;

    /** How many heads, the last ones, tell something of every second. */
    private static final int ALWAYS = 3;

    private SceneEvents() {}

    /** How many classes each head tells apart. */
    static List<Integer> sizes() {
        List<Integer> sizes = new ArrayList<>(List.of(CHANGES, CHANGES, CHANGES, CHANGES));
        for (int i = 0; i < Kind.values().length; i++) {
            sizes.addAll(List.of(COLOURS, COLOURS));
        }
        sizes.add(TIMES);
        sizes.addAll(List.of(DIGITS, DIGITS));
        return sizes;
    }

    /** How often what each head tells counts against nothing. */
    static float[] emphasis() {
        float[] emphasis = new float[sizes().size()];
        Arrays.fill(emphasis, SELDOM);
        Arrays.fill(emphasis, emphasis.length - ALWAYS, emphasis.length, 1);
        return emphasis;
    }

    /** Of a frame that is not there. */
    static int[] untold() {
        int[] untold = new int[sizes().size()];
        Arrays.fill(untold, HeadTarget.UNTOLD);
        return untold;
    }

    /**
     * What each head should give at a second.
     *
     * @param position in the language model's sequence, at least 1
     * @param first whether nothing was seen before: then nothing is told
     * @param leftOut pairs that never come
     */
    static int[] of(Yard yard, int second, long position, boolean first, Set<Pair> leftOut) {
        if (first) {
            return untold();
        }
        Moment before = yard.at(second - 1);
        Moment now = yard.at(second);
        Conditions past = before.conditions();
        Conditions present = now.conditions();
        List<Integer> events = new ArrayList<>();
        events.add(change(past.gateOpen(), present.gateOpen()));
        events.add(change(past.doorOpen(), present.doorOpen()));
        events.add(change(past.lampOn(), present.lampOn()));
        events.add(change(past.raining(), present.raining()));
        for (Kind kind : Kind.values()) {
            int came = colour(now, kind, visit -> visit.from() == second);
            int left = colour(before, kind, visit -> visit.to() == second);
            events.add(SceneStates.sparingColours(came, kind, leftOut));
            events.add(SceneStates.sparingColours(left, kind, leftOut));
        }
        events.add(time(position));
        events.addAll(List.of(HeadTarget.UNTOLD, HeadTarget.UNTOLD));
        return events.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The same of a second of a yard with a name. */
    static int[] named(int[] events, String name) {
        int[] named = events.clone();
        for (int i = 1; i <= 2; i++) {
            char last = name.charAt(name.length() - i);
            named[named.length - i] = Character.isDigit(last) ? last - '0' : HeadTarget.UNTOLD;
        }
        return named;
    }

    /** How many classes {@link #time} has. */
    static int times() {
        return TIMES;
    }

    /** When that is, in quarters of an octave. */
    static int time(long position) {
        double octaves = Math.log(position) / Math.log(2);
        return Math.min(TIMES - 1, (int) (4 * octaves));
    }

    private static int change(boolean past, boolean present) {
        return past == present ? 0 : present ? 1 : 2;
    }

    private static int colour(Moment moment, Kind kind, Predicate<Visit> which) {
        for (Sighting sighting : moment.sightings()) {
            if (sighting.visit().kind() == kind && which.test(sighting.visit())) {
                return 1 + sighting.visit().colour().ordinal();
            }
        }
        return 0;
    }
}
