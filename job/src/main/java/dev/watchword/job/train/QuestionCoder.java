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
import dev.watchword.model.untrained.WordTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Codes questions as the job does, with the answers behind. */
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

    @Override
    public void close() {
        tokenizer.close();
        text.close();
    }
}
