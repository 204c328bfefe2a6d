package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.YardPainter;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCommandTest {
    @TempDir private static Path folder;

    @BeforeAll
    static void writeFiles() throws Exception {
        UntrainedModel.of(UntrainedShapes.tiny(), 3).write(folder.resolve("model"));
        UntrainedModel.of(UntrainedShapes.tiny().asLlava(), 3).write(folder.resolve("llava"));
        ImageIO.write(
                new YardPainter(96, 6).paint(ScriptedYard.day(6), 10),
                "png",
                folder.resolve("picture.png").toFile());
        Files.writeString(folder.resolve("text.jpg"), "no picture");
    }

    private static CommandRun analyze(String model, String output, String... more) {
        String[] arguments = new String[5 + more.length];
        arguments[0] = "analyze";
        arguments[1] = "--model";
        arguments[2] = folder.resolve(model).toString();
        arguments[3] = "--output";
        arguments[4] = folder.resolve(output).toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        return CommandRun.of(arguments);
    }

    @Test
    void showsALayerALineAndWritesTheChartAndTheMaps() throws Exception {
        String picture = folder.resolve("picture.png").toString();
        CommandRun run =
                analyze("llava", "a/b", "--image", picture, "--question", "What colour is it?");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Asked: What colour is it?", "picture.png: ")
                .contains("Vision tokens: 16; ")
                .containsPattern("\\n +1 +\\d+\\.\\d\\d%")
                .containsPattern("\\n +3 +\\d+\\.\\d\\d%");
        assertThat(ImageIO.read(folder.resolve("a/b/attention-by-layer.png").toFile())).isNotNull();
        assertThat(ImageIO.read(folder.resolve("a/b/patches-picture.png.png").toFile()))
                .isNotNull();
    }

    @Test
    void looksAtTheYardWhereNoPictureIsGiven() throws Exception {
        CommandRun run = analyze("model", "yard", "--yard-seed", "3");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Asked: Is the gate open?", "Vision tokens: 1; ");
        try (Stream<Path> files = Files.list(folder.resolve("yard"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(5)
                    .contains("attention-by-layer.png", "patches-yard-3-second-60.png");
        }
    }

    @Test
    void saysInALineWhatIsWrong() {
        String text = folder.resolve("text.jpg").toString();
        assertWrong(analyze("model", "c", "--image", text), 1, "text.jpg");
        assertWrong(analyze("model", "c", "--image", "none.jpg"), 1, "there is no file none.jpg");
        assertWrong(analyze("none", "c"), 1, "none");
        assertWrong(analyze("model", "text.jpg/c"), 1, "cannot be written");
        assertWrong(analyze("model", "c", "--device", "tpu"), 2, "tpu");
    }

    private static void assertWrong(CommandRun run, int exitCode, String message) {
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(2);
    }
}
