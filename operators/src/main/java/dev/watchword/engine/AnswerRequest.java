package dev.watchword.engine;

import dev.watchword.model.Sampling;
import dev.watchword.model.text.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question with the frames that it is about.
 *
 * @param question its text
 * @param history the frames in scope
 * @param keyframes those frames with which the question is fused, and how much each counts; at
 *     least one, but none with a combined history, whose segments have theirs
 * @param anchor the keyframe with which the text in front of the frames is fused; empty: it is
 *     fused as the question is
 * @param maxTokens after so many tokens the answer is cut
 * @param citedFrames how many frames the answer is to name at most on which it rested
 * @param deadline after this moment the answer is not wanted any more
 * @param earlier what was asked and answered before, oldest first; it stands between the frames and
 *     the question
 * @param partial told of the answer while it is written
 * @param priority of the questions for which there is no place the one with the greatest number is
 *     next, and it takes the place of one with a smaller number
 */
public record AnswerRequest(
        String question,
        History history,
        List<WeightedKeyframe> keyframes,
        Optional<Keyframe> anchor,
        Sampling sampling,
        int maxTokens,
        int citedFrames,
        Optional<Instant> deadline,
        List<Turn> earlier,
        Optional<PartialAnswers> partial,
        int priority) {

    /** The frames in scope. */
    public sealed interface History {
        /** How many they are, at least one. */
        int frames();

        /**
         * Frames by their vision tokens.
         *
         * @param tokens of every frame in scope, oldest first; then of those that came since, where
         *     the engine may keep the history
         * @param frames how many are in scope
         * @param keepAs under which name the engine may keep what it reads, for later questions
         */
        record Given(List<byte[]> tokens, int frames, Optional<Kept> keepAs) implements History {
            public Given {
                tokens = List.copyOf(tokens);
                if (frames > tokens.size()) {
                    throw new IllegalArgumentException(
                            "There are %d tokens for %d frames.".formatted(tokens.size(), frames));
                }
            }

            /** Frames that only this question is about. */
            public static Given of(List<byte[]> tokens) {
                return new Given(tokens, tokens.size(), Optional.empty());
            }
        }

        /**
         * The first frames of a history that the engine has kept.
         *
         * @param recalled by {@link Engine#recall}
         */
        record Recalled(RecalledHistory recalled, int frames) implements History {}

        /**
         * The frames of several streams, one stream after the other, each behind its name. Only this
         * question is about them, and nothing of them is kept.
         *
         * @param segments at least one
         */
        record Combined(List<Segment> segments) implements History {
            public Combined {
                segments = List.copyOf(segments);
                if (segments.stream()
                                .map(Segment::anchor)
                                .map(Optional::isPresent)
                                .distinct()
                                .count()
                        > 1) {
                    throw new IllegalArgumentException(
                            "Either all of the streams have an anchor, or none.");
                }
            }

            @Override
            public int frames() {
                return segments.stream().mapToInt(segment -> segment.tokens().size()).sum();
            }

            /** Whether the text in front of each stream's frames is fused with its anchor. */
            boolean anchored() {
                return segments.get(0).anchor().isPresent();
            }

            List<String> names() {
                return segments.stream().map(Segment::name).toList();
            }

            List<byte[]> tokens() {
                return segments.stream().flatMap(segment -> segment.tokens().stream()).toList();
            }
        }
    }

    /**
     * The frames of one of several streams.
     *
     * @param name stands as text in front of the frames; empty: nothing does
     * @param tokens of every frame in scope, oldest first; at least one
     * @param keyframes those frames with which the question is fused, and how much each counts among
     *     them; at least one. Each stream counts the same
     * @param anchor the keyframe with which the text in front of the frames is fused; empty: it is
     *     fused as the question is
     */
    public record Segment(
            String name,
            List<byte[]> tokens,
            List<WeightedKeyframe> keyframes,
            Optional<Keyframe> anchor) {
        public Segment {
            tokens = List.copyOf(tokens);
            keyframes = List.copyOf(keyframes);
            if (tokens.isEmpty() || keyframes.isEmpty()) {
                throw new IllegalArgumentException("A stream needs at least one frame.");
            }
        }
    }

    /**
     * A history that grows at its end.
     *
     * @param lastSequence of its last frame now
     */
    public record Kept(HistoryName name, long lastSequence) {}

    /**
     * A frame with which text is fused.
     *
     * @param features {@link EngineModel#featureBytes} long
     */
    public record Keyframe(KeyframeName name, byte[] features) {}

    /**
     * A keyframe's share in the mean of the fused text.
     *
     * @param weight above 0; the weights of a request, or of a segment, add up to 1
     */
    public record WeightedKeyframe(Keyframe keyframe, double weight) {}

    /** A question like any other, that follows none, and of which nobody hears while it is answered. */
    public AnswerRequest(
            String question,
            History history,
            List<WeightedKeyframe> keyframes,
            Optional<Keyframe> anchor,
            Sampling sampling,
            int maxTokens,
            int citedFrames,
            Optional<Instant> deadline) {
        this(
                question,
                history,
                keyframes,
                anchor,
                sampling,
                maxTokens,
                citedFrames,
                deadline,
                List.of(),
                Optional.empty(),
                0);
    }

    /** The same question behind others, oldest first. */
    public AnswerRequest following(List<Turn> turns) {
        return with(turns, partial, priority);
    }

    /** The same question, and who is told of its answer while it is written. */
    public AnswerRequest telling(PartialAnswers listener) {
        return with(earlier, Optional.of(listener), priority);
    }

    /** The same question with this priority. */
    public AnswerRequest ranked(int number) {
        return with(earlier, partial, number);
    }

    private AnswerRequest with(List<Turn> turns, Optional<PartialAnswers> listener, int number) {
        return new AnswerRequest(
                question,
                history,
                keyframes,
                anchor,
                sampling,
                maxTokens,
                citedFrames,
                deadline,
                turns,
                listener,
                number);
    }

    public AnswerRequest {
        keyframes = List.copyOf(keyframes);
        earlier = List.copyOf(earlier);
        boolean withoutKeyframes = keyframes.isEmpty() && !(history instanceof History.Combined);
        if (history.frames() < 1 || withoutKeyframes) {
            throw new IllegalArgumentException("A question needs at least one frame.");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("An answer needs at least one token.");
        }
    }
}
