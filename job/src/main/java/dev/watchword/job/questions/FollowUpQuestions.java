package dev.watchword.job.questions;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Writes questions that follow another: most of them say "it", or "what about", and mean what the
 * question before named; some could have been asked by themselves.
 */
final class FollowUpQuestions {
    private static final int ATTEMPTS = 8;
    private static final int[] WEIGHTS = {4, 4, 4, 3, 2, 4, 4, 3};

    /** What can be called "it". */
    private static final List<Kind> THINGS = List.of(Kind.CAR, Kind.VAN, Kind.BICYCLE, Kind.DOG);

    private final List<Pair> askable;
    private final Presence presence;
    private final NowQuestions now;
    private final PastQuestions past;

    FollowUpQuestions(List<Pair> askable) {
        this.askable = askable;
        this.presence = new Presence(askable);
        this.now = new NowQuestions(askable);
        this.past = new PastQuestions(askable);
    }

    Optional<YardQuestion> ask(Truth truth, RandomGenerator random) {
        boolean wanted = random.nextBoolean();
        return Draw.within(
                ATTEMPTS,
                () ->
                        switch (Draw.weighted(WEIGHTS, random)) {
                            case 0 -> colourThen(truth, random);
                            case 1 -> colourNow(truth, random);
                            case 2 -> stillThere(truth, wanted, random);
                            case 3 -> otherCount(truth, random);
                            case 4 -> Optional.of(otherState(truth, wanted, random));
                            case 5 -> otherPast(truth, wanted, random);
                            case 6 -> otherNow(truth, wanted, random);
                            default -> unrelated(truth, random);
                        });
    }

    /** Was there a van? Yes. What colour was it? */
    private Optional<YardQuestion> colourThen(Truth truth, RandomGenerator random) {
        List<Pair> single = new ArrayList<>();
        for (Kind kind : THINGS) {
            List<Colour> colours = truth.colours(kind);
            if (colours.size() == 1 && !truth.doubtful(kind)) {
                single.add(new Pair(colours.get(0), kind));
            }
        }
        return Draw.one(single.stream().filter(askable::contains).toList(), random)
                .map(
                        pair -> {
                            List<Span> spans = Colours.spans(truth.stays(pair));
                            String named = Nouns.one(pair.kind());
                            return question(
                                            Wording.WHAT_COLOUR_WAS_IT.write(random),
                                            Nouns.of(pair.colour()),
                                            spans,
                                            Set.of(pair))
                                    .after(
                                            question(
                                                    Wording.WAS_THERE.write(random, named),
                                                    "yes",
                                                    spans,
                                                    Set.of()));
                        });
    }

    /** Is there a van? Yes. What colour is it? */
    private Optional<YardQuestion> colourNow(Truth truth, RandomGenerator random) {
        List<Visit> single =
                truth
                        .clearNow(
                                visit ->
                                        THINGS.contains(visit.kind())
                                                && askable.contains(visit.pair()))
                        .stream()
                        .filter(visit -> NowQuestions.only(truth, visit.kind()))
                        .toList();
        return Draw.one(single, random)
                .map(
                        visit ->
                                question(
                                                Wording.WHAT_COLOUR_IS_IT.write(random),
                                                Nouns.of(visit.colour()),
                                                truth.now(),
                                                Set.of(visit.pair()))
                                        .after(
                                                question(
                                                        Wording.IS_THERE.write(
                                                                random, Nouns.one(visit.kind())),
                                                        "yes",
                                                        truth.now(),
                                                        Set.of())));
    }

    /** Was there a red van? Yes. Is it still there? */
    private Optional<YardQuestion> stillThere(Truth truth, boolean wanted, RandomGenerator random) {
        List<Pair> fitting =
                askable.stream()
                        .filter(pair -> THINGS.contains(pair.kind()) && truth.seen(pair))
                        .filter(
                                pair ->
                                        Presence.verdict(truth, pair)
                                                == (wanted ? Verdict.YES : Verdict.NO))
                        .toList();
        return Draw.one(fitting, random)
                .map(
                        pair ->
                                question(
                                                Wording.IS_IT_STILL_THERE.write(random),
                                                yes(wanted),
                                                truth.now(),
                                                Set.of(pair))
                                        .after(wasThere(truth, pair, true, random)));
    }

