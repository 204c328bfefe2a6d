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
                        "About how many keyframes a stream keeps of each power of two of ages (frames 16 to 31 back, 32 to 63 back, ...), for questions about a span in the past, or as of a moment. With 2 or more every span has one that is at least half as long as its oldest frame is back; more help a model whose text is fused mostly with the newest frame, in whose place the keyframe that looks most like it is taken. 0: none.")
                @Default("16")
                int keyframesPerAge,
        @Meaning(
                        "The most bytes that the frames of all streams may take in one question that is asked about several together: tokens, and features of keyframes. A question about more is rejected.")
                @Default("256 mib")
                DataSize combinedBytes,
        @Meaning(
                        "How many questions about several streams together may wait for their answers in each parallel part of the job; further ones are rejected.")
                @Default("16")
                int combinedQuestions,
        @Meaning(
                        "How many questions of a priority and above may wait for their answers in each parallel part of the job; further ones are rejected.")
                @Default("1000")
                int pendingQuestions,
        @Meaning("How many questions may stand on a stream; further ones are rejected.")
                @Default("16")
                int standingQuestions,
        @Meaning(
                        "How many answered questions a stream remembers, the newest, so that others can follow them (follow_up_to). 0: none.")
                @Default("100")
                int conversations,
        @Meaning(
                        "How many earlier questions and answers stand in front of a question that follows them; the oldest fall away.")
                @Default("8")
                int conversationTurns,
        @Meaning(
                        "What to do where a stream's history was made by another model. restart: the history begins anew with the next frame; refuse: the job does not start.")
                @Default("restart")
                OtherModelChoice otherModel) {

    public MemorySettings {
        Check.between("history-frames", historyFrames, 1, Integer.MAX_VALUE);
        Check.notNegative("history-age", historyAge);
        Check.between("keyframes-recent", keyframesRecent, 1, 10_000);
        Check.between("keyframes-sample", keyframesSample, 0, 10_000);
        Check.between("keyframes-per-age", keyframesPerAge, 0, 1_000);
        Check.between("combined-bytes", combinedBytes, new DataSize(1), DataSize.ofMebibytes(1024));
        Check.between("combined-questions", combinedQuestions, 0, 1_000_000);
        Check.between("pending-questions", pendingQuestions, 1, 1_000_000);
        Check.between("standing-questions", standingQuestions, 0, 256);
        Check.between("conversations", conversations, 0, 10_000);
        Check.between("conversation-turns", conversationTurns, 1, 1_000);
    }

    /** Which frames of a stream are keyframes. */
    public KeyframePolicy keyframes() {
        return new KeyframePolicy(keyframesRecent, keyframesSample, keyframesPerAge);
    }
}
