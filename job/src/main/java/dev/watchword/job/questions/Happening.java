package dev.watchword.job.questions;

import dev.watchword.job.yard.Pair;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that happened exactly once in a span.
 *
 * @param name of whom it happened to, such as "red car"
 * @param earliest the first second that it may be taken to have happened at
 * @param latest the last such second
 */
record Happening(
        Change change, String name, Optional<Pair> pair, int earliest, int latest, Span evidence) {

    /** What can happen; {@code @} stands for whom it happens to. */
    enum Change {
        COMING("did the @ come", "the @ came"),
        LEAVING("did the @ leave", "the @ left"),
        BRINGING("did the @ come", "the @ came"),
        TAKING("was the @ taken", "the @ was taken"),
        RAIN("did the @ start", "the @ started");

        private final String asked;
        private final String said;

        Change(String asked, String said) {
            this.asked = asked;
            this.said = said;
        }

        Stream<String> phrases() {
            return Stream.of(asked, said);
        }
    }

    String asked() {
        return change.asked.replace("@", name);
    }

    String said() {
        return change.said.replace("@", name);
    }

    boolean isComing() {
        return change == Change.COMING || change == Change.BRINGING;
    }

    /** The second in which the yard changed, whether or not that was to be seen. */
    int second() {
        return change == Change.LEAVING || change == Change.TAKING ? latest : earliest;
    }

    /** Whether it clearly happened before another. */
    boolean before(Happening other, int apart) {
        return latest + apart <= other.earliest;
    }
}
