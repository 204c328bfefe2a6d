package dev.watchword.model;

import dev.watchword.model.text.Prompt;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import dev.watchword.tensor.Script;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The whole network: frames to vision tokens, a question fused with frames, and the language model
 * that answers.
 *
 * <pre>
 * pixels [F, parts, 3, S, S]
 *   -> {@link #features}  [F, parts, P, Dv]      vision tower
 *   -> {@link #encode}    [F, Q, D]              compressor, projector, vision part of pre-fusion
 *   -> {@link #fuseText}  [F, L, D]              text part of pre-fusion
 *   -> {@link #prompt}    [L - 1 + F * Q, D]     mean over the frames, tokens laid in place
 *   -> {@link Generation}                        decoder
 * </pre>
 *
 * <p>The weights do not change, and calls keep nothing: several threads may call, each with a scope
 * of its own. Results belong to the scope that is passed.
 */
public final class LlavaMini implements AutoCloseable {
    private final ModelConfig config;
    private final String modelId;
    private final Precision precision;
    private final NetworkWeights weights;
    private final VisionTower tower;
    private final Compressor compressor;
    private final Projector projector;
    private final PreFusion preFusion;
    private final Decoder decoder;
    private final Script fusion;
    private final Sampler sampler;

    private LlavaMini(
            ModelConfig config, String modelId, Precision precision, NetworkWeights weights) {
        this.config = config;
        this.modelId = modelId;
        this.precision = precision;
        this.weights = weights;
        NetworkWeights model = weights.within("model.");
        this.tower = new VisionTower(config.vision(), weights.visionTower());
        this.compressor = new Compressor(config, model.within("compressor."));
        this.projector = new Projector(config, model.within("mm_projector."));
        this.preFusion = new PreFusion(config, model.within("prefusion_layers."));
        this.decoder = new Decoder(config.language(), weights);
        this.fusion = Script.load("fusion", weights.device());
        this.sampler = new Sampler(weights.device());
    }

    /**
     * Loads the network, its weights packed where that is faster.
     *
     * @throws ModelFileException naming file and tensor, if one is missing, misshapen or unreadable
     */
    public static LlavaMini load(
            ModelDirectory directory, ComputeDevice device, Precision precision) {
        return load(directory, device, precision, WeightPacking.AUTO);
    }

    /**
     * Loads the network.
     *
     * @throws ModelFileException naming file and tensor, if one is missing, misshapen or unreadable
     * @throws IllegalArgumentException if weights must be packed, and cannot
     */
    public static LlavaMini load(
            ModelDirectory directory,
            ComputeDevice device,
            Precision precision,
            WeightPacking packing) {
        return of(directory, precision, NetworkWeights.open(directory, device, precision, packing));
    }

    /** The network over weights in float32, which it closes with itself. */
    static LlavaMini of(ModelDirectory directory, NetworkWeights weights) {
        return of(directory, Precision.FLOAT32, weights);
    }

    private static LlavaMini of(
            ModelDirectory directory, Precision precision, NetworkWeights weights) {
        try {
            return new LlavaMini(directory.config(), directory.modelId(), precision, weights);
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /** The network's dimensions. */
    public ModelConfig config() {
        return config;
    }

    /** Which weights these are. */
    public String modelId() {
        return modelId;
    }

    /** The number format in which it computes. */
    public Precision precision() {
        return precision;
    }

    /** Where it computes. */
    public ComputeDevice device() {
        return weights.device();
    }

    /** A new scope on the network's device. */
    public TensorScope newScope() {
        return TensorScope.open(device());
    }

    /** Preprocessed pictures, each [parts, 3, S, S], as one tensor [F, parts, 3, S, S]. */
    public Tensor pixels(TensorScope scope, List<float[]> pictures) {
        int length = pictures.get(0).length;
        float[] all = new float[Math.multiplyExact(length, pictures.size())];
        for (int i = 0; i < pictures.size(); i++) {
            System.arraycopy(pictures.get(i), 0, all, i * length, length);
        }
        int side = config.vision().imageSize();
        return scope.floats(all, pictures.size(), config.parts(), 3, side, side);
    }

    /** Vision tokens that were kept as bytes, of one frame each, as one tensor [F, Q, D]. */
    public Tensor keptTokens(TensorScope scope, List<byte[]> frames) {
        return scope.bytes(
                frames, precision, frames.size(), config.visionTokens(), config.language().width());
    }

    /** Features that were kept as bytes, of one frame each, as one tensor [F, parts, P, Dv]. */
    public Tensor keptFeatures(TensorScope scope, List<byte[]> frames) {
        return scope.bytes(
                frames,
                precision,
                frames.size(),
                config.parts(),
                config.vision().patches(),
                config.vision().width());
    }

    /**
     * The vision tower: preprocessed pictures [F, parts, 3, S, S] to features [F, parts, P, Dv].
     * Parts is 1, or n * n crops and, last, the whole picture.
     */
    public Tensor features(TensorScope scope, Tensor pixels) {
        long[] shape = pixels.shape();
        try (TensorScope step = scope.child()) {
            Tensor pictures = pixels.reshape(shape[0] * shape[1], shape[2], shape[3], shape[4]);
            Tensor features = tower.features(step, pictures);
            return features.reshape(shape[0], shape[1], features.size(1), features.size(2))
                    .moveTo(scope);
        }
    }

    /**
     * Features [F, parts, P, Dv] to the frames' vision tokens, ready for a question.
     *
     * @param textRoom for how many tokens of text room is made; more is possible and costs a copy
     */
    public EncodedFrames encode(TensorScope scope, Tensor features, int textRoom) {
        long frames = features.size(0);
        long parts = features.size(1);
        long patches = features.size(2);
        long width = features.size(3);
        try (TensorScope step = scope.child()) {
            boolean withPatches = config.compression() != Compression.NONE;
            List<Tensor> sequence = new ArrayList<>();
            Tensor grid;
            Tensor whole = features.part(1, parts - 1, 1).reshape(frames, patches, width);
            if (parts == 1) {
                grid = whole;
            } else {
                int ratio = highResolutionRatio(parts);
                grid = compressor.mosaic(step, features.part(1, 0, parts - 1), ratio);
                sequence.add(projector.project(step, grid));
            }
            Compressor.Compressed gathered = compressor.compress(step, grid);
            Tensor compressed = projector.project(step, gathered.features());
            if (withPatches) {
                sequence.add(projector.project(step, whole));
            }
            sequence.add(compressed);
            PreFusion.Vision vision =
                    preFusion.vision(
                            scope, step.join(sequence, 1), config.visionTokens(), textRoom);
            return new EncodedFrames(
                    compressed.moveTo(scope), gathered.attention().moveTo(scope), vision);
        }
    }

    private static int highResolutionRatio(long parts) {
        int ratio = (int) Math.round(Math.sqrt(parts - 1));
        if ((long) ratio * ratio + 1 != parts) {
            throw new IllegalArgumentException(
                    parts + " parts are not n * n crops and the whole picture.");
        }
        return ratio;
    }

    /**
     * Fuses text with each frame once for all, so that of a later text that begins with it {@link
     * #fuseText} fuses only the rest.
     *
     * @param scope of the frames
     * @param ids token ids that pre-fusion sees, so above 0 [L]
     */
    public void fuseFront(TensorScope scope, EncodedFrames frames, long[] ids) {
        frames.keepFront(new EncodedFrames.Front(ids.clone(), fuse(scope, frames, ids)));
    }

    /**
     * The text part of pre-fusion: the whole prompt fused with each frame.
     *
     * @param ids the prompt's token ids [L]; {@link Prompt#FRAMES} at the place of the frames
     * @return [F, L, D]; the place of the frames, and token 0, keep their plain embedding
     */
    public Tensor fuseText(TensorScope scope, EncodedFrames frames, long[] ids) {
        Tensor fused = fuse(scope, frames, ids);
        frames.forgetText();
        return fused;
    }

    /** Fuses text, and leaves its keys and values with the frames. */
    private Tensor fuse(TensorScope scope, EncodedFrames frames, long[] ids) {
        Optional<EncodedFrames.Front> front = frames.frontOf(ids);
        int begin = front.map(each -> each.ids().length).orElse(0);
        long[] rest = Arrays.copyOfRange(ids, begin, ids.length);
        try (TensorScope step = scope.child()) {
            Tensor idTensor = step.longs(rest, rest.length);
            Tensor hidden = fusion.call(step, "hidden", idTensor);
            Tensor plain = decoder.embed(step, idTensor);
            Tensor text = plain.expand(frames.visionTokens().size(0));
            Tensor seen = preFusion.text(step, frames.vision(), text, hidden);
            Tensor fused = fusion.call(step, "unhidden", seen, plain, hidden);
            return front.map(each -> scope.join(List.of(each.fused(), fused), 1))
                    .orElseGet(() -> fused.moveTo(scope));
        }
    }

    /** Token ids as the vectors that the decoder gets of an answer's tokens: [L] to [L, D]. */
    public Tensor embed(TensorScope scope, long[] ids) {
        try (TensorScope step = scope.child()) {
            return decoder.embed(scope, step.longs(ids, ids.length));
        }
    }

    /** The sum of the fused text over frames, in float32: [F, L, D] to [1, L, D]. */
    public Tensor sumOverFrames(TensorScope scope, Tensor fused) {
        return fusion.call(scope, "total", fused);
    }

    /**
     * The mean of the fused text over the frames, as the decoder gets it.
     *
     * @param fused [F', L, D]
     * @param weights how much each of the F' frames counts in the mean; together 1
     * @return [L, D], in the network's precision
     */
    public Tensor meanText(TensorScope scope, Tensor fused, float[] weights) {
        try (TensorScope step = scope.child()) {
            Tensor counts = step.floats(weights, weights.length);
            return fusion.call(step, "mean", fused, counts).cast(precision).moveTo(scope);
        }
    }

    /**
     * What the decoder gets: the mean of the fused text over the frames, with the vision tokens
     * laid end to end at the place of the frames.
     *
     * @param fused [F', L, D], of those frames over which the mean is taken
     * @param weights how much each of the F' frames counts in the mean; together 1
     * @param tokens [F, Q, D], of all frames
     * @param place the index of the frames' place in the text
     * @return [L - 1 + F * Q, D]
     */
    public Tensor prompt(
            TensorScope scope, Tensor fused, float[] weights, Tensor tokens, int place) {
        try (TensorScope step = scope.child()) {
            Tensor text = meanText(step, fused, weights);
            Tensor vectors = tokens.reshape(-1, tokens.size(2)).moveTo(step);
            return fusion.call(scope, "prompt", text, placed(step, vectors, place), place);
        }
    }

    /**
     * Begins an answer.
     *
     * @param prompt what the decoder gets [N, D]; kept until it is read by {@link
     *     Generation#prefill}
     * @param room how many tokens may follow
     */
    public Generation generate(Tensor prompt, Sampling sampling, int room) {
        return generate(prompt, sampling, room, DecoderSequence::alone);
    }

    /**
     * Begins an answer behind the first frames of a prefix, which lives at least as long.
     *
     * @param frames how many of the prefix's frames the answer sees
     * @param prompt what follows them [N, D]; kept until it is read by {@link Generation#prefill}
     * @param room how many tokens may follow
     */
    public Generation generateBehind(
            Prefix prefix, int frames, Tensor prompt, Sampling sampling, int room) {
        return generate(prompt, sampling, room, own -> prefix.sequence(frames, own));
    }

    private Generation generate(
            Tensor prompt,
            Sampling sampling,
            int room,
            Function<KeyValueCache, DecoderSequence> sequence) {
        TensorScope scope = newScope();
        int capacity = Math.addExact(Math.toIntExact(prompt.size(0)), room);
        return new Generation(
                decoder,
                sampler,
                scope,
                prompt,
                sampling,
                sequence.apply(decoder.newCache(scope, capacity)));
    }

    /**
     * Begins to read a history.
     *
     * @param front the text in front of the frames as the decoder gets it [L, D]; L may be 0
     * @param room for how many frames room is made at first
     */
    public Prefix newPrefix(Tensor front, int room) {
        return new Prefix(this, front, room);
    }

    /**
     * Lets the decoder read the token that each answer chose last, all in one pass; an answer whose
     * last token is read already, or that has none, is left alone.
     */
    public void readChosen(List<Generation> answers) {
        try (TensorScope step = newScope()) {
            Generation.readChosen(decoder, step, answers);
        }
    }

    /**
     * Frames' vision tokens [N, D] as the decoder gets them: with the code of their positions, where
     * the network has one ({@link ModelConfig#positionCode}).
     *
     * @param first where in the decoder's sequence the first of them stands; the others follow
     */
    Tensor placed(TensorScope scope, Tensor tokens, long first) {
        return config.positionCode() == 0
                ? tokens
                : decoder.placed(scope, tokens, first, config.positionCode());
    }

    /**
     * The code of a stream's name [D], with which its frames' vision tokens are marked where frames of
     * several streams lie one after the other; empty where the network has no code of names ({@link
     * ModelConfig#nameCode}), or the name has no tokens.
     *
     * @param name its tokens
     */
    public Optional<Tensor> nameCode(TensorScope scope, long[] name) {
        if (config.nameCode() == 0 || name.length == 0) {
            return Optional.empty();
        }
        try (TensorScope step = scope.child()) {
            Tensor words = decoder.embed(step, step.longs(name, name.length));
            return Optional.of(decoder.nameCode(step, words).moveTo(scope));
        }
    }

    /** Vision tokens [N, D] with the {@link #nameCode} of their stream. */
    public Tensor named(TensorScope scope, Tensor tokens, Tensor code) {
        return decoder.named(scope, tokens, code, config.nameCode());
    }

    KeyValueCache newCache(TensorScope scope, int capacity) {
        return decoder.newCache(scope, capacity);
    }

    /** Lets the decoder read vectors [N, D] behind what is in a cache. */
    void readBehind(TensorScope step, Tensor vectors, KeyValueCache cache) {
        decoder.read(
                step,
                vectors.reshape(1, vectors.size(0), vectors.size(1)),
                DecoderSequence.alone(cache));
    }

    /** The scores of the next token at every place of a prompt: [N, D] to [N, V], float32. */
    public Tensor logits(TensorScope scope, Tensor prompt) {
        try (TensorScope step = scope.child()) {
            Tensor vectors = prompt.reshape(1, prompt.size(0), prompt.size(1));
            try (KeyValueCache cache = decoder.newCache(step, (int) prompt.size(0))) {
                Tensor hidden = decoder.extend(step, vectors, cache);
                return decoder.logits(step, hidden).reshape(prompt.size(0), -1).moveTo(scope);
            }
        }
    }

    /**
     * How much the vectors of a prompt from {@code first} on look at each vector, in each layer of
     * the decoder: the mean of the heads.
     *
     * @param prompt [N, D]
     * @return [layers, N - first, N], float32; each row's sum is 1
     */
    public Tensor attention(TensorScope scope, Tensor prompt, int first) {
        long length = prompt.size(0);
        try (TensorScope step = scope.child()) {
            Tensor vectors = prompt.reshape(1, length, prompt.size(1));
            return decoder.attention(step, vectors, first)
                    .reshape(-1, length - first, length)
                    .moveTo(scope);
        }
    }

    /**
     * Checks that a model directory has every tensor that the network needs, without reading their
     * numbers.
     *
     * @return how many numbers each part of the network has, by the part's name
     * @throws ModelFileException naming file and tensor, if one is missing, misshapen or of a type
     *     that cannot be used
     */
    public static Map<String, Long> inspect(ModelDirectory directory) {
        try (LlavaMini hollow = of(directory, NetworkWeights.headersOf(directory))) {
            return hollow.weights.parametersByPart();
        }
    }

    @Override
    public void close() {
        sampler.close();
        fusion.close();
        decoder.close();
        preFusion.close();
        projector.close();
        compressor.close();
        tower.close();
        weights.close();
    }
}
