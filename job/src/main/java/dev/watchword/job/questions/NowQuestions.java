package dev.watchword.job.questions;

import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Visit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Writes questions about how things are at the last second. */
final class NowQuestions {
    private static final int ATTEMPTS = 8;
    private static final int[] WEIGHTS = {3, 3, 3, 3, 3, 10, 5, 3, 12, 4};
    private static final List<Kind> KINDS =
            List.of(Kind.CAR, Kind.VAN, Kind.BICYCLE, Kind.PERSON, Kind.DOG);

    private final List<Pair> askable;
    private final Presence presence;

    NowQuestions(List<Pair> askable) {
        this.askable = askable;
        this.presence = new Presence(askable);
    }

    Optional<YardQuestion> ask(Truth truth, RandomGenerator random) {
        boolean wanted = random.nextBoolean();
        return Draw.within(ATTEMPTS, () -> attempt(truth, wanted, random));
    }

    private Optional<YardQuestion> attempt(Truth truth, boolean wanted, RandomGenerator random) {
        return switch (Draw.weighted(WEIGHTS, random)) {
            case 0 -> Optional.of(gate(truth, wanted, random));
            case 1 -> Optional.of(door(truth, wanted, random));
            case 2 -> Optional.of(lamp(truth, wanted, random));
            case 3 -> Optional.of(rain(truth, wanted, random));
            case 4 -> daylight(truth, wanted, random);
            case 5 -> pairThere(truth, wanted, random);
            case 6 -> kindThere(truth, wanted, random);
            case 7 -> parcelThere(truth, wanted, random);
            case 8 -> colour(truth, random);
            default -> owner(truth, random);
        };
    }

    private static YardQuestion gate(Truth truth, boolean wanted, RandomGenerator random) {
        boolean open = truth.last().conditions().gateOpen();
        if (random.nextInt(3) == 0) {
            return question(truth, Wording.GATE_STATE.write(random), open ? "open" : "closed");
        }
        Wording wording = open == wanted ? Wording.IS_GATE_OPEN : Wording.IS_GATE_CLOSED;
        return question(truth, wording.write(random), yes(wanted));
    }

    private static YardQuestion door(Truth truth, boolean wanted, RandomGenerator random) {
        boolean open = truth.last().conditions().doorOpen();
        if (random.nextInt(3) == 0) {
            return question(truth, Wording.DOOR_STATE.write(random), open ? "open" : "closed");
        }
        Wording wording = open == wanted ? Wording.IS_DOOR_OPEN : Wording.IS_DOOR_CLOSED;
        return question(truth, wording.write(random), yes(wanted));
    }

    private static YardQuestion lamp(Truth truth, boolean wanted, RandomGenerator random) {
        boolean on = truth.last().conditions().lampOn();
        if (random.nextInt(3) == 0) {
            return question(truth, Wording.LAMP_STATE.write(random), on ? "on" : "off");
        }
        Wording wording = on == wanted ? Wording.IS_LAMP_ON : Wording.IS_LAMP_OFF;
        return question(truth, wording.write(random), yes(wanted));
    }

    private static YardQuestion rain(Truth truth, boolean wanted, RandomGenerator random) {
        boolean raining = truth.last().conditions().raining();
        Wording wording = raining == wanted ? Wording.IS_RAINING : Wording.IS_DRY;
        return question(truth, wording.write(random), yes(wanted));
    }

    private static Optional<YardQuestion> daylight(
            Truth truth, boolean wanted, RandomGenerator random) {
        String light = truth.last().conditions().daylight().name().toLowerCase(Locale.ROOT);
        if (random.nextBoolean()) {
            return Optional.of(question(truth, Wording.DAYLIGHT.write(random), light));
        }
        String asked = Draw.one(List.of("day", "dusk", "night"), random).orElseThrow();
        if (wanted) {
            asked = light;
        }
        return asked.equals(light) == wanted
                ? Optional.of(
                        question(truth, Wording.IS_DAYLIGHT.write(random, asked), yes(wanted)))
                : Optional.empty();
    }

    private Optional<YardQuestion> pairThere(Truth truth, boolean wanted, RandomGenerator random) {
        return presence.pair(truth, wanted, random)
                .map(
                        pair ->
                                new YardQuestion(
                                        Family.NOW_ATTRIBUTE,
                                        Wording.IS_THERE.write(random, name(pair, random)),
                                        yes(wanted),
                                        truth.now(),
                                        Set.of(pair)));
    }

    private static String name(Pair pair, RandomGenerator random) {
        return random.nextBoolean() ? Nouns.one(pair) : Nouns.inFull(pair);
    }

    private static Optional<YardQuestion> kindThere(
            Truth truth, boolean wanted, RandomGenerator random) {
        return Presence.kind(truth, KINDS, wanted, random)
                .map(
                        kind ->
                                question(
                                        truth,
                                        Wording.IS_THERE.write(random, Nouns.one(kind)),
                                        yes(wanted)));
    }

    private static Optional<YardQuestion> parcelThere(
            Truth truth, boolean wanted, RandomGenerator random) {
        return Presence.kind(truth, List.of(Kind.PARCEL), wanted, random)
                .map(kind -> question(truth, Wording.IS_PARCEL_THERE.write(random), yes(wanted)));
    }

    private Optional<YardQuestion> colour(Truth truth, RandomGenerator random) {
        List<Visit> single =
                truth.clearNow(visit -> askable.contains(visit.pair())).stream()
                        .filter(visit -> only(truth, visit.kind()))
                        .toList();
        return Draw.one(single, random)
                .map(
                        visit ->
                                new YardQuestion(
                                        Family.NOW_ATTRIBUTE,
                                        visit.kind() == Kind.PERSON
                                                ? Wording.COAT_NOW.write(random)
                                                : Wording.COLOUR_NOW.write(
                                                        random, Nouns.one(visit.kind())),
                                        Nouns.of(visit.colour()),
                                        truth.now(),
                                        Set.of(visit.pair())));
    }

    private Optional<YardQuestion> owner(Truth truth, RandomGenerator random) {
        if (!only(truth, Kind.DOG)) {
            return Optional.empty();
        }
        Visit dog = truth.clearNow(visit -> visit.kind() == Kind.DOG).get(0);
        return truth
                .clearNow(
                        visit ->
                                dog.owner().isPresent()
                                        && visit.id() == dog.owner().getAsInt()
                                        && askable.contains(visit.pair()))
                .stream()
                .findFirst()
                .map(
                        person ->
                                new YardQuestion(
                                        Family.NOW_ATTRIBUTE,
                                        Wording.OWNER_NOW.write(random),
                                        Nouns.of(person.colour()),
                                        truth.now(),
                                        Set.of(person.pair())));
    }

    /** Whether exactly one of a kind is there, beyond doubt. */
    static boolean only(Truth truth, Kind kind) {
        Predicate<Visit> ofKind = visit -> visit.kind() == kind;
        return truth.clearNow(ofKind).size() == 1 && !truth.doubtfulNow(ofKind);
    }

    private static YardQuestion question(Truth truth, String text, String answer) {
        return new YardQuestion(Family.NOW_ATTRIBUTE, text, answer, truth.now(), Set.of());
    }

    private static String yes(boolean yes) {
        return yes ? "yes" : "no";
    }
}
