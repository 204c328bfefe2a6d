package dev.watchword.job.exam;

import dev.watchword.engine.EngineConfig;
import dev.watchword.engine.PictureFetcher;
import dev.watchword.engine.PictureReader;
import dev.watchword.job.yard.YardPainter;
import dev.watchword.memory.KeyframePolicy;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.SegmentedHistory;
import dev.watchword.model.picture.Picture;
import dev.watchword.model.picture.PictureLimits;
import dev.watchword.model.text.TextModel;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.LibTorch;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.TensorScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The model alone, without Kafka and Flink: it makes, keeps and chooses what the job does. For one
 * thread.
 */
public final class DirectModel implements AutoCloseable {
    private static final byte GREY = (byte) 128;
    private static final int BATCH = 32;

    private final LlavaMini network;
    private final TextModel text;
    private final PictureReader reader;
    private final KeyframePolicy policy;
    private final int batch;
    private final boolean anchored;
    private final Map<String, String> blindAnswers = new HashMap<>();

    private DirectModel(
            LlavaMini network,
            TextModel text,
            PictureReader reader,
            KeyframePolicy policy,
            int batch,
            boolean anchored) {
        this.network = network;
        this.text = text;
        this.reader = reader;
        this.policy = policy;
        this.batch = batch;
        this.anchored = anchored;
    }

    /**
     * Loads the model.
     *
     * @param config what the job's engine would be made from
     * @param policy which frames are keyframes
     * @throws dev.watchword.model.ModelFileException if the model cannot be used
     * @throws IllegalArgumentException if there is no such device
     */
    public static DirectModel open(EngineConfig config, KeyframePolicy policy) {
        LibTorch.setThreads(config.threadsHere());
        ComputeDevice device = ComputeDevice.parse(config.device());
        ModelDirectory directory =
                ModelDirectory.open(
                        Path.of(config.modelDirectory()),
                        Optional.of(config.visionTower())
                                .filter(path -> !path.isEmpty())
                                .map(Path::of));
        PictureReader reader =
                new PictureReader(
                        directory,
                        new PictureLimits(config.maxPictureBytes(), config.maxPicturePixels()),
                        new PictureFetcher(
                                List.of(), config.maxPictureBytes(), config.uriTimeout()));
        TextModel text = TextModel.open(directory, config.chatTemplate());
        LlavaMini network = LlavaMini.load(directory, device, config.precision().on(device));
        return new DirectModel(
                network, text, reader, policy, config.batchFrames(), config.anchored());
    }

    /** Loads a model onto the CPU, in float32. */
    public static DirectModel of(ModelDirectory directory) {
        PictureReader reader =
                new PictureReader(
                        directory,
                        PictureLimits.DEFAULT,
                        new PictureFetcher(
                                List.of(),
                                PictureLimits.DEFAULT.maxBytes(),
                                Duration.ofSeconds(1)));
        TextModel text = TextModel.open(directory, "auto");
        LlavaMini network = LlavaMini.load(directory, ComputeDevice.CPU, Precision.FLOAT32);
        return new DirectModel(network, text, reader, new KeyframePolicy(1, 0, 0), BATCH, true);
    }

    /** Somebody who has seen nothing yet, with this model, which must stay open. */
    public Examinee newExaminee() {
        return new DirectExaminee(this);
    }

    LlavaMini network() {
        return network;
    }

    TextModel text() {
        return text;
    }

    /** A stream of which not only the keyframes' features are kept. */
    FrameStore remembersEveryFrame(String stream, IntFunction<byte[]> pictures) {
        KeyframePolicy every = new KeyframePolicy(Integer.MAX_VALUE, 0, 0);
        return new FrameStore(network, reader, every, stream, pictures, batch);
    }

    Examinee.Sitting sit(String stream, IntFunction<byte[]> pictures) {
        FrameStore frames = new FrameStore(network, reader, policy, stream, pictures, batch);
        return new DirectSitting(network, text, stream, frames, anchored, this::blindAnswer);
    }

    /** Answers from all that some sittings have been shown. */
    List<String> answerTogether(List<DirectSitting> sittings, List<String> questions) {
        try (TensorScope scope = network.newScope();
                SegmentedHistory together =
                        SegmentedHistory.of(
                                network,
                                text,
                                sittings.stream().map(each -> each.segment(scope)).toList())) {
            return questions.stream()
                    .map(question -> together.answerCiting(question, Exam.MOST_TOKENS).text())
                    .toList();
        }
    }

    /** What it says to a question that it is asked before a grey wall. */
    private String blindAnswer(String question) {
        return blindAnswers.computeIfAbsent(question, this::answerBlindly);
    }

    private String answerBlindly(String question) {
        byte[] grey = new byte[3 * YardPainter.SIDE * YardPainter.SIDE];
        Arrays.fill(grey, GREY);
        FrameStore wall = new FrameStore(network, reader, policy, "", number -> grey, 1);
        wall.show(reader.pixels(new Picture(YardPainter.SIDE, YardPainter.SIDE, grey)));
        try (DirectSitting sitting =
                new DirectSitting(network, text, "", wall, anchored, nothing -> "")) {
            return sitting.answer(View.LAST_FRAME, List.of(question)).get(0).text();
        }
    }

    @Override
    public void close() {
        text.close();
        network.close();
    }
}
