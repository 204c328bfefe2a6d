package dev.watchword.job.demo;

import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Yard;

/**
 * A camera over a drawn yard, whose frame of sequence s shows the yard's second s.
 *
 * @param seed of the yard's day and of the camera
 * @param yard the truth about its pictures
 */
public record DemoCamera(String stream, long seed, Yard yard) {
    static DemoCamera of(String stream, long seed) {
        return new DemoCamera(stream, seed, ScriptedYard.day(seed));
    }
}
