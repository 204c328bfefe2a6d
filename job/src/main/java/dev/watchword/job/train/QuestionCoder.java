package dev.watchword.job.train;

import dev.watchword.job.questions.Nouns;
import dev.watchword.job.questions.Truth;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.text.Tokenizer;
import dev.watchword.model.text.Turn;
import dev.watchword.model.training.TrainingBatch;
import dev.watchword.model.untrained.WordTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays questions out as the job does, with the answers behind. */
final class QuestionCoder implements AutoCloseable {
    private static final String WHITE = Nouns.of(Colour.WHITE);
    private static final String BLACK = Nouns.of(Colour.BLACK);

    private final TextModel text;
    private final Tokenizer tokenizer;

    private final Set<Pair> leftOut;

    /**
     * @param leftOut pairs that are never shown: no answer is told that it is not one of these
     */
    QuestionCoder(ModelDirectory model, Set<Pair> leftOut) {
        this.leftOut = leftOut;
        this.text = TextModel.open(model, "auto");
        this.tokenizer = Tokenizer.open(model.requiredTokenizerFile());
    }

    CodedQuestion code(YardQuestion question) {
        Map<Boolean, List<Long>> never =
                neverShown(question)
                        .collect(
                                Collectors.partitioningBy(
                                        Colour::isNeutral,
                                        Collectors.mapping(
                                                colour -> id(Nouns.of(colour)),
                                                Collectors.toList())));
        return code(
                question, question.answer(), never.get(false), never.get(true), Optional.empty());
    }

    /**
     * Lays a question out that is put to frames without colours, and names none. Where a colour is
     * the answer, white and black are both right, but for what is white or black indeed.
     */
    CodedQuestion codeWithoutColours(YardQuestion question) {
        return Nouns.colour(question.answer()).filter(colour -> !colour.isNeutral()).isPresent()
                ? code(question, BLACK, List.of(), List.of(), Optional.of(id(WHITE)))
                : code(question);
    }

    private long id(String word) {
        return tokenizer.encodePlain(word)[0];
    }

    private CodedQuestion code(
            YardQuestion question,
            String words,
            List<Long> spared,
            List<Long> doubted,
            Optional<Long> alsoRight) {
        long[] asked = text.prompt(turns(question), question.text()).after();
        long[] answer = tokenizer.encodePlain(words);
        long[] ids = Arrays.copyOf(asked, asked.length + answer.length + 1);
        System.arraycopy(answer, 0, ids, asked.length, answer.length);
        ids[ids.length - 1] = WordTokenizer.END_ID;
        List<CodedQuestion.Mention> mentions =
                question.mentions().stream()
                        .map(
                                mention ->
                                        new CodedQuestion.Mention(
                                                last(question.text().substring(0, mention.end())),
                                                mention.second()))
                        .toList();
        return new CodedQuestion(question, ids, asked.length, spared, doubted, alsoRight, mentions);
    }

    private static List<Turn> turns(YardQuestion question) {
        return question.earlier().stream()
                .map(earlier -> new Turn(earlier.text(), earlier.answer()))
                .toList();
    }

    /**
     * Whether a question, with its answer, might tell that something is not one of the pairs that
     * are left out: it names their kind while something else on wheels has their colour.
     */
    boolean mayDenyLeftOut(YardQuestion question, Truth truth) {
        return leftOut.stream()
                .filter(pair -> Kind.ON_WHEELS.contains(pair.kind()))
                .filter(pair -> question.names(pair.kind()))
                .anyMatch(
                        pair ->
                                Kind.ON_WHEELS.stream()
                                        .anyMatch(kind -> mayShow(truth, kind, pair)));
    }

    private static boolean mayShow(Truth truth, Kind kind, Pair leftOut) {
        Pair other = new Pair(leftOut.colour(), kind);
        return kind != leftOut.kind() && (truth.seen(other) || truth.doubtful(other));
    }

