package dev.watchword.memory;

import java.time.Instant;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Which of a stream's frames a question is about. */
public sealed interface Scope {
    /** Whether the scope holds every frame of a history, as can be told from its ends. */
    boolean containsAll(FrameWindow history);

    /**
     * The part of the frames that is in scope.
     *
     * @param frames at least one
     * @return the first place that is in scope, and the first after it that is not
     */
    int[] within(Timeline frames);

    /** The whole history. */
    record All() implements Scope {
        @Override
        public boolean containsAll(FrameWindow history) {
            return true;
        }

        @Override
        public int[] within(Timeline frames) {
            return new int[] {0, frames.size()};
        }
    }

    /** The newest {@code count} frames. */
    record LastFrames(long count) implements Scope {
        @Override
        public boolean containsAll(FrameWindow history) {
            return history.count() <= count;
        }

        @Override
        public int[] within(Timeline frames) {
            return new int[] {(int) Math.max(0, frames.size() - count), frames.size()};
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
        public int[] within(Timeline frames) {
            long newest = frames.time(frames.size() - 1);
            int first = frames.firstPlace(time -> isWithin(time, newest));
            return new int[] {first, frames.size()};
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
        public int[] within(Timeline frames) {
            long lowest = from.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
            long highest = to.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
            LongPredicate inside = time -> time >= lowest && time < highest;
            int first = frames.firstPlace(frames.rising() ? time -> time >= lowest : inside);
            int end =
                    frames.rising()
                            ? frames.firstPlace(time -> time >= highest)
                            : frames.endOf(inside);
            return first < end ? new int[] {first, end} : new int[] {0, 0};
        }
    }

    /**
     * A scope as of a moment: as if the last frame captured at it or before were the newest. Of
     * frames whose capture times do not rise with the sequence, all before that one count.
     */
    record AsOf(Instant moment, Scope scope) implements Scope {
        @Override
        public boolean containsAll(FrameWindow history) {
            return !history.lastCapturedAt().isAfter(moment) && scope.containsAll(history);
        }

        @Override
        public int[] within(Timeline frames) {
            long latest = moment.toEpochMilli();
            int end = frames.endOf(time -> time <= latest);
            return end == 0 ? new int[] {0, 0} : scope.within(frames.first(end));
        }
    }
}
