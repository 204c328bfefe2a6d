package dev.watchword.job.train;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.picture.ClipPreprocessor;
import dev.watchword.model.picture.ClipSettings;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.FastestPrecision;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The vision tokens of all pictures of a bank, as the job computes and keeps them. Reading is safe
 * for many threads.
 *
 * @param width numbers of each token
 * @param yards of each yard the tokens of its seconds, one after the other
 */
record TokenBank(int width, List<float[]> yards) {

    /**
     * Encodes what is not in the file yet.
     *
     * @param model the network as it is exported
     * @param progress told now and then how many yards are done
     */
    static TokenBank open(Path file, ModelDirectory model, SceneBank bank, IntConsumer progress)
            throws IOException, InterruptedException {
        int width = model.config().language().width() * model.config().visionTokens();
        if (!Files.exists(file)) {
            Path unfinished = file.resolveSibling("tokens.unfinished");
            encode(unfinished, model, bank, progress);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<float[]> yards = new ArrayList<>();
        for (int yard = 0; yard < bank.size(); yard++) {
            float[] tokens = new float[SceneBank.SECONDS * width];
            bytes.asFloatBuffer().get(tokens);
            bytes.position(bytes.position() + tokens.length * Float.BYTES);
            yards.add(tokens);
        }
        return new TokenBank(width, List.copyOf(yards));
    }

    private static void encode(
            Path file, ModelDirectory model, SceneBank bank, IntConsumer progress)
            throws IOException, InterruptedException {
        ClipPreprocessor preprocessor =
                new ClipPreprocessor(ClipSettings.clip(BundledModel.SIDE, ClipSettings.Fit.PAD));
        Precision precision = FastestPrecision.on(ComputeDevice.CPU);
        try (LlavaMini network = LlavaMini.load(model, ComputeDevice.CPU, precision);
                java.io.OutputStream out = Files.newOutputStream(file)) {
            for (int yard = 0; yard < bank.size(); yard++) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                List<float[]> pictures = new ArrayList<>();
                for (int second = 0; second < SceneBank.SECONDS; second++) {
                    pictures.add(preprocessor.normalised(bank.picture(yard, second)));
                }
                float[] tokens = tokens(network, pictures);
                ByteBuffer bytes =
                        ByteBuffer.allocate(tokens.length * Float.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(tokens);
                out.write(bytes.array());
                progress.accept(yard + 1);
            }
        }
    }

    private static float[] tokens(LlavaMini network, List<float[]> pictures) {
        try (TensorScope scope = network.newScope()) {
            Tensor features = network.features(scope, network.pixels(scope, pictures));
            try (EncodedFrames encoded = network.encode(scope, features, 0)) {
                return encoded.visionTokens().toFloat32().toFloats();
            }
        }
    }

    /** Copies the token of a second of a yard. */
    void copy(int yard, int second, float[] into, int at) {
        System.arraycopy(yards.get(yard), second * width, into, at, width);
    }
}
