package dev.watchword.job.cli;

import dev.watchword.engine.UnusablePictureException;
import dev.watchword.job.analysis.AnswerStudy;
import dev.watchword.job.analysis.Findings;
import dev.watchword.job.analysis.HeatMapSheet;
import dev.watchword.job.analysis.LayerShares;
import dev.watchword.job.analysis.SeenPicture;
import dev.watchword.job.analysis.ShareChart;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.job.yard.YardPainter;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.text.TextModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import picocli.CommandLine;

/** Loads a model, lets it answer, and shows what it looked at. */
final class Analyzing {
    private static final String ABOUT_PICTURES = "What is in the picture?";
    private static final String ABOUT_THE_YARD = "Is the gate open?";
    private static final List<Integer> YARD_SECONDS = List.of(60, 180, 300, 420);
    private static final int YARD_LENGTH = 600;

    private final CommandLine commandLine;
    private final OpenedModel model;

    Analyzing(CommandLine commandLine, OpenedModel model) {
        this.commandLine = commandLine;
        this.model = model;
    }

    int analyze(List<Path> images, long yardSeed, Optional<String> question, Path output) {
        boolean ofYard = images.isEmpty();
        Map<String, float[]> pictures = ofYard ? ofYard(yardSeed) : ofFiles(images);
        String asked = question.orElse(ofYard ? ABOUT_THE_YARD : ABOUT_PICTURES);
        Map<String, Findings> findings = new LinkedHashMap<>();
        try (TextModel text = model.text();
                LlavaMini network = model.network()) {
            AnswerStudy study = new AnswerStudy(network, text);
            pictures.forEach((name, pixels) -> findings.put(name, study.of(pixels, asked)));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(e.getMessage(), e);
        }
        List<LayerShares> layers =
                LayerShares.mean(findings.values().stream().map(Findings::layers).toList());
        print(asked, findings, layers);
        write(output, pictures, findings, layers);
        return ExitCode.OK;
    }

    private Map<String, float[]> ofFiles(List<Path> files) {
        FilePictures reader = new FilePictures(model.directory());
        Map<String, float[]> pictures = new LinkedHashMap<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            String unique = pictures.containsKey(name) ? pictures.size() + 1 + "-" + name : name;
            pictures.put(unique, reader.pixels(file));
        }
        return pictures;
    }

    private Map<String, float[]> ofYard(long seed) {
        FilePictures reader = new FilePictures(model.directory());
        ScriptedYard yard = ScriptedYard.of(seed, YARD_LENGTH, YardOptions.of(seed));
        YardPainter painter = new YardPainter(YardPainter.SIDE, seed);
        Map<String, float[]> pictures = new LinkedHashMap<>();
        for (int second : YARD_SECONDS) {
            try {
                pictures.put(
                        "yard-%d-second-%d".formatted(seed, second),
                        reader.pixels(painter.jpeg(yard, second)));
            } catch (UnusablePictureException e) {
                throw new IllegalStateException("The yard's own picture cannot be used", e);
            }
        }
        return pictures;
    }

    private void print(String question, Map<String, Findings> findings, List<LayerShares> layers) {
        PrintWriter out = commandLine.getOut();
        Findings one = findings.values().iterator().next();
        out.println("Asked: " + Printable.line(question));
        findings.forEach(
                (name, found) ->
                        out.printf(
                                "  %s: %s%n",
                                Printable.line(name), Printable.line(found.answer())));
        out.printf(
                "Vision tokens: %d; text before them: %d tokens; behind: question and answer.%n%n",
                one.visionTokens(), one.textBefore());
        out.println("Where the question and the answer look (mean of heads, tokens and pictures):");
        out.println("             share of all attention         share of one token");
        out.println("  layer    vision   before   behind     vision   before   behind");
        for (int i = 0; i < layers.size(); i++) {
            LayerShares shares = layers.get(i);
            out.printf(
                    Locale.ROOT,
                    "  %5d   %6.2f%%  %6.2f%%  %6.2f%%   %7.3f%% %7.3f%% %7.3f%%%n",
                    i + 1,
                    100 * shares.vision(),
                    100 * shares.before(),
                    100 * shares.behind(),
                    100 * shares.perVisionToken(),
                    100 * shares.perTokenBefore(),
                    100 * shares.perTokenBehind());
        }
        out.println();
        out.flush();
    }

    private void write(
            Path output,
            Map<String, float[]> pictures,
            Map<String, Findings> findings,
            List<LayerShares> layers) {
        String title = "Where question and answer look: " + model.directory().config().modelType();
        write(ShareChart.of(title, layers), output.resolve("attention-by-layer.png"));
        findings.forEach(
                (name, found) ->
                        write(
                                HeatMapSheet.of(
                                        SeenPicture.of(
                                                pictures.get(name), model.directory().pictures()),
                                        found.patches()),
                                output.resolve("patches-" + name + ".png")));
    }

    private void write(BufferedImage image, Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new CommandFailedException(file + " cannot be written: " + e.getMessage(), e);
        }
        commandLine.getOut().println("Wrote " + file);
        commandLine.getOut().flush();
    }
}
