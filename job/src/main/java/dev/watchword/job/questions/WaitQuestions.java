package dev.watchword.job.questions;

import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Writes standing wishes. */
final class WaitQuestions {
    private static final int ATTEMPTS = 8;
    private static final int[] WEIGHTS = {5, 4, 3, 3};
    private static final List<Kind> KINDS =
            List.of(Kind.CAR, Kind.VAN, Kind.BICYCLE, Kind.PERSON, Kind.DOG);

    /** What is waited for; {@code @} stands for a thing. */
    enum Clause {
        THING("a @ is here"),
        THING_COMES("a @ is there"),
        YARD("a @ is in the yard"),
        PARCEL("a parcel is at the door"),
        PARCEL_LIES("there is a parcel"),
        SOMEBODY("somebody is here"),
        WALKS("somebody walks a dog"),
        GATE_OPEN("the gate is open"),
        GATE_CLOSED("the gate is closed"),
        DOOR_OPEN("the door is open"),
        DOOR_CLOSED("the door is closed"),
        LAMP_ON("the lamp is on"),
        LAMP_OFF("the lamp is off"),
        RAINING("it is raining"),
        DRY("it is dry"),
        DAY("it is day"),
        DUSK("it is dusk"),
        NIGHT("it is night");

        private final String text;

        Clause(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static final List<Clause> THINGS =
            List.of(Clause.THING, Clause.THING_COMES, Clause.YARD);

    private final Presence presence;

    WaitQuestions(List<Pair> askable) {
        this.presence = new Presence(askable);
    }

    Optional<YardQuestion> ask(Truth truth, RandomGenerator random) {
        boolean wanted = random.nextBoolean();
        return wish(truth, wanted, random)
                .map(
                        wish ->
                                new YardQuestion(
                                        Family.WAIT_UNTIL,
                                        wish.text(),
                                        wanted ? Wish.NOW : Wish.NOT_YET,
                                        truth.now(),
                                        wish.about()));
    }

    Optional<Wish> wish(Truth truth, boolean fulfilled, RandomGenerator random) {
        Optional<Wish> wish = Optional.empty();
        for (int attempt = 0; attempt < ATTEMPTS && wish.isEmpty(); attempt++) {
            wish =
                    switch (Draw.weighted(WEIGHTS, random)) {
                        case 0 -> pair(truth, fulfilled, random);
                        case 1 -> kind(truth, fulfilled, random);
                        case 2 -> parcel(truth, fulfilled, random);
                        default -> state(truth, fulfilled, random);
                    };
        }
        return wish;
    }

    private Optional<Wish> pair(Truth truth, boolean fulfilled, RandomGenerator random) {
        return presence.pair(truth, fulfilled, random)
                .map(
                        pair ->
                                new Wish(
                                        new Fact.Present(pair.kind(), Optional.of(pair.colour())),
                                        text(
                                                Draw.one(THINGS, random).orElseThrow(),
                                                Nouns.one(pair),
                                                random),
                                        Set.of(pair)));
    }

    private static Optional<Wish> kind(Truth truth, boolean fulfilled, RandomGenerator random) {
        return Presence.kind(truth, KINDS, fulfilled, random)
                .map(
                        kind ->
                                new Wish(
                                        new Fact.Present(kind, Optional.empty()),
                                        text(clause(kind, random), Nouns.one(kind), random),
                                        Set.of()));
    }

    private static Clause clause(Kind kind, RandomGenerator random) {
        if (kind == Kind.PERSON && random.nextBoolean()) {
            return Clause.SOMEBODY;
        }
        if (kind == Kind.DOG && random.nextBoolean()) {
            return Clause.WALKS;
        }
        return Draw.one(THINGS, random).orElseThrow();
    }

    private static Optional<Wish> parcel(Truth truth, boolean fulfilled, RandomGenerator random) {
        return Presence.kind(truth, List.of(Kind.PARCEL), fulfilled, random)
                .map(
                        kind ->
                                new Wish(
                                        new Fact.Present(kind, Optional.empty()),
                                        text(
                                                random.nextInt(3) > 0
                                                        ? Clause.PARCEL
                                                        : Clause.PARCEL_LIES,
                                                "",
                                                random),
                                        Set.of()));
    }

    private static Optional<Wish> state(Truth truth, boolean fulfilled, RandomGenerator random) {
        List<Fact.State> fitting = new ArrayList<>();
        for (Fact.State state : Fact.State.values()) {
            if (state.holds(truth.last().conditions()) == fulfilled) {
                fitting.add(state);
            }
        }
        return Draw.one(fitting, random)
                .map(
                        state ->
                                new Wish(
                                        state,
                                        text(Clause.valueOf(state.name()), "", random),
                                        Set.of()));
    }

    private static String text(Clause clause, String thing, RandomGenerator random) {
        return Wording.TELL_WHEN.write(random, clause.text().replace("@", thing));
    }
}
