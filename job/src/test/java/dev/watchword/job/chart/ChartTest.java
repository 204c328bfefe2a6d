package dev.watchword.job.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.chart.Series.Point;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {
    private static final List<Series> LINES =
            List.of(
                    new Series("one", List.of(new Point(1, 10), new Point(100, 1000)), false),
                    new Series("other", List.of(new Point(1, 300), new Point(100, 300)), true));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyPointOfALineIsWhereTheAxesSay(boolean logarithmic) {
        Chart chart = Chart.lines("a title", "n", logarithmic, "ms", logarithmic, LINES);
        BufferedImage image = chart.draw();

        for (int i = 0; i < LINES.size(); i++) {
            for (Point point : LINES.get(i).points()) {
                assertThat(colour(image, chart.x(point.across()), chart.y(point.up())))
                        .isEqualTo(Chart.colour(i));
            }
        }
    }

    @Test
    void aBarIsAsLongAsItsNumber() {
        Series first = new Series("p50", List.of(new Point(0, 20), new Point(1, 80)), false);
        Series second = new Series("p99", List.of(new Point(0, 50)), false);
        Chart chart = Chart.bars("a title", "ms", List.of("a", "b"), List.of(first, second));
        BufferedImage image = chart.draw();

        assertThat(colour(image, chart.x(20) - 2, chart.barTop(0, 0) + 4))
                .isEqualTo(Chart.colour(0));
        assertThat(colour(image, chart.x(20) + 2, chart.barTop(0, 0) + 4))
                .isNotEqualTo(Chart.colour(0));
        assertThat(colour(image, chart.x(78), chart.barTop(1, 0) + 4)).isEqualTo(Chart.colour(0));
        assertThat(colour(image, chart.x(48), chart.barTop(0, 1) + 4)).isEqualTo(Chart.colour(1));
    }

    @Test
    void axesHaveRoundEndsAndTicks() {
        Axis linear = Axis.over("ms", false, new double[] {3, 87});
        assertThat(linear.ticks()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
        assertThat(linear.share(50)).isEqualTo(0.5);

        Axis logarithmic = Axis.over("ms", true, new double[] {0, 3, 3000});
        assertThat(logarithmic.least()).isEqualTo(2);
        assertThat(logarithmic.most()).isEqualTo(5000);
        assertThat(logarithmic.ticks()).containsExactly(10.0, 100.0, 1000.0);
        assertThat(logarithmic.holds(0)).isFalse();

        Axis counts = Axis.over("answers", true, new double[] {1, 32});
        assertThat(counts.ticks()).containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0);
    }

    @Test
    void aChartOfNothingAndOneOfOnePointCanBeDrawn(@TempDir Path folder) throws IOException {
        Series point = new Series("a", List.of(new Point(5, 0)), false);
        Path file = folder.resolve("chart.png");
        Chart.lines("t", "n", false, "ms", false, List.of()).write(file);
        Chart.lines("t", "n", true, "ms", true, List.of(point)).write(file);
        Chart.bars("t", "ms", List.of("a"), List.of(point)).write(file);

        assertThat(ImageIO.read(file.toFile()).getWidth()).isPositive();
    }

    private static Color colour(BufferedImage image, int x, int y) {
        return new Color(image.getRGB(x, y));
    }
}
