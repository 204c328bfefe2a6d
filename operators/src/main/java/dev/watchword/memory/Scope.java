package dev.watchword.memory;

import java.time.Instant;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/** Which of a stream's frames a question is about. */
public sealed interface Scope {
    /** Whether the scope holds every frame of a history, as can be told from its ends. */
    boolean containsAll(FrameWindow history);

    /**
     * The part of the frames that is in scope.
     *
     * @param sequences all frames, rising
     * @param capturedAt gives a frame's capture time in milliseconds by its sequence
     * @return the first index that is in scope, and the first after it that is not
     */
    int[] within(long[] sequences, LongUnaryOperator capturedAt);

    /** The whole history. */
    record All() implements Scope {
        @Override
        public boolean containsAll(FrameWindow history) {
            return true;
        }

        @Override
        public int[] within(long[] sequences, LongUnaryOperator capturedAt) {
            return new int[] {0, sequences.length};
        }
    }

    /** The newest {@code count} frames. */
    record LastFrames(long count) implements Scope {
        @Override
        public boolean containsAll(FrameWindow history) {
            return history.count() <= count;
        }

        @Override
        public int[] within(long[] sequences, LongUnaryOperator capturedAt) {
            return new int[] {(int) Math.max(0, sequences.length - count), sequences.length};
        }
    }

    /**
     * Frames captured less than so long before the newest. Of frames whose capture times do not rise
     * with the sequence, those from the first that is in scope on are.
     *
     * @param milliseconds at least 1
     */
    record LastTime(long milliseconds) implements Scope {
        @Override
        public boolean containsAll(FrameWindow history) {
            return isWithin(
                    history.firstCapturedAt().toEpochMilli(),
                    history.lastCapturedAt().toEpochMilli());
        }

        @Override
        public int[] within(long[] sequences, LongUnaryOperator capturedAt) {
            long newest = capturedAt.applyAsLong(sequences[sequences.length - 1]);
            int first = 0;
            while (!isWithin(capturedAt.applyAsLong(sequences[first]), newest)) {
                first++;
            }
            return new int[] {first, sequences.length};
        }

        private boolean isWithin(long time, long newest) {
            // Without a difference, which could be too large for a long.
            return newest < Long.MIN_VALUE + milliseconds || time > newest - milliseconds;
        }
    }

    /**
     * Frames captured in a span of time. Capture times are taken to rise with the sequence; of
     * frames where they do not, those between the first and the last in the span are in scope.
     *
     * @param from captured at this moment or later
     * @param to captured before this moment
     */
    record Span(Optional<Instant> from, Optional<Instant> to) implements Scope {
        @Override
        public boolean containsAll(FrameWindow history) {
            return false;
        }

        @Override
        public int[] within(long[] sequences, LongUnaryOperator capturedAt) {
            long lowest = from.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
            long highest = to.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
            int[] inside =
                    IntStream.range(0, sequences.length)
                            .filter(
                                    i -> {
                                        long time = capturedAt.applyAsLong(sequences[i]);
                                        return time >= lowest && time < highest;
                                    })
                            .toArray();
            return inside.length == 0
                    ? new int[] {0, 0}
                    : new int[] {inside[0], inside[inside.length - 1] + 1};
        }
    }
}
