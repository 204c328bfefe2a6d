package dev.watchword.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** What became of a question in the engine. */
public sealed interface AnswerOutcome {
    /**
     * An answer.
     *
     * @param text as the person reads it, without control tokens
     * @param tokens how many were generated
     * @param cut whether it was cut at the limit of tokens
     * @param evidence the frames on which the answer rested most, the heaviest first
     */
    record Answered(String text, int tokens, boolean cut, Times times, List<CitedFrame> evidence)
            implements AnswerOutcome {
        public Answered {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * A frame on which an answer rested.
     *
     * @param frame its place among the frames in scope, from 0
     * @param weight its share, from 0 to 1
     */
    record CitedFrame(int frame, double weight) {
        /**
         * The heaviest of some frames' shares, at most so many, of equal ones the older first; none
         * of no weight.
         */
        public static List<CitedFrame> heaviest(float[] shares, int most) {
            Comparator<CitedFrame> heaviestFirst =
                    Comparator.comparingDouble(CitedFrame::weight)
                            .reversed()
                            .thenComparingInt(CitedFrame::frame);
            PriorityQueue<CitedFrame> heaviest = new PriorityQueue<>(heaviestFirst.reversed());
            for (int frame = 0; frame < shares.length; frame++) {
                if (shares[frame] > 0) {
                    heaviest.add(new CitedFrame(frame, shares[frame]));
                }
                if (heaviest.size() > most) {
                    heaviest.remove();
                }
            }
            return heaviest.stream().sorted(heaviestFirst).toList();
        }
    }

    /** The question cannot be answered as it is; the reason says what to change. */
    record Refused(String reason) implements AnswerOutcome {}

    /** The deadline passed first. */
    record Expired() implements AnswerOutcome {}

    /**
     * When things were done, since the engine took the question.
     *
     * @param begun until work began
     * @param fused until the question was fused with the frames
     * @param firstToken until the first token
     * @param total until the last
     */
    record Times(Duration begun, Duration fused, Duration firstToken, Duration total) {}
}
