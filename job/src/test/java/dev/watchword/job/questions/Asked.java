package dev.watchword.job.questions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Very many questions about one truth. */
final class Asked {
    static final List<Pair> PAIRS = pairs();
    private static final int DRAWS = 20_000;

    private final List<YardQuestion> questions;

    private Asked(List<YardQuestion> questions) {
        this.questions = questions;
    }

    static Asked of(Family family, HandMadeYard yard) {
        return of(family, yard.truth(), PAIRS);
    }

    static Asked of(Family family, Truth truth, List<Pair> askable) {
        return of(family, truth, new QuestionWriter(askable));
    }

    static Asked of(Family family, Truth truth, QuestionWriter writer) {
        SplittableRandom random = new SplittableRandom(11);
        List<YardQuestion> questions = new ArrayList<>();
        for (int draw = 0; draw < DRAWS; draw++) {
            Optional<YardQuestion> question = writer.ask(family, truth, random);
            question.ifPresent(questions::add);
        }
        return new Asked(questions);
    }

    private static List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Colour colour : Colour.values()) {
                pairs.add(new Pair(colour, kind));
            }
        }
        return pairs;
    }

    List<YardQuestion> questions() {
        return questions;
    }

    /** The answers by question, in lower case and without its end; none has two. */
    Map<String, String> answers() {
        Map<String, String> answers = new TreeMap<>();
        for (YardQuestion question : questions) {
            String other = answers.put(plain(question.text()), question.answer());
            assertThat(other == null ? question.answer() : other)
                    .describedAs(question.text())
                    .isEqualTo(question.answer());
        }
        return answers;
    }

    double share(String answer) {
        return questions.stream().filter(question -> question.answer().equals(answer)).count()
                / (double) questions.size();
    }

    YardQuestion asking(String text) {
        return questions.stream()
                .filter(question -> plain(question.text()).equals(text))
                .findFirst()
                .orElseThrow();
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[?.]$", "");
    }
}
