package dev.watchword.job.exam;

import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.QuestionWriter;
import dev.watchword.job.questions.Truth;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Population;
import dev.watchword.job.yard.Yard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** Writes papers; the same arguments give the same paper. */
final class PaperWriter {
    private static final int ROUNDS = 300;
    private static final int DRAWS = 4;

    /** No more yards are looked at; where too few of them suit, there are fewer questions. */
    private static final int MOST_YARDS = 100_000;

    private final long seed;
    private final QuestionWriter writer;
    private final Predicate<Set<Pair>> yards;
    private final Predicate<Set<Pair>> questions;

    /**
     * @param yards whether it is asked about a yard, by the pairs that come to it
     * @param questions whether a question is asked, by the pairs that it is about
     */
    private PaperWriter(
            long seed,
            Collection<Pair> askable,
            Predicate<Set<Pair>> yards,
            Predicate<Set<Pair>> questions) {
        this.seed = seed;
        this.writer = new QuestionWriter(askable);
        this.yards = yards;
        this.questions = questions;
    }

    /** For papers about all that can be in a yard. */
    static PaperWriter ofAll(long seed) {
        return new PaperWriter(seed, Population.allPairs(), come -> true, about -> true);
    }

    /** For papers about some pairs only, in yards to which at least one of them comes. */
    static PaperWriter about(Set<Pair> pairs, long seed) {
        Predicate<Set<Pair>> someOfThem = each -> !Collections.disjoint(each, pairs);
        return new PaperWriter(seed, pairs, someOfThem, someOfThem);
    }

    /** For papers about all other pairs, in yards to which none of these comes. */
    static PaperWriter without(Set<Pair> pairs, long seed) {
        List<Pair> others =
                Population.allPairs().stream().filter(pair -> !pairs.contains(pair)).toList();
        return new PaperWriter(
                seed, others, come -> Collections.disjoint(come, pairs), about -> true);
    }

    /** A moment of a yard, with what has been asked so far. */
    private record Place(int end, Truth truth, List<YardQuestion> questions, Set<String> texts) {}

    /**
     * Writes a paper.
     *
     * @param length how many frames are seen before each question; 1: the last frame alone
     * @param questions how many of each family, if so many can be found
     */
    Paper write(int length, Collection<Family> families, int questions) {
        Shape shape = Shape.of(length);
        int seconds = shape.seconds(length);
        List<Long> seeds = yardSeeds(length, shape.yards());
        List<List<Place>> places = new ArrayList<>();
        for (long yardSeed : seeds) {
            places.add(places(Sheet.yard(yardSeed, seconds), length, shape));
        }
        for (Family family : families) {
            fill(places.stream().flatMap(List::stream).toList(), family, length, questions);
        }
        List<Sheet> sheets = new ArrayList<>();
        for (int number = 0; number < seeds.size(); number++) {
            sheets.add(
                    new Sheet(
                            "yard-%d-%016x".formatted(length, seeds.get(number)),
                            seeds.get(number),
                            seconds,
                            length == 1,
                            places.get(number).stream()
                                    .filter(place -> !place.questions().isEmpty())
                                    .map(place -> new Sheet.Look(place.end(), place.questions()))
                                    .toList()));
        }
        return new Paper(length, sheets.stream().filter(sheet -> sheet.questions() > 0).toList());
    }

    private List<Long> yardSeeds(int length, int count) {
        return LongStream.range(0, MOST_YARDS)
                .map(number -> ExamSeeds.of(seed, length, number))
                .filter(yard -> yards.test(Population.of(yard, Set.of()).pairs()))
                .limit(count)
                .boxed()
                .toList();
    }

    private static List<Place> places(Yard yard, int length, Shape shape) {
        List<Place> places = new ArrayList<>();
        for (int moment = 0; moment < shape.moments(); moment++) {
            int end =
                    length == 1
                            ? (moment + 1) * shape.between()
                            : length + moment * shape.between();
            Truth truth = Truth.of(yard, length == 1 ? end - 1 : 0, end);
            places.add(new Place(end, truth, new ArrayList<>(), new HashSet<>()));
        }
        return places;
    }

    private void fill(List<Place> places, Family family, int length, int questions) {
        SplittableRandom random =
                new SplittableRandom(ExamSeeds.of(seed, length, family.ordinal(), -1));
        Balance balance = new Balance();
        int written = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (Place place : places) {
                if (written == questions) {
                    return;
                }
                if (ask(place, family, balance, random)) {
                    written++;
                }
            }
        }
    }

    private boolean ask(Place place, Family family, Balance balance, SplittableRandom random) {
        for (int draw = 0; draw < DRAWS; draw++) {
            Optional<YardQuestion> question = writer.ask(family, place.truth(), random);
            if (question.isPresent()
                    && questions.test(question.get().about())
                    && !place.texts().contains(Marking.bare(question.get().text()))
                    && balance.admits(question.get().answer())) {
                place.questions().add(question.get());
                place.texts().add(Marking.bare(question.get().text()));
                return true;
            }
        }
        return false;
    }
}
