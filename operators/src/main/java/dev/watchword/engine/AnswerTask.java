package dev.watchword.engine;

import dev.watchword.model.Generation;
import dev.watchword.model.KeyframeFusion;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.SegmentedText;
import dev.watchword.model.text.Prompt;
import dev.watchword.model.text.TextModel;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A question on its way to its answer, in steps short enough that frames can be encoded between
 * them: fuse, read what has not been read of the history, read the question, all slice by slice, and
 * then one token at a time, with other answers. Used by the device's thread alone.
 */
final class AnswerTask implements AutoCloseable {
    private final LlavaMini network;
    private final TextModel text;
    private final AnswerRequest request;
    private final PrefixStore.Entry held;
    private final PrefixStore store;
    private final KeyframeStore keyframes;
    private final CompletableFuture<AnswerOutcome> result;
    private final Clock clock;
    private final int prefillSlice;
    private final long taken;

    private final Optional<PartialText> partial;

    private final List<Integer> generated = new ArrayList<>();
    private TensorScope scope;

    /** The fused question, until it is read [L, D]. */
    private Tensor question;

    private Generation generation;
    private long begun;
    private long fused;
    private long firstToken;

    /**
     * @param held the history of the request; released when the task is closed
     * @param partialInterval how long the answer is written on before it is told of again
     * @param taken when the question came, by {@link System#nanoTime}
     */
    AnswerTask(
            LlavaMini network,
            TextModel text,
            AnswerRequest request,
            PrefixStore.Entry held,
            PrefixStore store,
            KeyframeStore keyframes,
            CompletableFuture<AnswerOutcome> result,
            Clock clock,
            int prefillSlice,
            Duration partialInterval,
            long taken) {
        this.network = network;
        this.text = text;
        this.request = request;
        this.held = held;
        this.store = store;
        this.keyframes = keyframes;
        this.result = result;
        this.clock = clock;
        this.prefillSlice = prefillSlice;
        this.partial =
                request.partial()
                        .map(
                                listener ->
                                        new PartialText(
                                                text.newAnswer(), listener, partialInterval));
        this.taken = taken;
    }

    /** See {@link AnswerRequest#priority}. */
    int priority() {
        return request.priority();
    }

    /** When the question came, by {@link System#nanoTime}. */
    long taken() {
        return taken;
    }

    CompletableFuture<AnswerOutcome> result() {
        return result;
    }

    /** Ends the task if it was cancelled or is late; then {@link #result} is done. */
    void look() {
        if (!result.isDone()
                && request.deadline()
                        .filter(deadline -> clock.instant().isAfter(deadline))
                        .isPresent()) {
            result.complete(new AnswerOutcome.Expired());
        }
    }

    /** Whether anything has been done for it, so that it holds memory of the device. */
    boolean hasBegun() {
        return scope != null;
    }

    /** Whether the question has been read, so that tokens can be chosen. */
    boolean isDecoding() {
        return generation != null && generation.isPrefilled();
    }

    /** The answer in the making, while {@link #isDecoding}. */
    Generation generation() {
        return generation;
    }

    /** Does the next piece of the work before the first token. */
    void prepare() {
        KeptPrefix history = held.prefix();
        if (question == null) {
            begin(history);
        } else if (history.prefix().frames() < request.history().frames()) {
            int missing = request.history().frames() - history.prefix().frames();
            int slice = Math.max(1, prefillSlice / network.config().visionTokens());
            history.read(Math.min(missing, slice));
        } else {
            if (generation == null) {
                generation =
                        network.generateBehind(
                                history.prefix(),
                                request.history().frames(),
                                question,
                                request.sampling(),
                                request.maxTokens());
            }
            generation.prefill(prefillSlice);
        }
    }

