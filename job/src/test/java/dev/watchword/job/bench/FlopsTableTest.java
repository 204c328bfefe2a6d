package dev.watchword.job.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.watchword.job.bench.Table.Cell;
import dev.watchword.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlopsTableTest {
    private static final double TERA = 1e12;

    private final Table table = FlopsTable.ofPaper(FlopsTable.TEXT_TOKENS);

    @Test
    void hasLlavaThenEveryDepthOfPreFusionThenMoreTokens() {
        assertThat(column("network")).startsWith("LLaVA-v1.5-7B").hasSize(9);
        assertThat(numbers("prefusion layers")).containsExactly(0., 0., 1., 2., 3., 4., 4., 4., 4.);
        assertThat(numbers("vision tokens"))
                .containsExactly(576., 1., 1., 1., 1., 1., 4., 16., 64.);
    }

    @Test
    void partsAddUpToTheTotal() {
        for (int row = 0; row < table.rows().size(); row++) {
            double sum = 0;
            for (String part :
                    List.of("vision tower", "compressor", "projector", "prefusion", "prefill")) {
                sum += numbers(part + " TFLOP").get(row);
            }
            assertThat(numbers("total TFLOP").get(row)).isCloseTo(sum, withPercentage(1e-9));
        }
    }

    @Test
    void isWithinFivePercentOfThePaperButForItsFourthDepth() {
        List<Double> counted = numbers("total TFLOP").subList(0, 6);
        List<Double> published = numbers("paper TFLOP").subList(0, 6);

        assertThat(published).containsExactly(8.55, 0.96, 1.21, 1.46, 1.81, 1.96);
        for (int row = 0; row < counted.size(); row++) {
            if (published.get(row) != 1.81) {
                assertThat(counted.get(row)).isCloseTo(published.get(row), withPercentage(5));
            }
        }
        assertThat(counted.get(4)).as("1.81 is perhaps 1.71").isCloseTo(1.71, withPercentage(5));
    }

    @Test
    void offPaperIsTheDifferenceThatItShows() {
        double first = numbers("total TFLOP").get(0);

        assertThat(numbers("percent off paper").get(0))
                .isCloseTo((first - 8.55) / 8.55 * 100, withPercentage(1e-6));
        assertThat(column("percent off paper").subList(6, 9)).containsOnly("");
    }

    @Test
    void llavaMiniSavesWhatThePaperSays() {
        List<Double> percent = numbers("percent of llava v15");

        assertThat(percent.get(0)).isEqualTo(100);
        assertThat(100 - percent.get(5)).isBetween(76.5, 77.5);
    }

    @Test
    void aLastLayerOfPreFusionThatNobodyReadsIsSpared() {
        List<Double> spared = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
            spared.add(numbers("total TFLOP").get(row) - numbers("here TFLOP").get(row));
        }

        double layer = numbers("total TFLOP").get(3) - numbers("total TFLOP").get(2);
        double readingLayers = 32;
        double reading = numbers("prefill TFLOP").get(1) / readingLayers;
        assertThat(spared.get(1)).as("without pre-fusion").isBetween(0.5 * reading, reading);
        assertThat(spared.get(5) - spared.get(1)).isBetween(0.6 * layer, layer);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.96", "1, 1.21", "2, 1.46", "4, 1.96"})
    void ofOnePictureItCountsWhatThePaperDoes(int preFusionLayers, double published) {
        assertThat(total(PaperNetworks.llavaMini(preFusionLayers, 1)))
                .isCloseTo(published, withPercentage(1.5));
    }

    @Test
    void ofLlavaWithAllPatchesInTheDecoderItCountsWhatThePaperDoes() {
        assertThat(total(PaperNetworks.llava())).isCloseTo(8.55, withPercentage(1.5));
    }

    private static double total(ModelConfig config) {
        return FlopsByPart.asPublished(config, FlopsTable.TEXT_TOKENS).total() / TERA;
    }

    private List<Double> numbers(String name) {
        return column(name).stream().filter(text -> !text.isEmpty()).map(Double::valueOf).toList();
    }

    private List<String> column(String name) {
        int at = table.columns().indexOf(name);
        List<String> cells = new ArrayList<>();
        for (List<Cell> row : table.rows()) {
            cells.add(text(row.get(at)));
        }
        return cells;
    }

    private static String text(Cell cell) {
        if (cell instanceof Cell.Text text) {
            return text.text();
        } else if (cell instanceof Cell.Whole whole) {
            return Long.toString(whole.number());
        } else if (cell instanceof Cell.Decimal decimal) {
            return Double.toString(decimal.number());
        }
        return "";
    }
}
