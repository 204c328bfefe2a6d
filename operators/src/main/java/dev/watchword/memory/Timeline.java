package dev.watchword.memory;

import java.util.function.IntToLongFunction;
import java.util.function.LongPredicate;

/**
 * When the frames of a history were captured, in the order of their sequences.
 *
 * @param size how many frames
 * @param capturedAt gives a frame's capture time in milliseconds by its place, from 0
 * @param rising whether capture times never fall, so that places can be found by halving
 */
public record Timeline(int size, IntToLongFunction capturedAt, boolean rising) {
    long time(int place) {
        return capturedAt.applyAsLong(place);
    }

    /** The first so many frames. */
    Timeline first(int count) {
        return new Timeline(count, capturedAt, rising);
    }

    /**
     * The first place at which something holds; the size if nowhere.
     *
     * @param holds of a time; where times rise it must hold of all times after one of which it holds
     */
    int firstPlace(LongPredicate holds) {
        int from = 0;
        if (!rising) {
            while (from < size && !holds.test(time(from))) {
                from++;
            }
            return from;
        }
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (holds.test(time(middle))) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    /**
     * The place behind the last one at which something holds; 0 if nowhere.
     *
     * @param holds of a time; where times rise it must hold of all times before one of which it
     *     holds
     */
    int endOf(LongPredicate holds) {
        if (rising) {
            return firstPlace(time -> !holds.test(time));
        }
        int end = size;
        while (end > 0 && !holds.test(time(end - 1))) {
            end--;
        }
        return end;
    }
}
