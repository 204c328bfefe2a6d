package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.YardPainter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YardCommandTest {
    @TempDir Path folder;

    @Test
    void tellsTheSameOfTheSameSeed() {
        CommandRun run = CommandRun.of("yard", "--seed=7");
        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines()).first().asString().matches(" +0 s  it is (day|dusk|night)");
        assertThat(run.outLines()).allMatch(line -> line.matches(" *\\d{1,3} s  .+"));
        assertThat(run.outLines()).anyMatch(line -> line.endsWith(" comes"));
        assertThat(CommandRun.of("yard", "--seed=7").out()).isEqualTo(run.out());
        assertThat(CommandRun.of("yard", "--seed=8").out()).isNotEqualTo(run.out());
    }

    @Test
    void drawsASheetAndWritesThePicturesThatAreAlsoPublished() throws Exception {
        Path sheet = folder.resolve("sheet.png");
        Path pictures = folder.resolve("some/pictures");
        CommandRun run =
                CommandRun.of(
                        "yard",
                        "--seed=7",
                        "--minutes=1",
                        "--sheet=" + sheet,
                        "--pictures=" + pictures);
        assertThat(run.exitCode()).isZero();
        assertThat(ImageIO.read(sheet.toFile()).getWidth()).isEqualTo(1200);
        assertThat(pictures.toFile().list()).hasSize(60);
        assertThat(Files.readAllBytes(pictures.resolve("00042.jpg")))
                .isEqualTo(new YardPainter(YardPainter.SIDE, 7).jpeg(ScriptedYard.day(7), 42));
        assertThat(run.err()).contains("Drew " + sheet, "Wrote 60 pictures into " + pictures);
    }

    @Test
    void aWrongLengthIsACallThatIsWrong() {
        CommandRun run = CommandRun.of("yard", "--seed=7", "--minutes=1441");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--minutes is a whole number from 1 to 1440, not 1441");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        Path nowhere = folder.resolve("none/sheet.png");
        CommandRun run = CommandRun.of("yard", "--seed=7", "--minutes=1", "--sheet=" + nowhere);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(nowhere.toString(), "cannot be written");
    }
}
