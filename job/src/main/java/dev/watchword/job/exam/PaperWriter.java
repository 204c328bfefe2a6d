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
import java.util.stream.LongStream;

/** Writes papers; the same arguments give the same paper. */
final class PaperWriter {
    private static final int ROUNDS = 300;
    private static final int DRAWS = 4;

    private final long seed;
    private final Set<Pair> about;
    private final QuestionWriter writer;

    private PaperWriter(long seed, Collection<Pair> askable, Set<Pair> about) {
        this.seed = seed;
        this.about = about;
        this.writer = new QuestionWriter(askable);
    }

    /** For papers about all that can be in a yard. */
    static PaperWriter ofAll(long seed) {
        return new PaperWriter(seed, Population.allPairs(), Set.of());
    }

    /** For papers about some pairs only, in yards to which at least one of them comes. */
    static PaperWriter about(Set<Pair> pairs, long seed) {
        return new PaperWriter(seed, pairs, pairs);
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
        return LongStream.iterate(0, number -> number + 1)
                .map(number -> ExamSeeds.of(seed, length, number))
                .filter(this::someComes)
                .limit(count)
                .boxed()
                .toList();
    }

    private boolean someComes(long yardSeed) {
        return about.isEmpty()
                || !Collections.disjoint(Population.of(yardSeed, Set.of()).pairs(), about);
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
                    && isAbout(question.get())
                    && !place.texts().contains(Marking.bare(question.get().text()))
                    && balance.admits(question.get().answer())) {
                place.questions().add(question.get());
                place.texts().add(Marking.bare(question.get().text()));
                return true;
            }
        }
        return false;
    }

    private boolean isAbout(YardQuestion question) {
        return about.isEmpty() || !Collections.disjoint(question.about(), about);
    }
}
