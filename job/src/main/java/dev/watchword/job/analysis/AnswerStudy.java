package dev.watchword.job.analysis;

import dev.watchword.model.Compression;
import dev.watchword.model.EncodedFrames;
import dev.watchword.model.Generation;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.Sampling;
import dev.watchword.model.text.Prompt;
import dev.watchword.model.text.TextModel;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lets a model answer, and looks at what it looks at. For one thread at a time. */
public final class AnswerStudy {
    private static final int MAX_TOKENS = 64;

    private final LlavaMini network;
    private final TextModel text;

    public AnswerStudy(LlavaMini network, TextModel text) {
        this.network = network;
        this.text = text;
    }

    /**
     * Answers a question about one picture with the likeliest tokens.
     *
     * @param pixels the preprocessed picture [parts, 3, S, S]
     * @throws IllegalArgumentException if the model cannot hold picture, question and answer
     */
    public Findings of(float[] pixels, String question) {
        Prompt prompt = text.prompt(question);
        requireRoom(prompt);
        try (TensorScope scope = network.newScope()) {
            Tensor features = network.features(scope, network.pixels(scope, List.of(pixels)));
            try (EncodedFrames frame = network.encode(scope, features, prompt.ids().length)) {
                Tensor fused = network.fuseText(scope, frame, prompt.ids());
                Tensor vectors =
                        network.prompt(
                                scope,
                                fused,
                                new float[] {1},
                                frame.visionTokens(),
                                prompt.place());
                List<Integer> answer = answer(scope, vectors);
                return findings(scope, prompt, withAnswer(scope, vectors, answer), answer, frame);
            }
        }
    }

    private void requireRoom(Prompt prompt) {
        int needed = prompt.length() + network.config().visionTokens() + MAX_TOKENS;
        int most = network.config().language().maxPositions();
        if (needed > most) {
            throw new IllegalArgumentException(
                    "The picture, the question and the answer take %d tokens, and the model holds %d."
                            .formatted(needed, most));
        }
    }

    private List<Integer> answer(TensorScope scope, Tensor vectors) {
        List<Integer> tokens = new ArrayList<>();
        // The answer takes the vectors to itself, and they are needed after it.
        Tensor own = scope.join(List.of(vectors), 0);
        try (Generation generation = network.generate(own, Sampling.GREEDY, MAX_TOKENS)) {
            generation.prefill(Integer.MAX_VALUE);
            int token = generation.next();
            while (!text.stops(token) && tokens.size() < MAX_TOKENS) {
                tokens.add(token);
                token = generation.next();
            }
        }
        return tokens;
    }

    private Tensor withAnswer(TensorScope scope, Tensor vectors, List<Integer> answer) {
        if (answer.isEmpty()) {
            return vectors;
        }
        long[] ids = answer.stream().mapToLong(Integer::longValue).toArray();
        return scope.join(List.of(vectors, network.embed(scope, ids)), 0);
    }

    private Findings findings(
            TensorScope scope,
            Prompt prompt,
            Tensor vectors,
            List<Integer> answer,
            EncodedFrames frame) {
        int before = prompt.place();
        int vision = network.config().visionTokens();
        int length = Math.toIntExact(vectors.size(0));
        int rows = length - before - vision;
        float[] all = network.attention(scope, vectors, before + vision).toFloats();
        List<LayerShares> layers = new ArrayList<>();
        for (int at = 0; at < all.length; at += rows * length) {
            float[] layer = Arrays.copyOfRange(all, at, at + rows * length);
            layers.add(LayerShares.of(layer, rows, before, vision));
        }
        List<PatchAttention> patches =
                network.config().compression() == Compression.NONE
                        ? List.of(ofDecoder(all, length, before, vision))
                        : ofCompressor(frame.attention());
        return new Findings(text.answerText(answer), before, vision, rows, layers, patches);
    }

    private static List<PatchAttention> ofCompressor(Tensor attention) {
        int queries = Math.toIntExact(attention.size(1));
        int patches = Math.toIntExact(attention.size(2));
        float[] all = attention.toFloats();
        List<PatchAttention> each = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            float[] shares = Arrays.copyOfRange(all, i * patches, (i + 1) * patches);
            each.add(new PatchAttention("query " + (i + 1), side(patches), shares));
        }
        return each;
    }

    /** Where every patch is a vision token: what of the attention on them each one gets. */
    private static PatchAttention ofDecoder(float[] all, int length, int before, int vision) {
        double[] sums = new double[vision];
        double total = 0;
        for (int row = 0; row < all.length; row += length) {
            for (int i = 0; i < vision; i++) {
                sums[i] += all[row + before + i];
                total += all[row + before + i];
            }
        }
        float[] shares = new float[vision];
        for (int i = 0; i < vision; i++) {
            shares[i] = (float) (sums[i] / total);
        }
        return new PatchAttention("question and answer", side(vision), shares);
    }

    private static int side(int patches) {
        return (int) Math.round(Math.sqrt(patches));
    }
}
