package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.safetensors.SafetensorsWriter;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandTest {
    private static final long[] IDS = {5, 6, -200, 7, 8};

    @TempDir private static Path goldens;

    @BeforeAll
    static void writeModel() throws IOException {
        UntrainedModel.of(UntrainedShapes.tiny(), 3)
                .write(Files.createDirectories(goldens.resolve("tiny/checkpoint")));
    }

    /** A case whose stages are what the network itself gives, one of them moved. */
    private static void writeCase(Path file, float vision) throws IOException {
        ModelDirectory directory = ModelDirectory.open(goldens.resolve("tiny/checkpoint"));
        SafetensorsWriter writer = new SafetensorsWriter();
        try (LlavaMini network = LlavaMini.load(directory, ComputeDevice.CPU, Precision.FLOAT32);
                TensorScope scope = network.newScope()) {
            float[] picture = new float[3 * 56 * 56];
            for (int i = 0; i < picture.length; i++) {
                picture[i] = (float) Math.sin(i);
            }
            Tensor pixels = network.pixels(scope, List.of(picture));
            Tensor features = network.features(scope, pixels);
            try (EncodedFrames frames = network.encode(scope, features, IDS.length)) {
                Tensor fused = network.fuseText(scope, frames, IDS);
                Tensor prompt =
                        network.prompt(scope, fused, new float[] {1}, frames.visionTokens(), 2);
                add(writer, "pixels", pixels, 0);
                add(writer, "features", features, 0);
                add(writer, "compressor_attention", frames.attention(), 0);
                add(writer, "compressed", frames.compressed(), 0);
                add(writer, "vision_tokens", frames.visionTokens(), vision);
                add(writer, "fused_text", fused, 0);
                add(writer, "inputs_embeds", prompt, 0);
                add(writer, "logits", network.logits(scope, prompt), 0);
            }
            writer.add("input_ids", StoredType.I64, List.of((long) IDS.length), bytes(IDS));
            writer.add("greedy_ids", StoredType.I64, List.of(0L), ByteBuffer.allocate(0));
        }
        writer.write(file);
    }

    private static void add(SafetensorsWriter writer, String name, Tensor tensor, float shift)
            throws IOException {
        float[] numbers = tensor.toFloats();
        numbers[0] += shift;
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        List<Long> shape = Arrays.stream(tensor.shape()).boxed().toList();
        writer.add(name, StoredType.F32, shape, bytes);
    }

    private static ByteBuffer bytes(long[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(numbers);
        return bytes;
    }

    @Test
    void checkEndsWithOneOnlyWhenAStageIsTooFarFromItsGolden() throws IOException {
        Path good = goldens.resolve("tiny/good.safetensors");
        Path bad = goldens.resolve("tiny/bad.safetensors");
        writeCase(good, 0.00005f);
        CommandRun within = CommandRun.of("model", "check", "--goldens", goldens.toString());
        writeCase(bad, 0.0002f);
        CommandRun outside = CommandRun.of("model", "check", "--goldens", goldens.toString());
        Files.delete(bad);
        Files.delete(good);

        assertThat(within.exitCode()).isZero();
        assertThat(within.out()).contains("all within tolerance");
        assertThat(outside.exitCode()).isEqualTo(1);
        assertThat(outside.outLines())
                .anyMatch(line -> line.matches("tiny +bad +vision_tokens .*TOO FAR"))
                .noneMatch(line -> line.matches("tiny +good .*TOO FAR"));
    }

    @Test
    void infoDescribesAModel() {
        CommandRun run =
                CommandRun.of("model", "info", goldens.resolve("tiny/checkpoint").toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("llava_mini_llama", "1 vision tokens a frame")
                .containsPattern("state a frame, float32 +384 bytes")
                .containsPattern("parameters, all +[\\d,]+");
    }

    @Test
    void infoDescribesTheModesForComparison(@TempDir Path folder) throws IOException {
        Path pooling = folder.resolve("pooling");
        Path llava = folder.resolve("llava");
        UntrainedModel.of(UntrainedShapes.tiny().withPooling().withNewestShare(0.25), 1)
                .write(pooling);
        UntrainedModel.of(UntrainedShapes.tiny().asLlava(), 1).write(llava);

        assertThat(CommandRun.of("model", "info", pooling.toString()).out())
                .contains("the means of 1 x 1 cells: 1 vision tokens a frame")
                .contains("at least 0.25 of the fused text")
                .containsPattern("parameters, compressor +0\n");
        assertThat(CommandRun.of("model", "info", llava.toString()).out())
                .contains("llava_llama", "none: 16 vision tokens a frame")
                .containsPattern("pre-fusion +0 layers")
                .containsPattern("state a frame, bfloat16 +3,072 bytes");
    }

    @Test
    void aFolderThatIsNoModelIsToldInALine() {
        CommandRun run = CommandRun.of("model", "info", goldens.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("config.json");
        assertThat(run.err().lines()).hasSize(1);
    }
}