    /** The colours in which the thing is never shown whose colour is the answer. */
    private Stream<Colour> neverShown(YardQuestion question) {
        return question.about().stream()
                .filter(asked -> question.answer().equals(Nouns.of(asked.colour())))
                .flatMap(asked -> leftOut.stream().filter(pair -> pair.kind() == asked.kind()))
                .map(Pair::colour);
    }

    /** Where in a question's ids stands the last word of a beginning of its text. */
    private int last(String beginning) {
        long[] ids = text.prompt(beginning).after();
        return Arrays.mismatch(ids, text.prompt(beginning + "?").after()) - 1;
    }

    /** A stream's name as it stands in front of its frames. */
    long[] name(String stream) {
        return text.name(stream);
    }

    /**
     * Lays out the questions of several histories, as many of each.
     *
     * @param names for each history the tokens of all its streams' names, of all as many
     * @param shares for each history how much each of its keyframes counts in the fused text
     */
    static TrainingBatch.Questions lay(
            List<long[]> names, List<List<CodedQuestion>> histories, float[][] shares) {
        int front = 1 + names.get(0).length;
        int asked = histories.get(0).size();
        int length =
                histories.stream()
                        .flatMap(List::stream)
                        .mapToInt(question -> question.ids().length)
                        .max()
                        .orElseThrow();
        int row = front + asked * length;
        long[] ids = new long[histories.size() * row];
        byte[] isAnswer = new byte[ids.length];
        float[] counts = new float[ids.length];
        int keyframes = shares[0].length;
        float[] allShares = new float[histories.size() * keyframes];
        for (int history = 0; history < histories.size(); history++) {
            ids[history * row] = WordTokenizer.BEGIN_ID;
            System.arraycopy(names.get(history), 0, ids, history * row + 1, front - 1);
            System.arraycopy(shares[history], 0, allShares, history * keyframes, keyframes);
            for (int i = 0; i < asked; i++) {
                CodedQuestion question = histories.get(history).get(i);
                int at = history * row + front + i * length;
                System.arraycopy(question.ids(), 0, ids, at, question.ids().length);
                for (int j = question.answerAt(); j < question.ids().length; j++) {
                    isAnswer[at + j] = 1;
                    counts[at + j - 1] = 1;
                }
            }
        }
        List<String> topics =
                histories.stream()
                        .flatMap(List::stream)
                        .map(coded -> coded.question().family().label())
                        .toList();
        return new TrainingBatch.Questions(
                histories.size(),
                keyframes,
                asked,
                length,
                ids,
                isAnswer,
                counts,
                allShares,
                topics,
                beforeAnswers(histories, length, CodedQuestion::spared),
                beforeAnswers(histories, length, CodedQuestion::doubted),
                beforeAnswers(histories, length, coded -> coded.alsoRight().stream().toList()));
    }

    /** Words of each question, at the place behind which its answer begins. */
    private static TrainingBatch.Words beforeAnswers(
            List<List<CodedQuestion>> histories,
            int length,
            Function<CodedQuestion, List<Long>> words) {
        List<Long> places = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        long begin = -1;
        for (CodedQuestion question : histories.stream().flatMap(List::stream).toList()) {
            for (long word : words.apply(question)) {
                places.add(begin + question.answerAt());
                ids.add(word);
            }
            begin += length;
        }
        return new TrainingBatch.Words(array(places), array(ids));
    }

    /** Lays out the questions of histories of one stream each. */
    static TrainingBatch.Questions lay(List<List<CodedQuestion>> histories, float[][] shares) {
        return lay(Collections.nCopies(histories.size(), new long[0]), histories, shares);
    }

    /** The places of all mentions among the tokens of all questions, each of one length. */
    static long[] mentions(List<List<CodedQuestion>> histories, int length) {
        List<Long> places = new ArrayList<>();
        long begin = 0;
        for (CodedQuestion question : histories.stream().flatMap(List::stream).toList()) {
            for (CodedQuestion.Mention mention : question.mentions()) {
                places.add(begin + mention.at());
            }
            begin += length;
        }
        return array(places);
    }

    private static long[] array(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public void close() {
        tokenizer.close();
        text.close();
    }
}
