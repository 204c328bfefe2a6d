package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    @TempDir private Path folder;

    @Test
    void aShareThatIsNoneIsACallThatIsWrong() {
        CommandRun run = CommandRun.of("train", "--output=" + folder, "--share=0");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--share is above 0 and at most 1, not 0");
    }

    @Test
    void whatIsNoPairIsNamed() {
        CommandRun run =
                CommandRun.of("train", "--output=" + folder, "--left-out=red van,mauve bus");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("such as 'red van', not 'mauve bus'");
    }

    @Test
    void networksAreComparedAfterAStepAtLeast() {
        CommandRun run = CommandRun.of("ablate", "--output=" + folder, "--steps=0");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--steps is at least 1, not 0");
    }
}
