package dev.watchword.model;

import dev.watchword.model.text.Prompt;
import dev.watchword.model.text.TextModel;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.List;

/**
 * Several histories, one after the other, each behind its name, before which one question after the
 * other is answered from all of them together. Each frame is read only once. For one thread at a
 * time.
 */
public final class SegmentedHistory implements AutoCloseable {
    private static final int ANSWER_ROOM = 64;

    private final LlavaMini network;
    private final TextModel text;
    private final List<Segment> segments;
    private final Prompt before;
    private final Prefix prefix;

    private SegmentedHistory(
            LlavaMini network, TextModel text, List<Segment> segments, Prompt before) {
        this.network = network;
        this.text = text;
        this.segments = List.copyOf(segments);
        this.before = before;
        try (TensorScope step = network.newScope()) {
            List<Tensor> fronts = fronts(step);
            this.prefix = network.newPrefix(fronts.get(0), frames());
            try {
                read(fronts);
            } catch (RuntimeException e) {
                prefix.close();
                throw e;
            }
        }
    }

    private void read(List<Tensor> fronts) {
        for (int i = 0; i < fronts.size(); i++) {
            if (i > 0) {
                prefix.appendText(fronts.get(i));
            }
            prefix.beginStream(name(segments.get(i)));
            prefix.append(segments.get(i).tokens());
        }
    }

    /** Its tokens, where the network marks frames with it. */
    private long[] name(Segment segment) {
        return network.config().nameCode() == 0 ? new long[0] : text.name(segment.name());
    }

    /**
     * Reads histories.
     *
     * @param segments at least one; their keyframes and anchors are closed by the result
     * @throws IllegalArgumentException if there is none, or the model cannot hold so many frames
     */
    public static SegmentedHistory of(LlavaMini network, TextModel text, List<Segment> segments) {
        Prompt before = text.combinedPrompt(segments.stream().map(Segment::name).toList(), "");
        return of(network, text, segments, before);
    }

    static SegmentedHistory of(
            LlavaMini network, TextModel text, List<Segment> segments, Prompt before) {
        try {
            AnswerWriter.requireRoom(network.config(), frames(segments), before, 1);
            return new SegmentedHistory(network, text, segments, before);
        } catch (RuntimeException e) {
            close(segments);
            throw e;
        }
    }

    private List<Tensor> fronts(TensorScope step) {
        boolean anchored = segments.get(0).anchor().isPresent();
        SegmentedText fused = new SegmentedText(network, step, before, anchored);
        for (Segment segment : segments) {
            segment.anchor()
                    .ifPresentOrElse(fused::addAnchor, () -> fused.add(segment.keyframes()));
        }
        return fused.fronts();
    }

    /** How many frames all histories have together. */
    public int frames() {
        return frames(segments);
    }

    private static int frames(List<Segment> segments) {
        return segments.stream().mapToInt(each -> Math.toIntExact(each.tokens().size(0))).sum();
    }

    /**
     * Answers with the likeliest tokens, and says on which frames the answer rested.
     *
     * @param maxTokens after so many tokens the answer is cut
     * @return the answer, with the share of each frame, those of the first history first
     * @throws IllegalArgumentException if the model cannot hold frames, question and answer
     */
    public FrameHistory.Cited answerCiting(String question, int maxTokens) {
        Prompt prompt =
                text.combinedPrompt(segments.stream().map(Segment::name).toList(), question);
        AnswerWriter.requireRoom(network.config(), frames(), prompt, maxTokens);
        StringBuilder answer = new StringBuilder();
        try (Generation generation = ask(prompt, Sampling.GREEDY)) {
            List<Integer> tokens =
                    AnswerWriter.write(generation, text, maxTokens, answer::append).tokens();
            return new FrameHistory.Cited(
                    answer.toString(), prefix.evidence(frames(), generation, tokens));
        }
    }

    /** Begins the answer to a question; its prompt has the texts in front that were read. */
    Generation ask(Prompt prompt, Sampling sampling) {
        try (TensorScope step = network.newScope()) {
            SegmentedText fused = new SegmentedText(network, step, prompt, true);
            segments.forEach(segment -> fused.add(segment.keyframes()));
            return network.generateBehind(prefix, frames(), fused.behind(), sampling, ANSWER_ROOM);
        }
    }

    @Override
    public void close() {
        prefix.close();
        close(segments);
    }

    private static void close(List<Segment> segments) {
        for (Segment segment : segments) {
            segment.keyframes().close();
            segment.anchor().ifPresent(KeyframeFusion::close);
        }
    }
}
