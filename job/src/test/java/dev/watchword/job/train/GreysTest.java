package dev.watchword.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.train.PictureBatches.Showing;
import dev.watchword.job.train.PictureBatches.Shown;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreysTest {
    private static final int YARDS = 4;

    @TempDir private Path folder;

    private SceneBank bank;

    @BeforeEach
    void drawYards() throws Exception {
        TrainingPlan plan = new TrainingPlan(5, 1, 8, 4, Set.of(), NetworkShape.BUNDLED, List.of());
        bank = SceneBank.open(folder, plan, line -> {});
    }

    @Test
    void untoldGreysAreOfWholePicturesAndAThirdOfAll() {
        assertThat(shown(Greys::untold, this::isGrey)).isBetween(0.28, 0.42);
        assertThat(shown(Greys::untold, this::isGreyInPart)).isZero();
    }

    @Test
    void toldGreysAreOfAFifthWhollyAndOfThreeInTenInABoxWhereThereIsSomething() {
        assertThat(shown(Greys::told, this::isGrey)).isBetween(0.14, 0.26);
        assertThat(shown(Greys::told, this::isGreyInPart)).isBetween(0.15, 0.36);
    }

    private interface Check {
        boolean holds(byte[] shown, byte[] drawn);
    }

    /** For how many of the pictures something holds. */
    private double shown(Showing showing, Check check) {
        SplittableRandom random = new SplittableRandom(3);
        long found =
                IntStream.range(0, YARDS * SceneBank.SECONDS)
                        .filter(
                                number -> {
                                    int yard = number % YARDS;
                                    int second = number / YARDS;
                                    Shown shown = showing.show(bank, yard, second, random);
                                    byte[] drawn = bank.picture(yard, second);
                                    return check.holds(shown.picture(), drawn);
                                })
                        .count();
        return found / (double) (YARDS * SceneBank.SECONDS);
    }

    private boolean isGrey(byte[] shown, byte[] drawn) {
        return Arrays.equals(shown, Variation.withoutColours(drawn));
    }

    private boolean isGreyInPart(byte[] shown, byte[] drawn) {
        return !isGrey(shown, drawn) && !Arrays.equals(shown, drawn);
    }
}