    private void begin(KeptPrefix history) {
        begun = System.nanoTime();
        Prompt prompt = prompt();
        long frames = request.history().frames();
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
                                    + ": ask about fewer frames, or with fewer words"
                                    + (request.earlier().isEmpty()
                                            ? "."
                                            : ", or anew and not as a follow-up.")));
            return;
        }
        scope = network.newScope();
        if (request.history() instanceof AnswerRequest.History.Combined combined) {
            fuse(prompt, combined, history);
        } else {
            fuse(prompt, history);
        }
        fused = System.nanoTime();
    }

    private Prompt prompt() {
        return request.history() instanceof AnswerRequest.History.Combined combined
                ? text.combinedPrompt(combined.names(), request.question())
                : text.prompt(request.earlier(), request.question());
    }

    /** Fuses the question, and the text in front of each of several streams. */
    private void fuse(Prompt prompt, AnswerRequest.History.Combined combined, KeptPrefix history) {
        SegmentedText texts = new SegmentedText(network, scope, prompt, combined.anchored());
        for (AnswerRequest.Segment segment : combined.segments()) {
            try (KeyframeFusion fusion = fusion(segment.keyframes())) {
                texts.add(fusion);
            }
            segment.anchor().ifPresent(anchor -> addAnchor(anchor, texts));
        }
        question = texts.behind();
        List<Tensor> fronts = texts.fronts();
        List<long[]> names = combined.names().stream().map(text::name).toList();
        List<KeptPrefix.TextBetween> between = new ArrayList<>();
        int frames = 0;
        for (int i = 1; i < fronts.size(); i++) {
            frames += combined.segments().get(i - 1).tokens().size();
            between.add(new KeptPrefix.TextBetween(frames, fronts.get(i), names.get(i)));
        }
        history.begin(fronts.get(0), names.get(0), between);
    }

    private void addAnchor(AnswerRequest.Keyframe anchor, SegmentedText texts) {
        try (KeyframeFusion fusion = keyframes.fusion(List.of(anchor), new float[] {1})) {
            texts.addAnchor(fusion);
        }
    }

    /** Fuses the question and, where the history is not begun, the text in front of the frames. */
    private void fuse(Prompt prompt, KeptPrefix history) {
        try (TensorScope step = network.newScope();
                KeyframeFusion fusion = fusion(request.keyframes())) {
            question = fusion.behind(scope, prompt);
            if (history.isBegun()) {
                return;
            }
            if (request.anchor().isEmpty()) {
                history.begin(fusion.front(step, prompt.before()));
                return;
            }
            List<AnswerRequest.Keyframe> anchor = List.of(request.anchor().get());
            try (KeyframeFusion anchored = keyframes.fusion(anchor, new float[] {1})) {
                history.begin(anchored.front(step, prompt.before()));
            }
        }
    }

    private KeyframeFusion fusion(List<AnswerRequest.WeightedKeyframe> weighted) {
        float[] weights = new float[weighted.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) weighted.get(i).weight();
        }
        return keyframes.fusion(
                weighted.stream().map(AnswerRequest.WeightedKeyframe::keyframe).toList(), weights);
    }

    /** Chooses the next token; {@link #result} is done after the last. */
    void nextToken() {
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
                            text.answerText(generated),
                            generated.size(),
                            !stopped,
                            times(),
                            evidence()));
        } else {
            partial.ifPresent(told -> told.tell(generated, System.nanoTime()));
        }
    }

    private List<AnswerOutcome.CitedFrame> evidence() {
        if (request.citedFrames() == 0) {
            return List.of();
        }
        float[] shares =
                held.prefix().prefix().evidence(request.history().frames(), generation, generated);
        return AnswerOutcome.CitedFrame.heaviest(shares, request.citedFrames());
    }

    private AnswerOutcome.Times times() {
        return new AnswerOutcome.Times(
                since(begun), since(fused), since(firstToken), since(System.nanoTime()));
    }

    private Duration since(long moment) {
        return Duration.ofNanos(moment - taken);
    }

    /** Ends the task because of a failure; what was read of its history is not used again. */
    void fail(Throwable failure) {
        result.completeExceptionally(failure);
        store.discard(held);
    }

    @Override
    public void close() {
        if (generation != null) {
            generation.close();
        }
        if (scope != null) {
            scope.close();
        }
        held.release();
    }
}
