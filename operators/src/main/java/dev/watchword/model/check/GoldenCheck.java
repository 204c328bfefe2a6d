package dev.watchword.model.check;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.Generation;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.ModelFileException;
import dev.watchword.model.Sampling;
import dev.watchword.model.text.Prompt;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Runs golden cases through the network, from pixels to generated ids, and compares every stage on
 * the way. A folder of goldens holds, for each model, {@code NAME/checkpoint}, a model directory,
 * and {@code NAME/*.safetensors}, its cases.
 */
public final class GoldenCheck {
    private final ComputeDevice device;
    private final Precision precision;

    /** What was compared in one case: its stages and, in float32, the generated ids. */
    public record CaseResult(List<StageDifference> stages, IdsResult ids) {
        /** Whether everything is within its tolerance. */
        public boolean passes() {
            return ids.passes() && stages.stream().allMatch(StageDifference::passes);
        }
    }

    /**
     * How many of the generated ids are the golden's, from the first on.
     *
     * @param equal up to the first that differs
     * @param required whether all must be equal: in float32 they must
     */
    public record IdsResult(int equal, int golden, boolean required) {
        /** Whether they are as they must be. */
        public boolean passes() {
            return equal == golden || !required;
        }
    }

    public GoldenCheck(ComputeDevice device, Precision precision) {
        this.device = device;
        this.precision = precision;
    }

    /**
     * Runs every case of every model in a folder.
     *
     * @throws ModelFileException if there is none, or one cannot be read
     */
    public List<CaseResult> run(Path goldens) {
        List<CaseResult> results = new ArrayList<>();
        for (Path folder : models(goldens)) {
            ModelDirectory directory = ModelDirectory.open(folder.resolve("checkpoint"));
            try (LlavaMini network = LlavaMini.load(directory, device, precision)) {
                for (Path file : list(folder, "*.safetensors")) {
                    results.add(run(network, folder.getFileName().toString(), file));
                }
            }
        }
        if (results.isEmpty()) {
            throw new ModelFileException(
                    goldens
                            + ": no golden cases are here; there must be NAME/checkpoint and"
                            + " NAME/*.safetensors.");
        }
        return results;
    }

    private static List<Path> models(Path goldens) {
        return list(goldens, "*").stream()
                .filter(folder -> Files.isDirectory(folder.resolve("checkpoint")))
                .toList();
    }

    private static List<Path> list(Path folder, String glob) {
        TreeSet<Path> found = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            entries.forEach(found::add);
        } catch (IOException e) {
            throw new ModelFileException(folder + ": cannot be listed.", e);
        }
        return List.copyOf(found);
    }

    private CaseResult run(LlavaMini network, String model, Path file) {
        try (GoldenCase golden = new GoldenCase(file);
                TensorScope scope = network.newScope()) {
            Comparison comparison = new Comparison(model, golden);
            Tensor pixels = scope.floats(golden.floats("pixels"), golden.shape("pixels"));
            Tensor features = network.features(scope, pixels);
            comparison.add("features", features);

            long[] ids = golden.longs("input_ids");
            Tensor prompt;
            try (EncodedFrames frames = network.encode(scope, features, ids.length)) {
                comparison.add("compressor_attention", frames.attention());
                comparison.add("compressed", frames.compressed());
                comparison.add("vision_tokens", frames.visionTokens());
                Tensor fused = network.fuseText(scope, frames, ids);
                comparison.add("fused_text", fused);
                float[] weights = evenWeights(Math.toIntExact(fused.size(0)));
                prompt =
                        network.prompt(
                                scope, fused, weights, frames.visionTokens(), placeOfFrames(ids));
            }
            comparison.add("inputs_embeds", prompt);
            comparison.add("logits", network.logits(scope, prompt));
            return new CaseResult(
                    comparison.stages, compareIds(network, prompt, golden.longs("greedy_ids")));
        }
    }

    private static float[] evenWeights(int frames) {
        float[] weights = new float[frames];
        Arrays.fill(weights, 1f / frames);
        return weights;
    }

    private static int placeOfFrames(long[] ids) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == Prompt.FRAMES) {
                return i;
            }
        }
        throw new ModelFileException(
                "input_ids has no " + Prompt.FRAMES + ", the place of the frames.");
    }

    private IdsResult compareIds(LlavaMini network, Tensor prompt, long[] golden) {
        int equal = 0;
        try (Generation generation = network.generate(prompt, Sampling.GREEDY, golden.length)) {
            generation.prefill(Integer.MAX_VALUE);
            while (equal < golden.length && generation.next() == golden[equal]) {
                equal++;
            }
        }
        return new IdsResult(equal, golden.length, precision == Precision.FLOAT32);
    }

    private final class Comparison {
        private final String model;
        private final GoldenCase golden;
        private final List<StageDifference> stages = new ArrayList<>();

        private Comparison(String model, GoldenCase golden) {
            this.model = model;
            this.golden = golden;
        }

        private void add(String stage, Tensor computed) {
            stages.add(
                    StageDifference.of(
                            model,
                            golden.name(),
                            stage,
                            precision,
                            golden.floats(stage),
                            computed.toFloat32().toFloats()));
        }
    }
}
