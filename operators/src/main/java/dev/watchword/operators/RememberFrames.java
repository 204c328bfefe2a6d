package dev.watchword.operators;

import dev.watchword.engine.Engine;
import dev.watchword.memory.StreamMemory;
import dev.watchword.memory.StreamMemory.Remembered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers frames, and lets the engine follow the histories that it keeps. Used on the task's thread
 * alone.
 */
final class RememberFrames {
    private static final Logger LOG = LoggerFactory.getLogger(RememberFrames.class);

    private final StreamMemory memory;
    private final Engine engine;
    private final long owner;
    private final AnsweringMetrics metrics;

    /**
     * @param owner of what the engine keeps; see {@link Engine#newOwner}
     */
    RememberFrames(StreamMemory memory, Engine engine, long owner, AnsweringMetrics metrics) {
        this.memory = memory;
        this.engine = engine;
        this.owner = owner;
        this.metrics = metrics;
    }

    /**
     * Remembers a frame of the stream that is the current key.
     *
     * @return whether it is new, and no repeat
     */
    boolean remember(EncodedFrame frame) throws Exception {
        Remembered result =
                memory.remember(
                        frame.stream(),
                        frame.sequence(),
                        frame.capturedAt(),
                        frame.picture().tokens(),
                        frame.picture().features());
        metrics.remembered(result);
        if (result == Remembered.REPEATED) {
            return false;
        }
        engine.follow(owner, frame.stream(), frame.sequence(), frame.picture().tokens());
        if (result == Remembered.KEPT_ANEW) {
            LOG.warn(
                    "The history of stream {} was made by another model: it begins anew",
                    frame.stream());
        }
        return true;
    }
}
