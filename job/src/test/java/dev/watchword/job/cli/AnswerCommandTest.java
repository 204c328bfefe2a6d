package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.camera.SampleVideo;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardPainter;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.awt.Dimension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerCommandTest {
    @TempDir private static Path folder;

    @BeforeAll
    static void writeFiles() throws Exception {
        UntrainedModel.of(UntrainedShapes.tiny(), 3).write(folder.resolve("model"));
        Yard yard = ScriptedYard.day(6);
        YardPainter painter = new YardPainter(96, 6);
        ImageIO.write(painter.paint(yard, 10), "png", folder.resolve("picture.png").toFile());
        SampleVideo.write(
                folder.resolve("video.mp4"),
                new Dimension(96, 96),
                4,
                14,
                second -> painter.paint(yard, second));
        Files.writeString(folder.resolve("text.jpg"), "no picture");
    }

    private static CommandRun answer(String flag, String file, String... more) {
        String[] arguments = {
            "answer",
            "--model",
            folder.resolve("model").toString(),
            flag,
            folder.resolve(file).toString(),
            "--max-tokens",
            "12",
            "What is there?"
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return CommandRun.of(all);
    }

    @Test
    void answersAboutAPictureAndAboutAVideo() {
        CommandRun picture = answer("--image", "picture.png");
        CommandRun video = answer("--video", "video.mp4");

        assertThat(picture.exitCode()).isZero();
        assertThat(picture.out()).isNotBlank();
        assertThat(video.exitCode()).isZero();
        assertThat(video.out()).isNotBlank().isNotEqualTo(picture.out());
    }

    @Test
    void theSameSeedGivesTheSameAnswer() {
        String[] warm = {"--temperature", "1.5", "--seed", "4"};

        assertThat(answer("--image", "picture.png", warm).out())
                .isEqualTo(answer("--image", "picture.png", warm).out())
                .isNotEqualTo(
                        answer("--image", "picture.png", "--temperature", "1.5", "--seed", "5")
                                .out());
    }

    @Test
    void saysInALineWhatIsWrong() {
        assertWrong(answer("--image", "text.jpg"), 1, "text.jpg");
        assertWrong(answer("--image", "none.jpg"), 1, "there is no file");
        assertWrong(answer("--video", "text.jpg"), 1, "text.jpg");
        assertWrong(answer("--image", "picture.png", "--precision", "int4"), 2, "int4");
        assertWrong(answer("--image", "picture.png", "--device", "tpu"), 2, "tpu");
        assertWrong(answer("--image", "picture.png", "--temperature", "-1"), 2, "temperature");
        assertWrong(answer("--image", "picture.png", "--chat-template", "x"), 1, "vicuna");
    }

    private static void assertWrong(CommandRun run, int exitCode, String message) {
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(2);
    }
}
