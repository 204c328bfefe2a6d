package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir private static Path model;
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void writeModel() throws IOException {
        UntrainedModel.of(UntrainedShapes.tiny(), 1).write(model);
    }

    @Test
    void encodeHasARowForEachBatchAndPrecisionAndForEachCeiling() throws IOException {
        assertThat(benchmark("encode", "--batches=1,3", "--streams=1,4", "--json")).isZero();

        List<JsonNode> rows = json();
        assertThat(rows)
                .extracting(row -> row.get("what").asText())
                .containsExactly(
                        "network",
                        "network",
                        "network",
                        "network",
                        "engine",
                        "engine",
                        "engine",
                        "engine",
                        "matrix product 51x64x128",
                        "matrix product 32x32x32",
                        "matrix product 51x64x128",
                        "matrix product 32x32x32",
                        "preprocessing, 1 thread");
        assertThat(rows.get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "what",
                        "precision",
                        "streams",
                        "batch",
                        "ms",
                        "ms_lower_quartile",
                        "ms_upper_quartile",
                        "rounds",
                        "frames_per_s",
                        "gflop_per_frame",
                        "gflop_per_s",
                        "percent_of_ceiling",
                        "percent_in_libtorch");
        assertThat(rows.subList(0, 4))
                .extracting(row -> row.get("precision").asText() + " " + row.get("batch").asInt())
                .containsExactly("float32 1", "float32 3", "bfloat16 1", "bfloat16 3");
        assertThat(rows.subList(4, 8))
                .extracting(row -> row.get("precision").asText() + " " + row.get("streams").asInt())
                .containsExactly("float32 1", "float32 4", "bfloat16 1", "bfloat16 4");
        assertThat(rows.get(4).get("batch").asDouble()).isEqualTo(1);
        assertThat(rows.get(5).get("batch").asDouble()).isBetween(1.0, 4.0);
        assertThat(rows.subList(0, 8))
                .allSatisfy(
                        row -> {
                            assertThat(row.get("gflop_per_frame").asDouble()).isEqualTo(0.00719078);
                            assertThat(row.get("frames_per_s").asDouble()).isPositive();
                            assertThat(row.get("percent_of_ceiling").asDouble()).isPositive();
                            assertThat(row.get("percent_in_libtorch").asDouble())
                                    .isBetween(1.0, 100.0);
                        });
        assertThat(rows.get(12).get("frames_per_s").asDouble()).isPositive();
        assertThat(rows.get(12).get("gflop_per_s").isNull()).isTrue();
    }

    @Test
    void answerHasARowForEachPartOfEachHistoryAndForEachCeiling() throws IOException {
        assertThat(
                        benchmark(
                                "answer",
                                "--frames=1,5",
                                "--tokens=3",
                                "--text=6",
                                "--keyframes=2",
                                "--precision=float32",
                                "--json"))
                .isZero();

        List<JsonNode> rows = json();
        assertThat(rows)
                .extracting(row -> row.get("what").asText() + " " + row.get("frames").asText())
                .startsWith(
                        "fuse 1",
                        "prefill 1",
                        "first token 1",
                        "decode 1",
                        "fuse 5",
                        "prefill 5",
                        "first token 5",
                        "decode 5")
                .hasSize(12);
        assertThat(rows.get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "what",
                        "precision",
                        "frames",
                        "ms",
                        "ms_lower_quartile",
                        "ms_upper_quartile",
                        "rounds",
                        "tokens_per_s",
                        "gflop",
                        "gflop_per_s",
                        "percent_of_products",
                        "mb_read",
                        "gb_per_s",
                        "percent_of_memory");
        assertThat(rows.get(4).get("gflop").asDouble())
                .as("two keyframes take twice what one does")
                .isCloseTo(2 * rows.get(0).get("gflop").asDouble(), within(1e-7));
        assertThat(rows.get(7).get("tokens_per_s").asDouble()).isPositive();
        assertThat(rows.get(7).get("percent_of_memory").asDouble()).isPositive();
    }

    @Test
    void flopsHasARowForEveryNetworkOfThePaper() throws IOException {
        assertThat(execute("bench", "flops", "--json")).isZero();

        List<JsonNode> rows = json();
        assertThat(rows).hasSize(9);
        assertThat(rows.get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "network",
                        "prefusion_layers",
                        "vision_tokens",
                        "vision_tower_tflop",
                        "compressor_tflop",
                        "projector_tflop",
                        "prefusion_tflop",
                        "prefill_tflop",
                        "total_tflop",
                        "percent_of_llava_v15",
                        "paper_tflop",
                        "percent_off_paper",
                        "here_tflop");
        assertThat(rows.get(5).get("percent_of_llava_v15").asDouble()).isCloseTo(23, within(0.5));
    }

    @Test
    void flopsCountsAModelDirectoryBesideLlavaOfItsParts() throws IOException {
        assertThat(execute("bench", "flops", "--model=" + model, "--text=5", "--json")).isZero();

        List<JsonNode> rows = json();
        assertThat(rows)
                .extracting(row -> row.get("vision_tokens").asInt())
                .as("all patches, and one")
                .containsExactly(16, 1);
        assertThat(rows.get(0).get("percent_of_llava_v15").asDouble()).isEqualTo(100);
        assertThat(rows.get(1).get("prefusion_tflop").asDouble())
                .as("over the picture and over the text, as counted by hand")
                .isCloseTo((4_922_112 + 1_489_920) / 1e12, within(1e-10));
    }

    @Test
    void flopsCountsASizeWithoutItsWeights() throws IOException {
        assertThat(execute("bench", "flops", "--size=8b", "--text=16", "--json")).isZero();

        List<JsonNode> rows = json();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).get("network").asText()).isEqualTo("8b");
        assertThat(rows.get(1).get("vision_tower_tflop").asDouble()).isCloseTo(0.366, within(5e-4));
        assertThat(rows.get(1).get("prefusion_tflop").asDouble()).isCloseTo(1.046, within(1e-3));
    }

    @Test
    void historyHasARowForEachModeOfEachHistory() throws IOException {
        assertThat(
                        benchmark(
                                "history",
                                "--frames=1,40",
                                "--paper=1",
                                "--precision=float32",
                                "--json"))
                .isZero();

        List<JsonNode> rows = json();
        assertThat(rows)
                .extracting(row -> row.get("frames").asInt() + " " + row.get("mode").asText())
                .containsExactly(
                        "1 hot", "1 cold", "1 paper", "40 hot", "40 cold", "1 append", "40 append");
        assertThat(rows.subList(0, 5))
                .allSatisfy(row -> assertThat(row.get("first_token_ms").asDouble()).isPositive());
        assertThat(rows.subList(5, 7))
                .allSatisfy(row -> assertThat(row.get("append_ms").asDouble()).isPositive());
        assertThat(rows.get(3).get("mb_kept").asDouble()).isPositive();
    }

    @Test
    void generateHasARowForEachNumberOfAnswersBesideTheLimit() throws IOException {
        Path plot = folder.resolve("generate.png");
        assertThat(
                        benchmark(
                                "generate",
                                "--answers=1,3",
                                "--frames=5",
                                "--tokens=3",
                                "--text=4",
                                "--plot=" + plot,
                                "--json"))
                .isZero();

        List<JsonNode> rows = json();
        assertThat(rows)
                .extracting(
                        row ->
                                row.get("what").asText()
                                        + " "
                                        + row.get("precision").asText()
                                        + " "
                                        + row.get("answers").asText())
                .startsWith(
                        "answers at once float32 1",
                        "answers at once float32 3",
                        "answers at once bfloat16 1",
                        "answers at once bfloat16 3",
                        "matrix product 3x96x160 float32 null")
                .hasSize(12);
        assertThat(rows.get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "what",
                        "precision",
                        "answers",
                        "ms",
                        "ms_lower_quartile",
                        "ms_upper_quartile",
                        "rounds",
                        "tokens_per_s",
                        "times_of_one",
                        "mb_read",
                        "gb_per_s",
                        "limit_tokens_per_s",
                        "percent_of_limit",
                        "percent_of_products");
        assertThat(rows.get(0).get("times_of_one").asDouble()).isEqualTo(1);
        assertThat(rows.subList(0, 4))
                .allSatisfy(
                        row -> {
                            double rate = row.get("tokens_per_s").asDouble();
                            double limit = row.get("limit_tokens_per_s").asDouble();
                            assertThat(rate)
                                    .isCloseTo(
                                            1e3
                                                    * row.get("answers").asInt()
                                                    / row.get("ms").asDouble(),
                                            withinPercentage(0.1));
                            assertThat(row.get("percent_of_limit").asDouble())
                                    .isCloseTo(100 * rate / limit, withinPercentage(0.1));
                        });
        assertThat(rows.get(1).get("limit_tokens_per_s").asDouble())
                .as("the weights are read once for all")
                .isCloseTo(
                        3 * rows.get(0).get("limit_tokens_per_s").asDouble(),
                        withinPercentage(0.1));
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isPositive();
    }

    @Test
    void keyframesAreComparedWithEveryFrame() throws IOException {
        assertThat(
                        execute(
                                "bench",
                                "keyframes",
                                "--frames=12",
                                "--yards=1",
                                "--questions=3",
                                "--samples=0,60",
                                "--set",
                                "memory.keyframes-recent=2",
                                "--json"))
                .isZero();

        List<JsonNode> rows = json();
        assertThat(rows)
                .extracting(row -> row.get("fused_with").asText())
                .containsExactly(
                        "every frame",
                        "the newest 2, a sample of 0",
                        "the newest 2, a sample of 60",
                        "the newest alone");
        JsonNode exact = rows.get(0);
        assertThat(exact.get("keyframes").asInt()).isGreaterThanOrEqualTo(12);
        assertThat(exact.get("cosine").asDouble()).isCloseTo(1, within(1e-6));
        assertThat(exact.get("as_with_every_frame_percent").asDouble()).isEqualTo(100);
        assertThat(rows.get(1).get("keyframes").asInt()).isEqualTo(2);
        assertThat(rows.get(1).get("lowest_cosine").asDouble()).isBetween(-1.0, 0.999999);
        assertThat(rows.get(2).get("cosine"))
                .as("a sample of more frames than there are has all of them")
                .isEqualTo(exact.get("cosine"));
        assertThat(rows.get(3).get("keyframes").asInt()).isEqualTo(1);
    }

    @Test
    void fullSizeHasARowForEachStepAndTellsWhatIsResident() throws IOException {
        assertThat(benchmark("full-size", "--frames=5", "--json")).isZero();

        List<JsonNode> rows = json();
        assertThat(rows)
                .extracting(row -> row.get("what").asText())
                .containsExactly(
                        "load",
                        "first image to vision token",
                        "first question to first token",
                        "image to vision token",
                        "question to first token",
                        "further token",
                        "history read to first token",
                        "history kept to first token");
        assertThat(rows.get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "what",
                        "frames",
                        "ms",
                        "ms_lower_quartile",
                        "ms_upper_quartile",
                        "rounds",
                        "tokens_per_s",
                        "mb_kept",
                        "mb_resident",
                        "mb_mapped");
        assertThat(rows).allSatisfy(row -> assertThat(row.get("ms").asDouble()).isPositive());
        assertThat(rows.get(0).get("mb_resident").asDouble())
                .isGreaterThan(rows.get(0).get("mb_mapped").asDouble());
        assertThat(rows.get(7).get("frames").asInt()).isEqualTo(5);
        assertThat(rows.get(7).get("mb_kept").asDouble()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"encode --batches=1", "answer --frames=1 --tokens=2", "history --frames=1"})
    void everyBenchmarkOfTheNetworkCanBeDrawn(String call) throws IOException {
        Path plot = folder.resolve("plot.png");
        String[] words = call.split(" ");
        String[] flags = Arrays.copyOfRange(words, 1, words.length + 2);
        flags[words.length - 1] = "--plot=" + plot;
        flags[words.length] = "--precision=float32";

        assertThat(benchmark(words[0], flags)).isZero();

        assertThat(ImageIO.read(plot.toFile()).getWidth()).isPositive();
        assertThat(out.toString()).contains("libtorch ");
    }

    @Test
    void withoutJsonATableIsPrintedBelowWhatWasMeasured() {
        assertThat(benchmark("encode", "--batches=2", "--precision=bfloat16")).isZero();

        assertThat(out.toString())
                .contains("libtorch ", "JPEG of 1280 x 720 pixels", "GFLOP")
                .containsPattern("(?m)^network +bfloat16 +- +2 +[0-9.]+ ");
        assertThat(err.toString()).doesNotContain("watchword:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bench                                    | name a benchmark: encode, answer, history, generate, serve, overload, keyframes, full-size, flops or state
                    bench encode --size=huge                 | 'huge' must be small, clip-l, 1b, 8b
                    bench encode --size=small --model=here   | --model and --size exclude each other
                    bench encode --precision=float8          | 'float8'
                    bench encode --batches=1,0               | --batches must be at least 1, not 0
                    bench encode --streams=4,0               | --streams must be at least 1, not 0
                    bench encode --rounds=0                  | --rounds must be at least 1, not 0
                    bench encode --device=toaster            | No device is called 'toaster'
                    bench answer --tokens=1                  | --tokens must be at least 2, not 1
                    bench generate --answers=1,0             | --answers must be at least 1, not 0
                    bench generate --tokens=1                | --tokens must be at least 2, not 1
                    bench generate --model=MODEL --frames=99999 | the model holds 16384
                    bench full-size --keyframes=0            | --keyframes must be at least 1, not 0
                    bench encode --plot=/not/there.png       | --plot /not/there.png: that is no file in a directory
                    bench keyframes --frames=1               | --frames must be at least 2, not 1
                    bench flops --text=0                     | --text must be at least 1, not 0
                    bench answer --frames=0                  | --frames must be at least 1, not 0
                    bench answer --model=MODEL --frames=99999 | the model holds 16384
                    """)
    void aWrongCallIsRefusedWithItsReason(String call, String reason) {
        assertThat(execute(call.replace("MODEL", model.toString()).split(" +"))).isEqualTo(2);

        assertThat(err.toString()).contains(reason);
        assertThat(out.toString()).isEmpty();
    }

    private int benchmark(String name, String... flags) {
        return execute(
                Stream.concat(
                                Stream.of(
                                        "bench",
                                        name,
                                        "--model=" + model,
                                        "--device=cpu",
                                        "--rounds=1",
                                        "--at-least=0 s",
                                        "--square=32"),
                                Arrays.stream(flags))
                        .toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Watchword.commandLine(new ErrorReport())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private List<JsonNode> json() throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            rows.add(MAPPER.readTree(line));
        }
        return rows;
    }
}
