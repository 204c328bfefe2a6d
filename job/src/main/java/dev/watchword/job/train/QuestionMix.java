package dev.watchword.job.train;

import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.Nouns;
import dev.watchword.job.questions.QuestionWriter;
import dev.watchword.job.questions.Truth;
import dev.watchword.job.questions.YardQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** How often each family of questions is asked. */
record QuestionMix(QuestionWriter writer, QuestionCoder coder, Map<Family, Integer> weights) {
    /** For a few frames. */
    static final Map<Family, Integer> SHORT =
            Map.of(
                    Family.NOW_ATTRIBUTE, 45,
                    Family.NOW_COUNT, 20,
                    Family.PAST, 15,
                    Family.UNANSWERABLE, 10,
                    Family.WAIT_UNTIL, 10);

    /** For learning to notice: mostly after what came when, and how often. */
    static final Map<Family, Integer> SEQUENCES =
            Map.of(
                    Family.NOW_ATTRIBUTE, 5,
                    Family.NOW_COUNT, 10,
                    Family.PAST, 15,
                    Family.ORDER, 35,
                    Family.EVENT_COUNT, 35);

    /** For long histories. */
    static final Map<Family, Integer> LONG =
            Map.of(
                    Family.NOW_ATTRIBUTE, 8,
                    Family.NOW_COUNT, 10,
                    Family.PAST, 24,
                    Family.ORDER, 20,
                    Family.EVENT_COUNT, 34,
                    Family.UNANSWERABLE, 8,
                    Family.WAIT_UNTIL, 10,
                    Family.FOLLOW_UP, 10);

    private static final int ATTEMPTS = 40;
    private static final Pattern WORDS = Pattern.compile("\\W+");

    /** Asks some questions; where a family has none, another is tried. */
    List<CodedQuestion> ask(Truth truth, int count, RandomGenerator random) {
        return ask(truth, count, random, any -> true, coder::code);
    }

    /** Asks some questions of which none tells that something is not a pair that is left out. */
    List<CodedQuestion> askSparing(Truth truth, int count, RandomGenerator random) {
        return ask(truth, count, random, sparing(truth), coder::code);
    }

    /** As {@link #askSparing}, about frames without colours; none of the questions names one. */
    List<CodedQuestion> askWithoutColours(Truth truth, int count, RandomGenerator random) {
        return ask(
                truth,
                count,
                random,
                sparing(truth).and(QuestionMix::namesNoColour),
                coder::codeWithoutColours);
    }

    private List<CodedQuestion> ask(
            Truth truth,
            int count,
            RandomGenerator random,
            Predicate<YardQuestion> suits,
            Function<YardQuestion, CodedQuestion> coded) {
        List<CodedQuestion> asked = new ArrayList<>();
        for (int attempt = 0; asked.size() < count; attempt++) {
            Family family = attempt < ATTEMPTS * count ? draw(random) : Family.NOW_ATTRIBUTE;
            writer.ask(family, truth, random).filter(suits).map(coded).ifPresent(asked::add);
        }
        return asked;
    }

    private Predicate<YardQuestion> sparing(Truth truth) {
        return question -> !coder.mayDenyLeftOut(question, truth);
    }

    /** A colour by itself as the answer is not named by the question. */
    private static boolean namesNoColour(YardQuestion question) {
        return namesNoColour(question.text())
                && (Nouns.colour(question.answer()).isPresent()
                        || namesNoColour(question.answer()));
    }

    private static boolean namesNoColour(String text) {
        return WORDS.splitAsStream(text).allMatch(word -> Nouns.colour(word).isEmpty());
    }

    private Family draw(RandomGenerator random) {
        int rest = random.nextInt(weights.values().stream().mapToInt(Integer::intValue).sum());
        for (Family family : Family.values()) {
            rest -= weights.getOrDefault(family, 0);
            if (rest < 0) {
                return family;
            }
        }
        throw new IllegalStateException("The weights " + weights + " name no family");
    }
}
