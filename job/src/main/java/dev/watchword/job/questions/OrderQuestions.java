package dev.watchword.job.questions;

import dev.watchword.job.questions.YardQuestion.Mention;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes questions about which of two things happened first, each of which happened once. */
final class OrderQuestions {
    private static final int APART = 3;
    private static final int ATTEMPTS = 6;

    private static final int BEFORE_TO_AFTER = 4;

    private final List<Pair> askable;
    private final boolean mostlyBefore;

    OrderQuestions(List<Pair> askable, boolean mostlyBefore) {
        this.askable = askable;
        this.mostlyBefore = mostlyBefore;
    }

    Optional<YardQuestion> ask(Truth truth, RandomGenerator random) {
        List<Happening> happenings = happenings(truth, random);
        if (happenings.size() < 2) {
            return Optional.empty();
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Happening one = happenings.get(random.nextInt(happenings.size()));
            Happening other = happenings.get(random.nextInt(happenings.size()));
            if (one.name().equals(other.name())) {
                continue;
            }
            if (one.before(other, APART)) {
                return Optional.of(ask(one, other, random));
            }
            if (other.before(one, APART)) {
                return Optional.of(ask(other, one, random));
            }
        }
        return Optional.empty();
    }

    private YardQuestion ask(Happening early, Happening late, RandomGenerator random) {
        boolean swapped = random.nextBoolean();
        Happening one = swapped ? late : early;
        Happening other = swapped ? early : late;
        if (early.isComing() && late.isComing() && random.nextInt(3) == 0) {
            boolean first = random.nextInt(3) > 0;
            Wording wording = first ? Wording.CAME_FIRST : Wording.CAME_LAST;
            String text = wording.write(random, one.name(), other.name());
            return question(
                    text,
                    "the " + (first ? early.name() : late.name()),
                    early,
                    late,
                    mentions(text, one.name(), one, other.name(), other));
        }
        boolean before =
                mostlyBefore ? random.nextInt(1 + BEFORE_TO_AFTER) > 0 : random.nextBoolean();
        boolean asked = random.nextInt(3) > 0;
        Wording wording =
                before
                        ? asked
                                ? Wording.FIRST_BEFORE_SECOND_ASKED
                                : Wording.FIRST_BEFORE_SECOND_SAID
                        : asked
                                ? Wording.FIRST_AFTER_SECOND_ASKED
                                : Wording.FIRST_AFTER_SECOND_SAID;
        String first = asked ? one.asked() : one.said();
        String text = wording.write(random, first, other.said());
        return question(
                text,
                before != swapped ? "yes" : "no",
                early,
                late,
                mentions(text, first, one, other.said(), other));
    }

    private static List<Mention> mentions(
            String text, String first, Happening one, String second, Happening other) {
        Mention early = Mention.of(first, text, 0, one.second());
        return List.of(early, Mention.of(second, text, early.end(), other.second()));
    }

    private static YardQuestion question(
            String text, String answer, Happening early, Happening late, List<Mention> mentions) {
        List<Span> evidence =
                Stream.of(early.evidence(), late.evidence())
                        .sorted(Comparator.comparingInt(Span::from))
                        .toList();
        Set<Pair> about =
                Stream.of(early.pair(), late.pair())
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet());
        return new YardQuestion(
                Family.ORDER, text, answer, evidence, about, mentions, Optional.empty());
    }

    private List<Happening> happenings(Truth truth, RandomGenerator random) {
        List<Happening> happenings = new ArrayList<>();
        for (Pair pair : askable) {
            if (truth.stays(pair).size() == 1 && !truth.doubtful(pair)) {
                boolean plain =
                        truth.stays(pair.kind()).size() == 1
                                && !truth.doubtful(pair.kind())
                                && random.nextBoolean();
                String name = plain ? Nouns.one(pair.kind()) : Nouns.one(pair);
                add(
                        happenings,
                        truth.stays(pair).get(0),
                        name,
                        Optional.of(pair),
                        Happening.Change.COMING,
                        Happening.Change.LEAVING);
            }
        }
        if (truth.stays(Kind.PARCEL).size() == 1 && !truth.doubtful(Kind.PARCEL)) {
            add(
                    happenings,
                    truth.stays(Kind.PARCEL).get(0),
                    Nouns.one(Kind.PARCEL),
                    Optional.empty(),
                    Happening.Change.BRINGING,
                    Happening.Change.TAKING);
        }
        if (truth.rain().size() == 1 && truth.rain().get(0).from() > truth.from()) {
            Span rain = truth.rain().get(0);
            happenings.add(
                    new Happening(
                            Happening.Change.RAIN,
                            "rain",
                            Optional.empty(),
                            rain.from(),
                            rain.from(),
                            rain));
        }
        return happenings;
    }

    private static void add(
            List<Happening> into,
            Stay stay,
            String name,
            Optional<Pair> pair,
            Happening.Change coming,
            Happening.Change leaving) {
        if (stay.came()) {
            into.add(
                    new Happening(
                            coming,
                            name,
                            pair,
                            stay.visit().from(),
                            stay.seen().from(),
                            stay.seen()));
        }
        if (stay.left()) {
            into.add(
                    new Happening(
                            leaving, name, pair, stay.seen().to(), stay.visit().to(), stay.seen()));
        }
    }
}
