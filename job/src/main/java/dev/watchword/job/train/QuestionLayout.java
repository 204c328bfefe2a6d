package dev.watchword.job.train;

import dev.watchword.model.training.TrainingBatch;
import dev.watchword.model.untrained.WordTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the questions of some histories stand, as many of each history. All slots are as long, and
 * several questions share one where they fit, so that little of a batch is padding.
 *
 * @param histories the questions of each
 * @param length of each slot, in tokens
 * @param slots of each history
 * @param places for each history and question where its first token is, among the {@code slots *
 *     length} of its history
 */
record QuestionLayout(
        List<List<CodedQuestion>> histories, int length, int slots, List<int[]> places) {
    /**
     * Slots have a multiple of so many tokens: three or so usual questions. With lengths of all
     * sorts the shapes of batches would hardly recur, and for every new one libtorch prepares its
     * products anew.
     */
    private static final int TOKENS = 32;

    /** A question of a history, by their numbers. */
    private record Placed(int history, int number, CodedQuestion question) {}

    /** Lays them out, the longest first. */
    static QuestionLayout of(List<List<CodedQuestion>> histories) {
        int longest =
                histories.stream()
                        .flatMap(List::stream)
                        .mapToInt(QuestionLayout::tokens)
                        .max()
                        .orElseThrow();
        int length = (longest + TOKENS - 1) / TOKENS * TOKENS;
        int slots = 0;
        List<int[]> places = new ArrayList<>();
        for (List<CodedQuestion> questions : histories) {
            int[] own = new int[questions.size()];
            List<Integer> filled = new ArrayList<>();
            IntStream.range(0, own.length)
                    .boxed()
                    .sorted(Comparator.comparing(i -> -tokens(questions.get(i))))
                    .forEach(i -> own[i] = place(tokens(questions.get(i)), filled, length));
            places.add(own);
            slots = Math.max(slots, filled.size());
        }
        return new QuestionLayout(histories, length, slots, places);
    }

    /** Finds room in the first slot that has it, or in a new one. */
    private static int place(int tokens, List<Integer> filled, int length) {
        int slot = 0;
        while (slot < filled.size() && filled.get(slot) + tokens > length) {
            slot++;
        }
        if (slot == filled.size()) {
            filled.add(0);
        }
        int within = filled.get(slot);
        filled.set(slot, within + tokens);
        return slot * length + within;
    }

    private static int tokens(CodedQuestion question) {
        return question.ids().length;
    }

    /** How many tokens of questions each history has, with padding. */
    private int tokens() {
        return slots * length;
    }

    /** The place of a question's first token among the tokens of all histories' questions. */
    private int place(Placed placed) {
        return placed.history() * tokens() + places.get(placed.history())[placed.number()];
    }

    private Stream<Placed> all() {
        return IntStream.range(0, histories.size())
                .boxed()
                .flatMap(
                        history ->
                                IntStream.range(0, histories.get(history).size())
                                        .mapToObj(
                                                number ->
                                                        new Placed(
                                                                history,
                                                                number,
                                                                histories
                                                                        .get(history)
                                                                        .get(number))));
    }

    /**
     * The questions of histories of one stream each.
     *
     * @param shares for each history how much each of its keyframes counts in the fused text
     */
    TrainingBatch.Questions laid(float[][] shares) {
        return laid(Collections.nCopies(histories.size(), new long[0]), shares);
    }

    /**
     * The questions.
     *
     * @param names for each history the tokens of all its streams' names, of all as many
     * @param shares for each history how much each of its keyframes counts in the fused text
     */
    TrainingBatch.Questions laid(List<long[]> names, float[][] shares) {
        int front = 1 + names.get(0).length;
        int row = front + tokens();
        long[] ids = new long[histories.size() * row];
        byte[] isAnswer = new byte[ids.length];
        float[] counts = new float[ids.length];
        long[] numbers = new long[histories.size() * tokens()];
        Arrays.fill(numbers, -1);
        int keyframes = shares[0].length;
        float[] allShares = new float[histories.size() * keyframes];
        for (int history = 0; history < histories.size(); history++) {
            ids[history * row] = WordTokenizer.BEGIN_ID;
            System.arraycopy(names.get(history), 0, ids, history * row + 1, front - 1);
            System.arraycopy(shares[history], 0, allShares, history * keyframes, keyframes);
        }
        for (Placed placed : all().toList()) {
            CodedQuestion question = placed.question();
            int place = place(placed);
            Arrays.fill(numbers, place, place + tokens(question), placed.number());
            int at = (placed.history() + 1) * front + place;
            System.arraycopy(question.ids(), 0, ids, at, tokens(question));
            for (int j = question.answerAt(); j < tokens(question); j++) {
                isAnswer[at + j] = 1;
                counts[at + j - 1] = 1;
            }
        }
        return new TrainingBatch.Questions(
                histories.size(),
                keyframes,
                histories.get(0).size(),
                slots,
                length,
                ids,
                numbers,
                isAnswer,
                counts,
                allShares,
                all().map(placed -> placed.question().question().family().label()).toList(),
                beforeAnswers(CodedQuestion::spared),
                beforeAnswers(CodedQuestion::doubted),
                beforeAnswers(coded -> coded.alsoRight().stream().toList()));
    }

    /** Words of each question, at the place behind which its answer begins. */
    private TrainingBatch.Words beforeAnswers(Function<CodedQuestion, List<Long>> words) {
        List<Long> places = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        all().forEach(
                        placed -> {
                            for (long word : words.apply(placed.question())) {
                                places.add(begin(placed));
                                ids.add(word);
                            }
                        });
        return new TrainingBatch.Words(array(places), array(ids));
    }

    /** The token behind which the answer begins. */
    private long begin(Placed placed) {
        return (long) place(placed) + placed.question().answerAt() - 1;
    }

    /** The tokens behind which the answers begin, among the tokens of all questions. */
    long[] begins() {
        return all().mapToLong(this::begin).toArray();
    }

    /** The places of all mentions among the tokens of all questions. */
    long[] mentions() {
        return all().flatMapToLong(
                        placed ->
                                placed.question().mentions().stream()
                                        .mapToLong(mention -> (long) place(placed) + mention.at()))
                .toArray();
    }

    private static long[] array(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }
}
