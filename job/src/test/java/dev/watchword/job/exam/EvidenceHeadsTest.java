package dev.watchword.job.exam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.service.BundledWeights;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceHeadsTest {
    @TempDir private Path folder;

    @Test
    void headsOfTheBundledModelShowMoreThanAllOfThem() throws Exception {
        EvidenceHeads evidence =
                choose(ModelDirectory.open(BundledWeights.ofThisProgram().directory()), 48);

        assertThat(evidence.answers()).isGreaterThan(20);
        assertThat(evidence.heads()).hasSizeBetween(1, 4).doesNotHaveDuplicates();
        assertThat(evidence.shown())
                .isGreaterThan(0.9)
                .isGreaterThanOrEqualTo(evidence.shownByAll());
        assertThat(evidence.shownByAll()).isGreaterThan(evidence.shownByChance());
        assertThat(evidence.told()).contains("%d right answers".formatted(evidence.answers()));
    }

    @Test
    void whoIsNeverRightHasNone() throws Exception {
        EvidenceHeads evidence =
                choose(UntrainedModel.of(UntrainedShapes.tiny(), 1).write(folder.resolve("m")), 4);

        assertThat(evidence.heads()).isEmpty();
        assertThat(evidence.answers()).isZero();
        assertThat(evidence.told()).contains("only 0 answers were right");
    }

    private static EvidenceHeads choose(ModelDirectory model, int questions)
            throws InterruptedException {
        try (DirectModel direct = DirectModel.of(model)) {
            return EvidenceHeads.choose(direct, 3, questions);
        }
    }
}
