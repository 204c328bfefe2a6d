package dev.watchword.model.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.model.ModelFileException;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoldenCheckTest {
    private static Path goldens() throws URISyntaxException {
        return Path.of(GoldenCheckTest.class.getResource("/goldens").toURI());
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void everyStageOfEveryModelIsWithinItsTolerance(Precision precision) throws Exception {
        List<GoldenCheck.CaseResult> results =
                new GoldenCheck(ComputeDevice.CPU, precision).run(goldens());

        assertThat(results).hasSize(13);
        assertThat(results).allMatch(GoldenCheck.CaseResult::passes);
        assertThat(results).allMatch(result -> result.stages().size() == 7);
    }

    @Test
    void aDifferenceThatIsTooLargeOrNotANumberDoesNotPass() {
        float[] golden = {1, 2};

        assertThat(difference(golden, new float[] {1, 2.0002f}).passes()).isFalse();
        assertThat(difference(golden, new float[] {1, 2.00005f}).passes()).isTrue();
        assertThat(difference(golden, new float[] {Float.NaN, 2}).passes()).isFalse();
        assertThat(difference(golden, new float[] {1, 2, 3}).passes()).isFalse();
    }

    private static StageDifference difference(float[] golden, float[] computed) {
        return StageDifference.of("model", "case", "features", Precision.FLOAT32, golden, computed);
    }

    @Test
    void saysSoWhenAFolderHoldsNoCases(@TempDir Path empty) {
        GoldenCheck check = new GoldenCheck(ComputeDevice.CPU, Precision.FLOAT32);

        assertThatThrownBy(() -> check.run(empty))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("NAME/checkpoint");
    }
}
