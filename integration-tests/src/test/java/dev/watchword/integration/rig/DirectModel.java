package dev.watchword.integration.rig;

import dev.watchword.engine.PictureFetcher;
import dev.watchword.engine.PictureReader;
import dev.watchword.engine.PictureSource;
import dev.watchword.engine.UnusablePictureException;
import dev.watchword.model.DirectAnswer;
import dev.watchword.model.EncodedFrames;
import dev.watchword.model.KeyframeFusion;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.Sampling;
import dev.watchword.model.Segment;
import dev.watchword.model.SegmentedHistory;
import dev.watchword.model.picture.PictureLimits;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.text.Turn;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A model without Kafka and Flink, in float32: what it says is what the job must say. */
public final class DirectModel implements AutoCloseable {
    private final ModelDirectory directory;
    private final PictureReader reader;
    private final TextModel text;
    private final LlavaMini network;

    /** Loads the model. */
    public DirectModel(TestModel model) {
        directory = ModelDirectory.open(model.directory());
        PictureLimits limits = PictureLimits.DEFAULT;
        PictureFetcher nothing =
                new PictureFetcher(List.of(), limits.maxBytes(), Duration.ofSeconds(1));
        reader = new PictureReader(directory, limits, nothing);
        text = TextModel.open(directory, "auto");
        network = LlavaMini.load(directory, ComputeDevice.parse("cpu"), Precision.FLOAT32);
    }

    /** Which weights these are. */
    public String modelId() {
        return directory.modelId();
    }

    /** The likeliest answer to a question about pictures, in their order. */
    public String answer(Stream<byte[]> pictures, String question, int maxTokens) {
        return answer(pictures, question, Sampling.GREEDY, maxTokens);
    }

    /** The answer to a question about pictures, in their order. */
    public String answer(
            Stream<byte[]> pictures, String question, Sampling sampling, int maxTokens) {
        StringBuilder answer = new StringBuilder();
        new DirectAnswer(network, text)
                .answer(
                        pictures.map(this::pixels).iterator(),
                        question,
                        sampling,
                        maxTokens,
                        answer::append);
        return answer.toString();
    }

    /** The likeliest answer to a question that follows others, oldest first. */
    public String answer(
            Stream<byte[]> pictures, List<Turn> earlier, String question, int maxTokens) {
        StringBuilder answer = new StringBuilder();
        new DirectAnswer(network, text)
                .answer(
                        pictures.map(this::pixels).iterator(),
                        earlier,
                        question,
                        Sampling.GREEDY,
                        maxTokens,
                        answer::append);
        return answer.toString();
    }

    /** The likeliest answer to a question about the pictures of several streams, in their order. */
    public String answerTogether(
            Map<String, List<byte[]>> streams, String question, int maxTokens) {
        try (TensorScope scope = network.newScope()) {
            List<Segment> segments = new ArrayList<>();
            streams.forEach((name, pictures) -> segments.add(segment(scope, name, pictures)));
            try (SegmentedHistory history = SegmentedHistory.of(network, text, segments)) {
                return history.answerCiting(question, maxTokens).text();
            }
        }
    }

    private Segment segment(TensorScope scope, String name, List<byte[]> pictures) {
        Tensor features =
                network.features(
                        scope, network.pixels(scope, pictures.stream().map(this::pixels).toList()));
        float[] weights = network.config().frameWeights(pictures.size());
        try (EncodedFrames frames = network.encode(scope, features, 0)) {
            return new Segment(
                    name,
                    frames.visionTokens(),
                    new KeyframeFusion(network, features, weights),
                    Optional.empty());
        }
    }

    private float[] pixels(byte[] picture) {
        try {
            return reader.pixels(new PictureSource.Inline(picture));
        } catch (UnusablePictureException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        text.close();
        network.close();
    }
}
