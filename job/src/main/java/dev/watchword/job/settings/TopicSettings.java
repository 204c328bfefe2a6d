package dev.watchword.job.settings;

import java.util.List;
import java.util.regex.Pattern;

/** The names of the topics; all different. */
public record TopicSettings(
        @Meaning("The cameras' frames, read by the job.") @Default("watchword.frames")
                String frames,
        @Meaning("The questions, read by the job.") @Default("watchword.queries") String queries,
        @Meaning("The answers, written by the job.") @Default("watchword.answers") String answers,
        @Meaning("Records that could not be read, with what was wrong.")
                @Default("watchword.dead-letters")
                String deadLetters) {
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    public TopicSettings {
        requireName("frames", frames);
        requireName("queries", queries);
        requireName("answers", answers);
        requireName("dead-letters", deadLetters);
        Check.that(
                List.of(frames, queries, answers, deadLetters).stream().distinct().count() == 4,
                "frames",
                frames,
                "differ from the other topics' names, and they from each other");
    }

    private static void requireName(String key, String name) {
        Check.matches(
                key,
                name,
                NAME,
                "be a name for a topic: 1 to 249 letters, digits and '.', '_', '-'");
    }
}
