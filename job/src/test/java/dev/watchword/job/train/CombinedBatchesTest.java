package dev.watchword.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.questions.CombinedQuestions;
import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Population;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.training.TrainingBatch;
import dev.watchword.model.untrained.WordTokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CombinedBatchesTest {
    private static final int SEEDS = 8;

    @TempDir private static Path folder;

    private static QuestionCoder coder;
    private static TextModel text;
    private static CombinedBatches batches;

    /** What things are called, and the colours of the people's coats. */
    private static final Set<String> LAST_WORDS =
            Stream.concat(Stream.of(Kind.values()), Stream.of(Colour.values()))
                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());

    @BeforeAll
    static void draw() throws Exception {
        ModelDirectory model =
                BundledModel.write(
                        folder.resolve("model"), 1, StoredType.F32, NetworkShape.BUNDLED);
        coder = new QuestionCoder(model, Set.of());
        text = TextModel.open(model, "auto");
        TrainingPlan plan =
                new TrainingPlan(
                        3, 1, 8, 4, TrainingPlan.LEFT_OUT, NetworkShape.BUNDLED, List.of());
        SceneBank bank = SceneBank.open(folder.resolve("yards"), plan, line -> {});
        List<float[]> tokens =
                IntStream.range(0, bank.size())
                        .mapToObj(
                                yard -> {
                                    float[] own = new float[SceneBank.SECONDS];
                                    Arrays.fill(own, 1 + yard);
                                    return own;
                                })
                        .toList();
        batches =
                new CombinedBatches(
                        bank,
                        new TokenBank(1, tokens),
                        new CombinedQuestions(Population.allPairs()),
                        coder);
    }

    @AfterAll
    static void close() {
        coder.close();
        text.close();
    }

    @Test
    void namesStandInFrontOfTheirFramesAndNothingElseDoes() {
        for (int seed = 0; seed < SEEDS; seed++) {
            TrainingBatch batch = batches.next(new SplittableRandom(seed));
            TrainingBatch.History history = batch.history().orElseThrow();
            TrainingBatch.Names names = history.names();
            int rows = history.starts().length;
            for (int row = 0; row < rows; row++) {
                boolean[] named = new boolean[history.frames()];
                for (int token = 0; token < names.tokens(); token++) {
                    named[(int) names.places()[row * names.tokens() + token]] = true;
                }
                long before = 0;
                for (int place = 0; place < history.frames(); place++) {
                    int at = row * history.frames() + place;
                    assertThat(history.tokens()[at] == 0).isEqualTo(named[place]);
                    assertThat(history.positions()[at]).isGreaterThan(before);
                    before = history.positions()[at];
                }
                assertThat(history.starts()[row]).isEqualTo(before + 1);
                assertThat(named[0]).isTrue();
                assertThat(named[history.frames() - 1]).isFalse();
            }
        }
    }

    @Test
    void everyNameIsFusedWithTheNewestFrameOfItsYardAndIsAnAnswer() {
        for (int seed = 0; seed < SEEDS; seed++) {
            TrainingBatch batch = batches.next(new SplittableRandom(seed));
            TrainingBatch.Questions questions = batch.questions().orElseThrow();
            TrainingBatch.Names names = batch.history().orElseThrow().names();
            TrainingBatch.Moments about = batch.history().orElseThrow().moments();
            int tokens = 1 + names.tokens();
            int yards = questions.keyframes();
            int each = names.tokens() / yards;
            for (int keyframe = 0; keyframe < yards; keyframe++) {
                for (int token = 0; token < tokens; token++) {
                    boolean own = token == 0 ? keyframe == 0 : (token - 1) / each == keyframe;
                    assertThat(names.owners()[keyframe * tokens + token]).isEqualTo(own ? 1 : 0);
                }
            }
            int row = tokens + questions.slots() * questions.length();
            for (int history = 0; history < questions.histories(); history++) {
                int begin = history * row;
                List<String> called = called(questions, begin + 1, names.tokens());
                assertThat(called).hasSize(yards).doesNotHaveDuplicates();
                for (int asked = 0; asked < questions.asked(); asked++) {
                    int number = history * questions.asked() + asked;
                    int place = LaidQuestions.begin(questions, number);
                    String answer = answer(questions, LaidQuestions.id(questions, tokens, place));
                    assertThat(answer).isIn(called);
                    assertThat(answer).endsWith(Long.toString(about.owners()[number]));
                    int before = LaidQuestions.id(questions, tokens, about.owned()[number]);
                    assertThat(questions.isAnswer()[before]).isZero();
                    assertThat(questions.isAnswer()[before + 1]).isOne();
                }
            }
        }
    }

    @Test
    void whereAThingIsNamedItIsToldWhenItWasFirstSeenAndInWhichYard() {
        for (int seed = 0; seed < SEEDS; seed++) {
            TrainingBatch batch = batches.next(new SplittableRandom(seed));
            TrainingBatch.Questions questions = batch.questions().orElseThrow();
            TrainingBatch.History history = batch.history().orElseThrow();
            TrainingBatch.Moments about = history.moments();
            int asked = questions.histories() * questions.asked();
            int yards = questions.keyframes();
            int front = 1 + history.names().tokens();
            int row = front + questions.slots() * questions.length();
            assertThat(about.places()).hasSizeBetween(1, asked);
            assertThat(about.later()).containsOnly(-1);
            for (int i = 0; i < about.places().length; i++) {
                int place = (int) about.places()[i];
                int number = LaidQuestions.at(questions, place);
                int of = number / questions.asked();
                int begin = LaidQuestions.begin(questions, number);
                int from = LaidQuestions.id(questions, front, begin);
                int word = LaidQuestions.id(questions, front, place);
                assertThat(written(questions, word, word + 1).strip()).isIn(LAST_WORDS);
                assertThat(about.owned()[asked + i]).isEqualTo(place);
                assertThat(about.owners()[asked + i]).isEqualTo(about.owners()[number]);
                List<String> called = called(questions, of * row + 1, history.names().tokens());
                int yard = called.indexOf(answer(questions, from));
                int places = history.frames() / yards;
                int first = of * history.frames() + yard * places;
                assertThat(Arrays.stream(history.positions(), first, first + places))
                        .extracting(SceneEvents::time)
                        .contains((int) about.classes()[i]);
            }
        }
    }

    private static List<String> called(TrainingBatch.Questions questions, int from, int tokens) {
        return List.of(written(questions, from, from + tokens).strip().split(":\\s*"));
    }

    private static String written(TrainingBatch.Questions questions, int from, int to) {
        return text.answerText(
                Arrays.stream(questions.ids(), from, to).mapToObj(id -> (int) id).toList());
    }

    private static String answer(TrainingBatch.Questions questions, int from) {
        int begin = from;
        while (questions.isAnswer()[begin] == 0) {
            begin++;
        }
        int end = begin;
        while (end < from + questions.length() && questions.ids()[end] != WordTokenizer.END_ID) {
            end++;
        }
        return written(questions, begin, end);
    }

    @Test
    void theSameRandomNumbersMakeTheSameBatch() {
        TrainingBatch one = batches.next(new SplittableRandom(5));
        TrainingBatch other = batches.next(new SplittableRandom(5));
        assertThat(other.questions().orElseThrow().ids())
                .isEqualTo(one.questions().orElseThrow().ids());
        assertThat(other.history().orElseThrow().positions())
                .isEqualTo(one.history().orElseThrow().positions());
    }
}
