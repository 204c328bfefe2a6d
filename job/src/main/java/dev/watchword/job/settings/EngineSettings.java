package dev.watchword.job.settings;

import dev.watchword.operators.Overload;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** How the engine works, and what it refuses. */
public record EngineSettings(
        @Meaning("The most frames, of whichever streams, that are encoded together.") @Default("16")
                int batchFrames,
        @Meaning("How long the first frame of a batch waits for others.") @Default("5 ms")
                Duration batchWait,
        @Meaning("How many frames may wait for the engine in each parallel part of the job.")
                @Default("256")
                int frameQueue,
        @Meaning(
                        "What is done when so many wait. wait: the job reads more slowly, and frames wait in Kafka. thin: of every stream frames are left out evenly, every second, or three of four, and so on, and counted as frames_thinned.")
                @Default("wait")
                Overload overload,
        @Meaning("How many threads decode pictures.") @Default("2") int decodeThreads,
        @Meaning("How many answers are generated side by side.") @Default("4") int answersAtOnce,
        @Meaning(
                        "How much of the device's memory may hold what the network has read of streams' histories, so that a question reads only what is new. 0: nothing is kept longer than a question needs it.")
                @Default("1 gib")
                DataSize prefixMemory,
        @Meaning(
                        "How much of the device's memory may hold what pre-fusion made of streams' keyframes, so that of a later question only its text is fused with them. 0: keyframes are encoded again for each question.")
                @Default("256 mib")
                DataSize keyframeMemory,
        @Meaning(
                        "How much of the device's memory may hold what pre-fusion made of the frames that were encoded last, so that the first question that is fused with one of them does not have it made again. What comes of all streams between two questions to one of them should fit, up to memory.keyframes-recent frames of each. 0: none is kept.")
                @Default("64 mib")
                DataSize recentFrameMemory,
        @Meaning(
                        "With what the text in front of the frames is fused. anchored: with one frame of the history, so that what was read can be kept; exact: as the question is, and every question reads the whole history again.")
                @Default("anchored")
                PrefixChoice prefix,
        @Meaning("The longest question, in characters; a longer one is rejected.") @Default("2000")
                int maxQuestionLength,
        @Meaning("The most tokens of an answer whose question does not say.") @Default("64")
                int maxTokens,
        @Meaning("The most tokens that a question may ask for.") @Default("1024")
                int maxTokensCeiling,
        @Meaning(
                        "How many frames an answer names at most on which it rested, with their weights. 0: none, which saves a pass over the history for each answer.")
                @Default("3")
                int citedFrames,
        @Meaning(
                        "How long a question that is asked about several streams together waits for them, with as_of from its moment on where that is to come; then it is answered from those that have told of their frames.")
                @Default("10 s")
                Duration combineWait,
        @Meaning("The largest picture, width times height; a larger one is not decoded.")
                @Default("50_000_000")
                long maxPicturePixels,
        @Meaning("The largest encoded picture, in a record or fetched.") @Default("8 mib")
                DataSize maxPictureBytes,
        @Meaning(
                        "From where pictures are fetched whose frames hold an address instead of bytes: scheme, host, and how the path begins. Empty: from nowhere.")
                @Default("")
                List<String> uriAllow,
        @Meaning("How long fetching a picture may take.") @Default("10 s") Duration uriTimeout,
        @Meaning(
                        "How often at most a part of an answer is sent while it is written, where its question asks for that (partial). 0: with every token.")
                @Default("500 ms")
                Duration partialInterval,
        @Meaning(
                        "How long one piece of work may occupy the device: a batch of frames, a slice of a history, a token. Beyond that the engine counts as hung: the tasks fail, their process ends, and the job goes on from its last checkpoint in another.")
                @Default("5 min")
                Duration hungAfter) {

    /** A shorter one would take ordinary work for a fault. */
    private static final Duration LEAST_HUNG_AFTER = Duration.ofSeconds(1);

    private static final long MOST_PIXELS = 1L << 30;
    private static final Pattern URI_START = Pattern.compile("(https?|file)://[^@\\\\?#\\s]*");

    public EngineSettings {
        uriAllow = List.copyOf(uriAllow);
        Check.between("batch-frames", batchFrames, 1, 4096);
        Check.notNegative("batch-wait", batchWait);
        Check.between("frame-queue", frameQueue, batchFrames, 1_000_000);
        Check.between("decode-threads", decodeThreads, 1, 1024);
        Check.between("answers-at-once", answersAtOnce, 1, 4096);
        Check.between(
                "prefix-memory", prefixMemory, new DataSize(0), DataSize.ofMebibytes(1024 * 1024));
        Check.between(
                "keyframe-memory",
                keyframeMemory,
                new DataSize(0),
                DataSize.ofMebibytes(1024 * 1024));
        Check.between(
                "recent-frame-memory",
                recentFrameMemory,
                new DataSize(0),
                DataSize.ofMebibytes(1024 * 1024));
        Check.between("max-question-length", maxQuestionLength, 1, 1_000_000);
        Check.between("max-tokens-ceiling", maxTokensCeiling, 1, 1_000_000);
        Check.between("max-tokens", maxTokens, 1, maxTokensCeiling);
        Check.between("cited-frames", citedFrames, 0, 1000);
        Check.positive("combine-wait", combineWait);
        Check.between("max-picture-pixels", maxPicturePixels, 1, MOST_PIXELS);
        Check.between(
                "max-picture-bytes", maxPictureBytes, new DataSize(1), DataSize.ofMebibytes(1024));
        for (String start : uriAllow) {
            Check.matches(
                    "uri-allow",
                    start,
                    URI_START,
                    "hold beginnings of addresses, such as https://cameras.example/");
        }
        Check.positive("uri-timeout", uriTimeout);
        Check.notNegative("partial-interval", partialInterval);
        Check.that(
                hungAfter.compareTo(LEAST_HUNG_AFTER) >= 0,
                "hung-after",
                hungAfter,
                "be at least " + SettingText.of(LEAST_HUNG_AFTER));
    }
}
