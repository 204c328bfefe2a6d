package dev.watchword.job.bench.state;

import java.io.Serializable;

/**
 * What is remembered.
 *
 * @param streams how many streams, at least 1
 * @param frames how many frames of each the first checkpoint holds, at least 1
 * @param appended how many further frames of each every further checkpoint holds, at least 1
 * @param checkpoints how many further checkpoints there are, at least 1
 * @param tokenBytes the vision tokens of a frame
 * @param featureBytes the features of a keyframe
 */
public record StatePlan(
        int streams, int frames, int appended, int checkpoints, int tokenBytes, int featureBytes)
        implements Serializable {

    /** How many frames the first checkpoint holds. */
    long firstFrames() {
        return (long) streams * frames;
    }

    /** How many frames every further one holds besides. */
    long appendedFrames() {
        return (long) streams * appended;
    }

    /** How many frames there are. */
    long allFrames() {
        return firstFrames() + checkpoints * appendedFrames();
    }

    /** How many frames of each stream there are. */
    long framesOfStream() {
        return frames + (long) checkpoints * appended;
    }

    /** Frames come first, in turn of every stream; behind them one reading of each stream. */
    long events() {
        return allFrames() + streams;
    }

    /** Whether an event is the reading of a stream, and not a frame. */
    boolean isReading(long event) {
        return event >= allFrames();
    }

    /** The stream of an event. */
    String stream(long event) {
        return "camera-%04d".formatted(event % streams);
    }

    /** The sequence of a frame in its stream. */
    long sequence(long event) {
        return event / streams;
    }
}
