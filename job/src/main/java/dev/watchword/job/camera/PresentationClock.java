package dev.watchword.job.camera;

import java.util.OptionalLong;

/**
 * Turns a video's presentation times into times that begin with zero and always rise, whatever the
 * file says: pictures without a time, or with one that jumps back, follow the one before them.
 */
final class PresentationClock {

    private long shift;
    private long last = -1;

    /**
     * The next picture's time in nanoseconds.
     *
     * @param presented by the file, in nanoseconds, if it says
     * @param frameLength how long a picture usually stands, in nanoseconds
     */
    long next(OptionalLong presented, long frameLength) {
        if (last < 0) {
            shift = -presented.orElse(0);
            last = 0;
            return 0;
        }
        long following = last + frameLength;
        long time = presented.isPresent() ? presented.getAsLong() + shift : following;
        if (time <= last) {
            shift += following - time;
            time = following;
        }
        last = time;
        return time;
    }
}
