package dev.watchword.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.questions.QuestionWriter;
import dev.watchword.job.yard.Population;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.training.TrainingBatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongHistoryBatchesTest {
    private static final int ASKED = 6;

    @TempDir private static Path folder;

    private static QuestionCoder coder;
    private static LongHistoryBatches batches;

    @BeforeAll
    static void draw() throws Exception {
        ModelDirectory model =
                BundledModel.write(
                        folder.resolve("model"), 1, StoredType.F32, NetworkShape.BUNDLED);
        coder = new QuestionCoder(model, Set.of());
        TrainingPlan plan =
                new TrainingPlan(
                        3, 1, 8, ASKED, TrainingPlan.LEFT_OUT, NetworkShape.BUNDLED, List.of());
        SceneBank bank = SceneBank.open(folder.resolve("yards"), plan, line -> {});
        // Each token tells its yard and second.
        List<float[]> tokens =
                IntStream.range(0, bank.size())
                        .mapToObj(
                                yard -> {
                                    float[] own = new float[2 * SceneBank.SECONDS];
                                    for (int second = 0; second < SceneBank.SECONDS; second++) {
                                        own[2 * second] = yard;
                                        own[2 * second + 1] = second;
                                    }
                                    return own;
                                })
                        .toList();
        batches =
                new LongHistoryBatches(
                        bank,
                        new TokenBank(2, tokens),
                        new QuestionMix(
                                new QuestionWriter(Population.allPairs()), coder, QuestionMix.LONG),
                        ASKED,
                        LongHistoryBatches.ANSWERS);
    }

    @AfterAll
    static void close() {
        coder.close();
    }

    @Test
    void framesStandInTheOrderOfTimeAndQuestionsBehindThem() {
        for (int seed = 0; seed < 12; seed++) {
            TrainingBatch batch = batches.next(new SplittableRandom(seed));
            TrainingBatch.History history = batch.history().orElseThrow();
            int frames = history.frames();
            for (int row = 0; row < history.starts().length; row++) {
                long before = 0;
                for (int i = 0; i < frames; i++) {
                    int at = row * frames + i;
                    if (history.there()[at] == 0) {
                        continue;
                    }
                    assertThat(history.positions()[at]).isGreaterThan(before);
                    if (i > 0 && history.tokens()[2 * at] == history.tokens()[2 * at - 2]) {
                        assertThat(history.positions()[at]).isEqualTo(before + 1);
                        assertThat(history.tokens()[2 * at + 1])
                                .isEqualTo(history.tokens()[2 * at - 1] + 1);
                    }
                    before = history.positions()[at];
                }
                assertThat(history.starts()[row]).isEqualTo(before + 1);
                assertThat(history.starts()[row]).isLessThan(131_072);
            }
        }
    }

    @Test
    void momentsStandAtTheQuestionsThatNameWhatHappened() {
        int dated = 0;
        for (int seed = 0; seed < 12; seed++) {
            TrainingBatch batch = batches.next(new SplittableRandom(seed));
            TrainingBatch.Questions questions = batch.questions().orElseThrow();
            TrainingBatch.Moments moments = batch.history().orElseThrow().moments();
            int orders = (int) questions.topics().stream().filter("order"::equals).count();
            assertThat(moments.places()).hasSize(3 * orders);
            assertThat(moments.classes()).hasSize(3 * orders);
            for (int i = 0; i < orders; i++) {
                assertThat(moments.later()[2 * i]).isEqualTo(-1);
                long difference = moments.classes()[2 * i + 1] - moments.classes()[2 * i];
                assertThat(moments.later()[2 * i + 1])
                        .isIn(difference >= 0 ? 1L : 0L, difference > 0 ? 1L : 0L);
                int begin = 2 * orders + i;
                assertThat(moments.classes()[begin]).isEqualTo(-1);
                assertThat(moments.later()[begin]).isEqualTo(moments.later()[2 * i + 1]);
            }
            for (int i = 0; i < moments.places().length; i++) {
                long place = moments.places()[i];
                int question = LaidQuestions.at(questions, place);
                assertThat(questions.topics().get(question)).isEqualTo("order");
                int at = LaidQuestions.id(questions, 1, place);
                assertThat(questions.ids()[at]).isPositive();
                assertThat(questions.isAnswer()[at]).isZero();
                assertThat(questions.isAnswer()[at + 1]).isEqualTo((byte) (i < 2 * orders ? 0 : 1));
                dated++;
            }
        }
        assertThat(dated).isPositive();
    }

    @Test
    void someFramesStandForManyButNotWhereTheHistoryIsTheLastFrameAlone() {
        boolean multiplied = false;
        for (int seed = 0; seed < 12; seed++) {
            TrainingBatch.History history =
                    batches.next(new SplittableRandom(seed)).history().orElseThrow();
            multiplied |=
                    IntStream.range(0, history.multiples().length)
                            .anyMatch(i -> history.multiples()[i] > 0);
            assertThat(IntStream.range(0, history.multiples().length))
                    .allMatch(i -> history.multiples()[i] <= (float) Math.log(100));
        }
        assertThat(multiplied).isTrue();
    }

    @Test
    void theSameRandomNumbersMakeTheSameBatch() {
        TrainingBatch one = batches.next(new SplittableRandom(5));
        TrainingBatch other = batches.next(new SplittableRandom(5));
        assertThat(other.questions().orElseThrow().ids())
                .isEqualTo(one.questions().orElseThrow().ids());
        assertThat(other.history().orElseThrow().tokens())
                .isEqualTo(one.history().orElseThrow().tokens());
        assertThat(Arrays.deepEquals(one.states(), other.states())).isTrue();
    }
}
