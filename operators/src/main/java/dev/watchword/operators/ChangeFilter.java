package dev.watchword.operators;

import dev.watchword.memory.StandingQuery;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Report;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which answers of a standing question are sent. They are held against the last one that was. */
final class ChangeFilter {
    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[\\p{P}\\s]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern YES = Pattern.compile("(yes|now)( .*)?");
    private static final Pattern NO = Pattern.compile("(no|not yet)( .*)?");

    private ChangeFilter() {}

    /**
     * Whether an answer is sent.
     *
     * @param before what came of the question before
     * @param capturedAt when the frame was captured at which the question was evaluated
     */
    static boolean passes(Standing terms, StandingQuery before, Answer answer, Instant capturedAt) {
        if (before.getSentStatus().isEmpty()) {
            return true;
        }
        Instant sentAt = before.getSentCapturedAt().orElseThrow();
        Duration cooldown = Duration.ofMillis(terms.getCooldownMs());
        return isApart(sentAt, capturedAt, cooldown) && isReported(terms, before, answer);
    }

    /**
     * Whether a time lies between two moments. They may be in either order: a camera's clock that was
     * put back must not silence a question until it has caught up.
     */
    static boolean isApart(Instant one, Instant other, Duration time) {
        return Duration.between(one, other).abs().compareTo(time) >= 0;
    }

    private static boolean isReported(Standing terms, StandingQuery before, Answer answer) {
        if (terms.getReport() == Report.EVERY) {
            return true;
        }
        Status status = Status.valueOf(before.getSentStatus().orElseThrow());
        if (!isAnswered(status) || !isAnswered(answer.getStatus())) {
            return status != answer.getStatus();
        }
        String text = normalized(answer.getText());
        String sent = normalized(before.getSentText());
        if (terms.getReport() == Report.ON_CHANGE) {
            return !text.equals(sent);
        }
        Optional<Boolean> verdict = verdict(text);
        return verdict.isPresent() && !verdict.equals(verdict(sent));
    }

    private static boolean isAnswered(Status status) {
        return status == Status.OK || status == Status.TRUNCATED;
    }

    /** The words in lower case, with one blank between them. */
    private static String normalized(String text) {
        return BETWEEN_WORDS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    /** What an answer that begins with yes, now, no or not yet says; empty for others. */
    private static Optional<Boolean> verdict(String normalized) {
        if (YES.matcher(normalized).matches()) {
            return Optional.of(true);
        }
        return NO.matcher(normalized).matches() ? Optional.of(false) : Optional.empty();
    }
}
