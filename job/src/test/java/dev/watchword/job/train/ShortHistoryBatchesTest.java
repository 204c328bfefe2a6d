package dev.watchword.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.questions.Nouns;
import dev.watchword.job.questions.QuestionWriter;
import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Population;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.text.Tokenizer;
import dev.watchword.model.training.TrainingBatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShortHistoryBatchesTest {
    @TempDir Path folder;

    @Test
    void whereThePicturesHaveNoColoursOnlyWhiteAndBlackAreAnswered() throws Exception {
        ModelDirectory model =
                BundledModel.write(
                        folder.resolve("model"), 1, StoredType.F32, NetworkShape.BUNDLED);
        TrainingPlan plan =
                new TrainingPlan(
                        3, 1, 8, 4, TrainingPlan.LEFT_OUT, NetworkShape.BUNDLED, List.of());
        SceneBank bank = SceneBank.open(folder.resolve("yards"), plan, line -> {});
        try (QuestionCoder coder = new QuestionCoder(model, plan.leftOut());
                Tokenizer tokenizer = Tokenizer.open(model.requiredTokenizerFile())) {
            Set<Long> colours = new HashSet<>();
            for (Colour colour :
                    List.of(Colour.RED, Colour.YELLOW, Colour.GREEN, Colour.BLUE, Colour.BROWN)) {
                colours.add(tokenizer.encodePlain(Nouns.of(colour))[0]);
            }
            ShortHistoryBatches batches =
                    new ShortHistoryBatches(
                            bank,
                            new QuestionMix(
                                    new QuestionWriter(Population.allPairs()),
                                    coder,
                                    QuestionMix.SHORT),
                            8,
                            4);
            int grey = 0;
            int coloured = 0;
            int either = 0;
            for (int seed = 0; seed < 40; seed++) {
                TrainingBatch batch = batches.next(new SplittableRandom(seed));
                boolean named =
                        Arrays.stream(batch.questions().orElseThrow().ids())
                                .anyMatch(colours::contains);
                if (batch.pictures().bytes().stream().allMatch(ShortHistoryBatchesTest::isGrey)) {
                    grey++;
                    assertThat(named).isFalse();
                    either += batch.questions().orElseThrow().alsoRight().ids().length;
                } else if (named) {
                    coloured++;
                }
            }
            assertThat(grey).isBetween(4, 16);
            assertThat(coloured).isGreaterThan(15);
            assertThat(either).isGreaterThan(3);
        }
    }

    private static boolean isGrey(byte[] picture) {
        int pixels = picture.length / 3;
        return Arrays.equals(picture, 0, pixels, picture, pixels, 2 * pixels)
                && Arrays.equals(picture, 0, pixels, picture, 2 * pixels, 3 * pixels);
    }
}
