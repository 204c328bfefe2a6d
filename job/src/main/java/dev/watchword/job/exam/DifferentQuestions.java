package dev.watchword.job.exam;

import dev.watchword.job.questions.YardQuestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Questions of which no two ask the same. Two do if their words are the same, and those of the
 * questions that they follow.
 */
final class DifferentQuestions {
    private final int drawsAQuestion;
    private final List<YardQuestion> questions = new ArrayList<>();
    private final Set<String> texts = new HashSet<>();

    /**
     * None yet.
     *
     * @param drawsAQuestion how often it is drawn at most for each question that is wanted
     */
    DifferentQuestions(int drawsAQuestion) {
        this.drawsAQuestion = drawsAQuestion;
    }

    /**
     * Draws more questions, until there are enough or it was drawn too often.
     *
     * @param wanted how many more
     */
    void draw(int wanted, Supplier<Optional<YardQuestion>> writer) {
        int enough = questions.size() + wanted;
        for (int draw = 0; questions.size() < enough && draw < drawsAQuestion * wanted; draw++) {
            writer.get().filter(question -> texts.add(asked(question))).ifPresent(questions::add);
        }
    }

    /** Those that were drawn, in their order. */
    List<YardQuestion> list() {
        return List.copyOf(questions);
    }

    private static String asked(YardQuestion question) {
        String earlier = question.earlier().map(YardQuestion::text).orElse("");
        return Marking.bare(earlier + question.text());
    }
}
