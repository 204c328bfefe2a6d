package dev.watchword.job.cli;

import dev.watchword.job.yard.ContactSheet;
import dev.watchword.job.yard.Narrator;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardPainter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import picocli.CommandLine;

/** Prints and draws the beginning of a yard's day. */
final class YardReport {
    private final CommandLine commandLine;
    private final long seed;
    private final int seconds;
    private final Yard yard;

    YardReport(CommandLine commandLine, long seed, int seconds) {
        this.commandLine = commandLine;
        this.seed = seed;
        this.seconds = seconds;
        this.yard = ScriptedYard.day(seed);
    }

    void print() {
        for (Narrator.Line line : Narrator.tell(yard, seconds)) {
            commandLine.getOut().printf("%6d s  %s%n", line.second(), line.text());
        }
        commandLine.getOut().flush();
    }

    /**
     * Draws a contact sheet.
     *
     * @throws CommandFailedException if the file cannot be written
     */
    void drawSheet(Path file) {
        BufferedImage sheet = ContactSheet.draw(yard, seconds, seed);
        try {
            ImageIO.write(sheet, "png", file.toFile());
        } catch (IOException failed) {
            throw unwritable(file, failed);
        }
        commandLine.getErr().printf("Drew %s.%n", file);
    }

    /**
     * Writes a JPEG file for every second, named by it.
     *
     * @throws CommandFailedException if one cannot be written
     */
    void writePictures(Path folder) {
        YardPainter painter = new YardPainter(YardPainter.SIDE, seed);
        try {
            Files.createDirectories(folder);
            for (int second = 0; second < seconds; second++) {
                Files.write(
                        folder.resolve("%05d.jpg".formatted(second)), painter.jpeg(yard, second));
            }
        } catch (IOException failed) {
            throw unwritable(folder, failed);
        }
        commandLine.getErr().printf("Wrote %d pictures into %s.%n", seconds, folder);
    }

    private static CommandFailedException unwritable(Path path, IOException failed) {
        return new CommandFailedException(path + " cannot be written: " + failed, failed);
    }
}
