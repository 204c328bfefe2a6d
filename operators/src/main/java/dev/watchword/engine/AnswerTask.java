package dev.watchword.engine;

import dev.watchword.model.EncodedFrames;
import dev.watchword.model.Generation;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.text.Prompt;
import dev.watchword.model.text.TextModel;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A question on its way to its answer, in steps short enough that frames can be encoded between
 * them: fuse, read the prompt slice by slice, then one token a step. Stepped by the device's thread
 * alone.
 */
final class AnswerTask implements AutoCloseable {
    private final LlavaMini network;
    private final TextModel text;
    private final AnswerRequest request;
    private final CompletableFuture<AnswerOutcome> result;
    private final Clock clock;
    private final int prefillSlice;
    private final long taken;

    private final List<Integer> generated = new ArrayList<>();
    private Generation generation;
    private long begun;
    private long fused;
    private long firstToken;

    AnswerTask(
            LlavaMini network,
            TextModel text,
            AnswerRequest request,
            CompletableFuture<AnswerOutcome> result,
            Clock clock,
            int prefillSlice,
            long taken) {
        this.network = network;
        this.text = text;
        this.request = request;
        this.result = result;
        this.clock = clock;
        this.prefillSlice = prefillSlice;
        this.taken = taken;
    }

    CompletableFuture<AnswerOutcome> result() {
        return result;
    }

    /** Works for a while; {@link #result} is done after the last step, or was cancelled. */
    void step() {
        if (result.isDone()) {
            return;
        }
        if (request.deadline().filter(deadline -> clock.instant().isAfter(deadline)).isPresent()) {
            result.complete(new AnswerOutcome.Expired());
        } else if (generation == null) {
            begin();
        } else if (!generation.isPrefilled()) {
            generation.prefill(prefillSlice);
        } else {
            nextToken();
        }
    }

    private void begin() {
        begun = System.nanoTime();
        Prompt prompt = text.prompt(request.question());
        long frames = request.tokens().size();
        long vision = frames * network.config().visionTokens();
        long needed = prompt.ids().length - 1 + vision + request.maxTokens();
        int most = network.config().language().maxPositions();
        if (needed > most) {
            result.complete(
                    new AnswerOutcome.Refused(
                            "The question with its "
                                    + frames
                                    + " frames and the answer take "
                                    + needed
                                    + " tokens, and the model holds "
                                    + most
                                    + ": ask about fewer frames, or with fewer words."));
            return;
        }
        try (TensorScope scope = network.newScope()) {
            Tensor vectors =
                    network.prompt(
                            scope, fused(scope, prompt), weights(), tokens(scope), prompt.place());
            generation = network.generate(vectors, request.sampling(), request.maxTokens());
        }
        fused = System.nanoTime();
    }

    private Tensor fused(TensorScope scope, Prompt prompt) {
        List<byte[]> features = new ArrayList<>();
        for (AnswerRequest.WeightedKeyframe keyframe : request.keyframes()) {
            features.add(keyframe.features());
        }
        int parts = network.config().parts();
        int patches = network.config().vision().patches();
        int width = network.config().vision().width();
        Tensor tensor =
                scope.bytes(features, network.precision(), features.size(), parts, patches, width);
        try (EncodedFrames frames = network.encode(scope, tensor, prompt.ids().length)) {
            return network.fuseText(scope, frames, prompt.ids());
        }
    }

    private Tensor tokens(TensorScope scope) {
        return scope.bytes(
                request.tokens(),
                network.precision(),
                request.tokens().size(),
                network.config().visionTokens(),
                network.config().language().width());
    }

    private float[] weights() {
        float[] weights = new float[request.keyframes().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) request.keyframes().get(i).weight();
        }
        return weights;
    }

    private void nextToken() {
        int token = generation.next();
        if (generated.isEmpty()) {
            firstToken = System.nanoTime();
        }
        boolean stopped = text.stops(token);
        if (!stopped) {
            generated.add(token);
        }
        if (stopped || generated.size() >= request.maxTokens()) {
            result.complete(
                    new AnswerOutcome.Answered(
                            text.answerText(generated), generated.size(), !stopped, times()));
        }
    }

    private AnswerOutcome.Times times() {
        return new AnswerOutcome.Times(
                since(begun), since(fused), since(firstToken), since(System.nanoTime()));
    }

    private Duration since(long moment) {
        return Duration.ofNanos(moment - taken);
    }

    @Override
    public void close() {
        if (generation != null) {
            generation.close();
        }
    }
}
