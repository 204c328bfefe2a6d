package dev.watchword.job.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareChartTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 40})
    void drawsEachLayersSharesAsHighAsTheyAre(int layers) {
        List<LayerShares> shares = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            double vision = 0.1 + 0.6 * i / layers;
            shares.add(new LayerShares(0.2, vision, 0.8 - vision, 0, 0, 0));
        }
        BufferedImage chart = ShareChart.of("a title", shares);

        for (int i = 0; i < layers; i++) {
            double vision = shares.get(i).vision();
            assertThat(colour(chart, i, layers, 0.01)).isEqualTo(ShareChart.VISION);
            assertThat(colour(chart, i, layers, vision - 0.02)).isEqualTo(ShareChart.VISION);
            assertThat(colour(chart, i, layers, vision + 0.02)).isEqualTo(ShareChart.BEFORE);
            assertThat(colour(chart, i, layers, vision + 0.18)).isEqualTo(ShareChart.BEFORE);
            assertThat(colour(chart, i, layers, vision + 0.22)).isEqualTo(ShareChart.BEHIND);
            assertThat(colour(chart, i, layers, 0.99)).isEqualTo(ShareChart.BEHIND);
        }
    }

    private static Color colour(BufferedImage chart, int layer, int layers, double share) {
        return new Color(
                chart.getRGB(ShareChart.middleOf(layer, layers), ShareChart.levelOf(share)));
    }
}
