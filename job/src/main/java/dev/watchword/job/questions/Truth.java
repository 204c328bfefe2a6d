package dev.watchword.job.questions;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Moment;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Sighting;
import dev.watchword.job.yard.Visit;
import dev.watchword.job.yard.Yard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was to be seen in a span of a yard, found out once in time linear in the span. A thing was
 * seen when it was {@link #CLEAR clearly} visible for at least one second; one that was only
 * glimpsed makes whatever hinges on it doubtful. Immutable; any thread may ask it.
 */
public final class Truth {
    /** From this visible share on a thing counts as seen. */
    public static final double CLEAR = 0.6;

    private static final int KINDS = Kind.values().length;
    private static final int COLOURS = Colour.values().length;

    private final int from;
    private final int to;
    private final Moment last;
    private final List<List<Stay>> byPair = new ArrayList<>(KINDS * COLOURS);
    private final List<List<Stay>> byKind = new ArrayList<>(KINDS);
    private final boolean[] doubtfulPairs = new boolean[KINDS * COLOURS];
    private final boolean[] doubtfulKinds = new boolean[KINDS];
    private final Map<Colour, List<Stay>> byOwner = new EnumMap<>(Colour.class);
    private final Map<Integer, Stay> byVisit = new HashMap<>();
    private boolean doubtfulOwners;
    private final List<Span> gateOpen = new ArrayList<>();
    private final List<Span> rain = new ArrayList<>();

    private Truth(int from, int to, Moment last) {
        this.from = from;
        this.to = to;
        this.last = last;
        for (int pair = 0; pair < KINDS * COLOURS; pair++) {
            byPair.add(new ArrayList<>(2));
        }
        for (int kind = 0; kind < KINDS; kind++) {
            byKind.add(new ArrayList<>());
        }
    }

    /**
     * Looks through the seconds of a yard from {@code from} up to, and without, {@code to}.
     *
     * @throws IllegalArgumentException if the span is empty or reaches beyond the yard
     */
    public static Truth of(Yard yard, int from, int to) {
        if (from < 0 || from >= to || to > yard.seconds()) {
            throw new IllegalArgumentException(
                    "The span from second %d to %d does not lie in a yard of %d seconds."
                            .formatted(from, to, yard.seconds()));
        }
        Truth truth = new Truth(from, to, yard.at(to - 1));
        truth.look(yard);
        return truth;
    }

    private void look(Yard yard) {
        int[] first = new int[yard.visits().size()];
        int[] end = new int[first.length];
        Arrays.fill(first, -1);
        boolean[] glimpsed = new boolean[first.length];
        int gateSince = -1;
        int rainSince = -1;
        for (int second = from; second < to; second++) {
            Moment moment = yard.at(second);
            gateSince = run(gateOpen, moment.conditions().gateOpen(), gateSince, second);
            rainSince = run(rain, moment.conditions().raining(), rainSince, second);
            for (Sighting sighting : moment.sightings()) {
                int id = sighting.visit().id();
                glimpsed[id] |= sighting.visible() > 0;
                if (sighting.visible() >= CLEAR) {
                    first[id] = first[id] < 0 ? second : first[id];
                    end[id] = second + 1;
                }
            }
        }
        run(gateOpen, false, gateSince, to);
        run(rain, false, rainSince, to);
        for (int id = 0; id < first.length; id++) {
            if (first[id] >= 0) {
                add(yard.visits().get(id), new Span(first[id], end[id]));
            } else if (glimpsed[id]) {
                doubt(yard.visits().get(id));
            }
        }
        stays(Kind.DOG).forEach(this::addOwner);
    }

    private static int run(List<Span> runs, boolean holds, int since, int second) {
        if (holds) {
            return since < 0 ? second : since;
        }
        if (since >= 0) {
            runs.add(new Span(since, second));
        }
        return -1;
    }

    private void add(Visit visit, Span seen) {
        Stay stay = new Stay(visit, seen, visit.from() > from, visit.to() < to);
        byPair.get(index(visit.kind(), visit.colour())).add(stay);
        byKind.get(visit.kind().ordinal()).add(stay);
        byVisit.put(visit.id(), stay);
    }

    private void doubt(Visit visit) {
        doubtfulPairs[index(visit.kind(), visit.colour())] = true;
        doubtfulKinds[visit.kind().ordinal()] = true;
        doubtfulOwners |= visit.kind() == Kind.DOG;
    }

    private void addOwner(Stay dog) {
        Optional<Stay> owner = owner(dog);
        owner.ifPresent(
                person ->
                        byOwner.computeIfAbsent(person.visit().colour(), c -> new ArrayList<>())
                                .add(dog));
        doubtfulOwners |= owner.isEmpty();
    }

    private static int index(Kind kind, Colour colour) {
        return kind.ordinal() * COLOURS + colour.ordinal();
    }

    /** Returns the first second of the span. */
    public int from() {
        return from;
    }

    /** Returns the second at which questions are asked: the first one after the span. */
    public int to() {
        return to;
    }

    /** Returns the last picture of the span. */
    public Moment last() {
        return last;
    }

    /** Returns whether a pair was seen. */
    public boolean seen(Pair pair) {
        return !stays(pair).isEmpty();
    }

    /** Returns whether a kind was seen. */
    public boolean seen(Kind kind) {
        return !stays(kind).isEmpty();
    }

    /** Returns whether something of the pair was there but never clearly seen. */
    public boolean doubtful(Pair pair) {
        return doubtfulPairs[index(pair.kind(), pair.colour())];
    }

    /** Returns whether something of the kind was there but never clearly seen. */
    public boolean doubtful(Kind kind) {
        return doubtfulKinds[kind.ordinal()];
    }

    /** Returns the colours in which a kind was seen. */
    public List<Colour> colours(Kind kind) {
        List<Colour> colours = new ArrayList<>(COLOURS);
        for (Colour colour : Colour.values()) {
            if (!byPair.get(index(kind, colour)).isEmpty()) {
                colours.add(colour);
            }
        }
        return colours;
    }

    List<Stay> stays(Pair pair) {
        return byPair.get(index(pair.kind(), pair.colour()));
    }

    List<Stay> stays(Kind kind) {
        return byKind.get(kind.ordinal());
    }

    Optional<Stay> owner(Stay dog) {
        return dog.visit().owner().isPresent()
                ? Optional.ofNullable(byVisit.get(dog.visit().owner().getAsInt()))
                : Optional.empty();
    }

    /** The dogs that were seen, by the colour of their owner's coat. */
    Map<Colour, List<Stay>> dogsByOwner() {
        return byOwner;
    }

    /** Whether a dog or a dog's owner was never clearly seen. */
    boolean doubtfulOwners() {
        return doubtfulOwners;
    }

    /** The times for which the gate was open, cut to the span. */
    List<Span> gateOpen() {
        return gateOpen;
    }

    /** The times for which it rained, cut to the span. */
    List<Span> rain() {
        return rain;
    }

    /** The clearly visible things of the last picture. */
    List<Visit> clearNow(Predicate<Visit> which) {
        List<Visit> clear = new ArrayList<>();
        for (Sighting sighting : last.sightings()) {
            if (sighting.visible() >= CLEAR && which.test(sighting.visit())) {
                clear.add(sighting.visit());
            }
        }
        return clear;
    }

    /** Whether one of these is partly hidden in the last picture. */
    boolean doubtfulNow(Predicate<Visit> which) {
        for (Sighting sighting : last.sightings()) {
            if (sighting.visible() > 0
                    && sighting.visible() < CLEAR
                    && which.test(sighting.visit())) {
                return true;
            }
        }
        return false;
    }

    /** The last second as evidence. */
    List<Span> now() {
        return List.of(new Span(to - 1, to));
    }
}