    /** How many cars are there? Two. What about vans? */
    private static Optional<YardQuestion> otherCount(Truth truth, RandomGenerator random) {
        List<CountQuestions.Sort> sure =
                CountQuestions.Sort.ALL.stream()
                        .filter(sort -> !truth.doubtfulNow(sort::counts))
                        .toList();
        List<CountQuestions.Sort> some =
                sure.stream().filter(sort -> count(truth, sort) > 0).toList();
        Optional<CountQuestions.Sort> other =
                random.nextBoolean() ? Draw.one(some, random) : Draw.one(sure, random);
        Optional<CountQuestions.Sort> first =
                Draw.one(
                        sure.stream().filter(sort -> !other.equals(Optional.of(sort))).toList(),
                        random);
        return first.isEmpty() || other.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        count(truth, Wording.WHAT_ABOUT, other.get(), random)
                                .after(count(truth, Wording.COUNT_NOW, first.get(), random)));
    }

    private static YardQuestion count(
            Truth truth, Wording wording, CountQuestions.Sort sort, RandomGenerator random) {
        return question(
                wording.write(random, sort.name()),
                Integer.toString(count(truth, sort)),
                truth.now(),
                Set.of());
    }

    private static int count(Truth truth, CountQuestions.Sort sort) {
        return truth.clearNow(sort::counts).size();
    }

    /** Is the gate open? No. What about the door? */
    private static YardQuestion otherState(Truth truth, boolean wanted, RandomGenerator random) {
        boolean gate = truth.last().conditions().gateOpen();
        boolean door = truth.last().conditions().doorOpen();
        boolean afterDoor = random.nextBoolean();
        boolean asked = afterDoor ? gate : door;
        // Asked whether it is open or closed, so that the answer is the one that is wanted.
        boolean open = asked == wanted;
        Wording first =
                afterDoor
                        ? open ? Wording.IS_DOOR_OPEN : Wording.IS_DOOR_CLOSED
                        : open ? Wording.IS_GATE_OPEN : Wording.IS_GATE_CLOSED;
        String about = afterDoor ? "the gate" : "the door";
        return question(Wording.WHAT_ABOUT.write(random, about), yes(wanted), truth.now(), Set.of())
                .after(
                        question(
                                first.write(random),
                                yes((afterDoor ? door : gate) == open),
                                truth.now(),
                                Set.of()));
    }

    /** Was there a red van? Yes. What about a blue car? */
    private Optional<YardQuestion> otherPast(Truth truth, boolean wanted, RandomGenerator random) {
        Optional<Pair> other = past.pair(truth, wanted, random);
        boolean before = random.nextBoolean();
        return about(
                other,
                pair -> Colours.spans(truth.stays(pair)),
                wanted,
                past.pair(truth, before, random),
                pair -> wasThere(truth, pair, before, random),
                random);
    }

    /** Is there a red van? Yes. What about a blue car? */
    private Optional<YardQuestion> otherNow(Truth truth, boolean wanted, RandomGenerator random) {
        Optional<Pair> other = presence.pair(truth, wanted, random);
        boolean before = random.nextBoolean();
        return about(
                other,
                pair -> truth.now(),
                wanted,
                presence.pair(truth, before, random),
                pair ->
                        question(
                                Wording.IS_THERE.write(random, Nouns.one(pair)),
                                yes(before),
                                truth.now(),
                                Set.of(pair)),
                random);
    }

    /** Asks about a pair behind a question about another one; none if one is missing. */
    private static Optional<YardQuestion> about(
            Optional<Pair> other,
            Function<Pair, List<Span>> evidence,
            boolean wanted,
            Optional<Pair> first,
            Function<Pair, YardQuestion> asked,
            RandomGenerator random) {
        return first.isEmpty() || first.equals(other)
                ? Optional.empty()
                : other.map(
                        pair ->
                                question(
                                                Wording.WHAT_ABOUT.write(
                                                        random, "a " + Nouns.one(pair)),
                                                yes(wanted),
                                                evidence.apply(pair),
                                                Set.of(pair))
                                        .after(asked.apply(first.get())));
    }

    /** Is the lamp on? Yes. Was there a red van? */
    private Optional<YardQuestion> unrelated(Truth truth, RandomGenerator random) {
        Optional<YardQuestion> first = now.ask(truth, random);
        Optional<YardQuestion> second =
                random.nextBoolean() ? past.ask(truth, random) : now.ask(truth, random);
        return first.isEmpty() ? Optional.empty() : second.map(next -> next.after(first.get()));
    }

    private static YardQuestion wasThere(
            Truth truth, Pair pair, boolean was, RandomGenerator random) {
        return question(
                Wording.WAS_THERE.write(random, Nouns.one(pair)),
                yes(was),
                Colours.spans(truth.stays(pair)),
                Set.of(pair));
    }

    private static YardQuestion question(
            String text, String answer, List<Span> evidence, Set<Pair> about) {
        return new YardQuestion(Family.FOLLOW_UP, text, answer, evidence, about);
    }

    private static String yes(boolean yes) {
        return yes ? "yes" : "no";
    }
}
