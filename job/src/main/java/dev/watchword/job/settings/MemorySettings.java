package dev.watchword.job.settings;

import dev.watchword.memory.KeyframePolicy;
import java.time.Duration;

/** What a stream remembers. */
public record MemorySettings(
        @Meaning("The most frames whose tokens a stream keeps; the oldest go first.")
                @Default("100_000")
                long historyFrames,
        @Meaning("How long a stream keeps a frame's token; 0: without a limit.") @Default("0 s")
                Duration historyAge,
        @Meaning("How many of its newest frames a stream keeps as keyframes.") @Default("8")
                int keyframesRecent,
        @Meaning("How many keyframes a stream keeps as a uniform sample of all its frames.")
                @Default("16")
                int keyframesSample,
        @Meaning(
                        "How many questions may wait for their answers in each parallel part of the job; further ones are rejected.")
                @Default("1000")
                int pendingQuestions,
        @Meaning("How many questions may stand on a stream; further ones are rejected.")
                @Default("16")
                int standingQuestions,
        @Meaning(
                        "What to do where a stream's history was made by another model. restart: the history begins anew with the next frame; refuse: the job does not start.")
                @Default("restart")
                OtherModelChoice otherModel) {

    public MemorySettings {
        Check.between("history-frames", historyFrames, 1, Integer.MAX_VALUE);
        Check.notNegative("history-age", historyAge);
        Check.between("keyframes-recent", keyframesRecent, 1, 10_000);
        Check.between("keyframes-sample", keyframesSample, 0, 10_000);
        Check.between("pending-questions", pendingQuestions, 1, 1_000_000);
        Check.between("standing-questions", standingQuestions, 0, 256);
    }

    /** Which frames of a stream are keyframes. */
    public KeyframePolicy keyframes() {
        return new KeyframePolicy(keyframesRecent, keyframesSample);
    }
}
