package dev.watchword.job.cli;

import dev.watchword.job.camera.CameraException;
import dev.watchword.job.camera.SampledVideo;
import dev.watchword.model.DirectAnswer;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.Sampling;
import dev.watchword.model.picture.NearestResize;
import dev.watchword.model.picture.Picture;
import dev.watchword.model.text.TextModel;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Loads a model, and answers a question about a picture or a video with it. */
final class Answering {
    private final CommandLine commandLine;
    private final OpenedModel model;

    Answering(CommandLine commandLine, OpenedModel model) {
        this.commandLine = commandLine;
        this.model = model;
    }

    int answer(
            Optional<Path> image,
            Optional<Path> video,
            String question,
            int maxTokens,
            double temperature,
            double topP,
            long seed)
            throws InterruptedException {
        Sampling sampling = sampling(temperature, topP, seed);
        if (maxTokens < 1 || question.isBlank()) {
            throw new ParameterException(
                    commandLine, "there must be a question, and --max-tokens must be at least 1");
        }
        List<float[]> frames =
                image.isPresent()
                        ? List.of(new FilePictures(model.directory()).pixels(image.get()))
                        : ofVideo(video.orElseThrow());
        PrintWriter out = commandLine.getOut();
        try (TextModel text = model.text();
                LlavaMini network = model.network()) {
            DirectAnswer.Result result =
                    new DirectAnswer(network, text)
                            .answer(
                                    frames.iterator(),
                                    question,
                                    sampling,
                                    maxTokens,
                                    piece -> {
                                        out.print(Printable.text(piece));
                                        out.flush();
                                    });
            out.println();
            out.flush();
            if (result.cut()) {
                commandLine
                        .getErr()
                        .println("Cut after " + maxTokens + " tokens; --max-tokens allows more.");
            }
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(e.getMessage(), e);
        }
    }

    private Sampling sampling(double temperature, double topP, long seed) {
        try {
            return new Sampling(temperature, topP, seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine, e.getMessage(), e);
        }
    }

    /** Each frame is stretched to the vision tower's size, as the public code does. */
    private List<float[]> ofVideo(Path video) throws InterruptedException {
        int side = model.directory().config().vision().imageSize();
        FilePictures reader = new FilePictures(model.directory());
        List<float[]> frames = new ArrayList<>();
        try {
            new SampledVideo(video)
                    .forEach(
                            image ->
                                    frames.add(
                                            reader.pixels(
                                                    NearestResize.resize(
                                                            picture(image), side, side))));
        } catch (CameraException e) {
            throw new CommandFailedException(video + ": " + e.getMessage(), e);
        }
        return frames;
    }

    private static Picture picture(BufferedImage image) {
        byte[] blueGreenRed = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        byte[] rgb = new byte[blueGreenRed.length];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = blueGreenRed[i + 2];
            rgb[i + 1] = blueGreenRed[i + 1];
            rgb[i + 2] = blueGreenRed[i];
        }
        return new Picture(image.getWidth(), image.getHeight(), rgb);
    }
}
