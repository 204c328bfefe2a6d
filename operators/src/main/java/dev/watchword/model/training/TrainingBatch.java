package dev.watchword.model.training;

import java.util.List;
import java.util.Optional;

/**
 * What one step learns from: histories, of each some pictures and perhaps questions.
 *
 * @param pictures of each history as many: its keyframes. Without {@link History} they are all the
 *     frames before the questions
 * @param states for each picture what each state head should give, as a {@link HeadTarget}
 * @param questions empty where only the state heads are trained
 * @param history the tokens before the questions, where they were encoded before
 */
public record TrainingBatch(
        Pictures pictures,
        int[][] states,
        Optional<Questions> questions,
        Optional<History> history) {

    /**
     * Pictures as bytes, and how each is varied.
     *
     * @param side pixels along each side
     * @param bytes each [3, side, side]
     * @param shifts for each two rows of an affine map, as {@code affine_grid} takes it: 6 numbers
     * @param gains for each a factor and a summand of the brightness
     */
    public record Pictures(int side, List<byte[]> bytes, float[] shifts, float[] gains) {
        public Pictures {
            bytes = List.copyOf(bytes);
        }
    }

    /**
     * Questions with their answers, as many for each history.
     *
     * @param histories {@code B}
     * @param keyframes how many pictures each history has
     * @param asked how many questions each history has
     * @param slots of each history in which its questions stand, with their answers
     * @param length tokens of each slot, with padding
     * @param ids for each history {@code 1 + names + slots * length} token ids; the first begins the
     *     text, and then come the tokens of {@link Names}
     * @param numbers for each of the {@code histories * slots * length} tokens of questions the
     *     number of its question, from 0 in each history; -1 for padding
     * @param isAnswer 1 where the id is part of an answer, which pre-fusion does not see
     * @param counts how much the choice of the id that follows counts in the loss; 0 for questions
     * @param shares for each history how much each keyframe counts in the fused text
     * @param topics for each question of each history under which heading it is counted
     * @param spared words that are not counted against an answer: see {@link HeadTarget}
     * @param doubted words that are hardly counted against it
     * @param alsoRight words that are as right as an answer's, at most one at a place
     */
    public record Questions(
            int histories,
            int keyframes,
            int asked,
            int slots,
            int length,
            long[] ids,
            long[] numbers,
            byte[] isAnswer,
            float[] counts,
            float[] shares,
            List<String> topics,
            Words spared,
            Words doubted,
            Words alsoRight) {
        public Questions {
            topics = List.copyOf(topics);
        }
    }

    /**
     * Words at places of the questions.
     *
     * @param places behind which of the {@code histories * slots * length} tokens of all questions
     * @param ids for each place a word; a place with several words comes several times
     */
    public record Words(long[] places, long[] ids) {
        /** None at any place. */
        public static final Words NONE = new Words(new long[0], new long[0]);
    }

    /**
     * Frames that were encoded before.
     *
     * @param frames {@code T}, with padding
     * @param tokens for each history [T, D]
     * @param there 1 where a frame is
     * @param positions where it stands
     * @param starts for each history the first position behind its frames
     * @param multiples for each question and frame the logarithm of how many such frames it stands
     *     for
     * @param events for each frame of each history what each event head should give, as a {@link
     *     HeadTarget}
     * @param anchors for each history the one with whose pictures the text before its frames is
     *     fused: a text that was fused long ago must serve, too
     * @param names where several histories lie one after the other in each of them
     * @param moments when what the questions name happened
     */
    public record History(
            int frames,
            float[] tokens,
            byte[] there,
            long[] positions,
            long[] starts,
            float[] multiples,
            int[][] events,
            long[] anchors,
            Names names,
            Moments moments) {}

    /**
     * When what the questions name happened, and in which of several streams.
     *
     * @param places the last word of each thing that happened, and the token behind which an answer
     *     begins that says which of two came first, among the {@code histories * slots * length}
     *     tokens of all questions
     * @param classes when it happened; -1 where an answer begins
     * @param later 1 if it happened after what the question named before, 0 if earlier, where an
     *     answer begins of the last thing that was named; -1 where the question named nothing before
     * @param owned which of these tokens must tell in which of several streams that was which they
     *     ask about
     * @param owners the last digits of those streams' names
     */
    public record Moments(
            long[] places, long[] classes, long[] later, long[] owned, long[] owners) {
        /** Where nothing is dated. */
        public static final Moments NONE = dated(new long[0], new long[0], new long[0]);

        /** Of questions about one stream each. */
        public static Moments dated(long[] places, long[] classes, long[] later) {
            return new Moments(places, classes, later, new long[0], new long[0]);
        }
    }

    /**
     * The names that stand in front of the parts of a history, where it consists of several streams'.
     *
     * @param tokens how many tokens all names of a history have together, {@code N}
     * @param owners for each keyframe, and the token that begins the text and each of these, 1 where
     *     the token is fused with the keyframe, else 0: {@code keyframes * (1 + N)}
     * @param places for each history and each of these tokens its place among the history's frames;
     *     what stands there as a frame is put aside
     */
    public record Names(int tokens, float[] owners, long[] places) {
        /** Of histories of one stream each, whose name nobody needs to know. */
        public static final Names NONE = new Names(0, new float[0], new long[0]);
    }

    /** Returns how many pictures there are. */
    public int size() {
        return pictures.bytes().size();
    }
}
