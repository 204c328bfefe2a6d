package dev.watchword.job.questions;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Conditions;
import dev.watchword.job.yard.Daylight;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Moment;
import dev.watchword.job.yard.Sighting;
import dev.watchword.job.yard.Spot;
import dev.watchword.job.yard.Visit;
import dev.watchword.job.yard.Yard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A yard in which happens exactly what a test says. */
public final class HandMadeYard implements Yard {
    private final int seconds;
    private final List<Visit> visits = new ArrayList<>();
    private final Map<Integer, Double> visible = new HashMap<>();
    private final List<Span> gateOpen = new ArrayList<>();
    private final List<Span> rain = new ArrayList<>();

    public HandMadeYard(int seconds) {
        this.seconds = seconds;
    }

    public HandMadeYard with(Colour colour, Kind kind, int from, int to) {
        return add(colour, kind, from, to, OptionalInt.empty(), 1);
    }

    HandMadeYard partlyHidden(double share, Colour colour, Kind kind, int from, int to) {
        return add(colour, kind, from, to, OptionalInt.empty(), share);
    }

    /** A person in a coat who walks a dog. */
    HandMadeYard walk(Colour coat, Colour dog, int from, int to) {
        add(coat, Kind.PERSON, from, to, OptionalInt.empty(), 1);
        return add(dog, Kind.DOG, from, to, OptionalInt.of(visits.size() - 1), 1);
    }

    HandMadeYard gateOpen(int from, int to) {
        gateOpen.add(new Span(from, to));
        return this;
    }

    HandMadeYard rain(int from, int to) {
        rain.add(new Span(from, to));
        return this;
    }

    public Truth truth() {
        return Truth.of(this, 0, seconds);
    }

    private HandMadeYard add(
            Colour colour, Kind kind, int from, int to, OptionalInt owner, double share) {
        int id = visits.size();
        visible.put(id, share);
        visits.add(new Visit(id, kind, colour, Spot.NEAR_PATH, from, to, owner));
        return this;
    }

    @Override
    public int seconds() {
        return seconds;
    }

    @Override
    public List<Visit> visits() {
        return List.copyOf(visits);
    }

    @Override
    public Moment at(int second) {
        return new Moment(
                second,
                new Conditions(
                        gateOpen.stream().anyMatch(span -> span.contains(second)),
                        false,
                        true,
                        Daylight.DUSK,
                        rain.stream().anyMatch(span -> span.contains(second))),
                visits.stream()
                        .filter(visit -> visit.present(second))
                        .map(visit -> new Sighting(visit, visit.spot(), visible.get(visit.id())))
                        .toList());
    }
}
