package dev.watchword.operators;

import dev.watchword.memory.Scope;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.StreamName;
import java.util.Optional;

/** Whether a query can be answered as it is; if not, why, and what to change. */
final class QueryCheck {
    private final AnswerLimits limits;

    QueryCheck(AnswerLimits limits) {
        this.limits = limits;
    }

    /** The first thing that is wrong with a query; empty if nothing is. */
    Optional<String> fault(QueryEvent event) {
        return StreamName.problem(event.stream())
                .or(() -> textFault(event.query()))
                .or(() -> modeFault(event.query()))
                .or(() -> onceFault(event.query()))
                .or(() -> followUpFault(event.query()))
                .or(() -> event.query().getScope().flatMap(QueryCheck::scopeFault))
                .or(() -> answerFault(event.query()));
    }

    private Optional<String> textFault(Query query) {
        String text = query.getText();
        if (text.isBlank()) {
            return Optional.of("The query has no question: put it into text.");
        }
        if (text.length() > limits.questionLength()) {
            return Optional.of(
                    "The question has %d characters; at most %d are answered."
                            .formatted(text.length(), limits.questionLength()));
        }
        return Optional.empty();
    }

    /** The first thing that is wrong with a query that asks which questions stand. */
    Optional<String> listFault(QueryEvent event) {
        return StreamName.problem(event.stream()).or(() -> onceFault(event.query()));
    }

    /** What only a question has that is asked once. */
    private static Optional<String> onceFault(Query query) {
        if (query.getMode() == QueryMode.ONCE) {
            return Optional.empty();
        }
        if (query.getAsOf().isPresent()) {
            return Optional.of(onlyOnce("as_of", query.getMode()));
        }
        if (query.getPartial()) {
            return Optional.of(onlyOnce("partial", query.getMode()));
        }
        return query.getFollowUpTo().map(id -> onlyOnce("follow_up_to", query.getMode()));
    }

    private static Optional<String> followUpFault(Query query) {
        if (query.getFollowUpTo().isEmpty()) {
            return Optional.empty();
        }
        if (query.getFollowUpTo().get().equals(query.getQueryId())) {
            return Optional.of(
                    "follow_up_to is the query's own query_id: name the question before it, and give this one another query_id.");
        }
        return query.getCombine()
                ? Optional.of(
                        "The query has follow_up_to and combine: leave one of them out, for a follow-up is about one stream.")
                : Optional.empty();
    }

    private static String onlyOnce(String field, QueryMode mode) {
        return "The query has %s, which goes only with mode ONCE, and mode %s: leave one of them out."
                .formatted(field, mode);
    }

    private static Optional<String> modeFault(Query query) {
        if (query.getMode() == QueryMode.STANDING) {
            return standingFault(query);
        }
        return query.getStanding().isPresent()
                ? Optional.of(
                        "The query has standing, but mode %s: with standing goes mode STANDING."
                                .formatted(query.getMode()))
                : Optional.empty();
    }

    private static Optional<String> standingFault(Query query) {
        if (query.getDeadline().isPresent()) {
            return Optional.of(
                    "A standing question has no deadline: cancel it when it is not wanted any more.");
        }
        if (query.getScope().flatMap(dev.watchword.schemas.Scope::getTo).isPresent()) {
            return Optional.of(
                    "A standing question is about frames to come, so its scope has no to: leave it out.");
        }
        if (query.getStanding().isEmpty()) {
            return Optional.of(
                    "A standing question must say in standing how often it is evaluated: give every_frames or every_ms.");
        }
        return termsFault(query.getStanding().get());
    }

    private static Optional<String> termsFault(Standing terms) {
        if (terms.getEveryFrames().isPresent() == terms.getEveryMs().isPresent()) {
            return Optional.of(
                    "A standing question has either every_frames or every_ms; this one has %s."
                            .formatted(terms.getEveryMs().isPresent() ? "both" : "neither"));
        }
        return notPositive("every_frames", terms.getEveryFrames())
                .or(() -> notPositive("every_ms", terms.getEveryMs()))
                .or(
                        () ->
                                terms.getCooldownMs() < 0
                                        ? Optional.of(
                                                "cooldown_ms is %d; it must be 0 or more."
                                                        .formatted(terms.getCooldownMs()))
                                        : Optional.empty());
    }

    private static Optional<String> notPositive(String name, Optional<Long> value) {
        return value.filter(number -> number < 1)
                .map(number -> "%s is %d; it must be at least 1.".formatted(name, number));
    }

    private static Optional<String> scopeFault(dev.watchword.schemas.Scope scope) {
        boolean hasSpan = scope.getFrom().isPresent() || scope.getTo().isPresent();
        boolean hasFrames = scope.getLastFrames().isPresent();
        boolean hasTime = scope.getLastMs().isPresent();
        if (hasFrames && hasTime || (hasFrames || hasTime) && hasSpan) {
            return Optional.of(
                    "A scope has either last_frames, or last_ms, or from and to, not both.");
        }
        Optional<String> fault =
                notPositive("last_frames", scope.getLastFrames())
                        .or(() -> notPositive("last_ms", scope.getLastMs()));
        if (fault.isPresent()) {
            return fault;
        }
        if (scope.getFrom().isPresent()
                && scope.getTo().isPresent()
                && !scope.getFrom().get().isBefore(scope.getTo().get())) {
            return Optional.of(
                    "The scope's span is empty: from %s must be before to %s."
                            .formatted(scope.getFrom().get(), scope.getTo().get()));
        }
        return Optional.empty();
    }

    private Optional<String> answerFault(Query query) {
        int tokens = query.getMaxTokens().orElse(limits.defaultTokens());
        if (tokens < 1 || tokens > limits.mostTokens()) {
            return Optional.of(
                    "max_tokens is %d; it must be from 1 to %d."
                            .formatted(tokens, limits.mostTokens()));
        }
        if (!(query.getTemperature() >= 0 && query.getTemperature() <= 100)) {
            return Optional.of(
                    "temperature is %s; it must be from 0 to 100."
                            .formatted(query.getTemperature()));
        }
        if (!(query.getTopP() > 0 && query.getTopP() <= 1)) {
            return Optional.of(
                    "top_p is %s; it must be above 0 and at most 1.".formatted(query.getTopP()));
        }
        return Optional.empty();
    }

    /** The scope of a query that has no fault. */
    static Scope scope(Query query) {
        Scope scope = framesScope(query);
        return query.getAsOf().<Scope>map(moment -> new Scope.AsOf(moment, scope)).orElse(scope);
    }

    private static Scope framesScope(Query query) {
        if (query.getScope().isEmpty()) {
            return new Scope.All();
        }
        dev.watchword.schemas.Scope scope = query.getScope().get();
        if (scope.getLastFrames().isPresent()) {
            return new Scope.LastFrames(scope.getLastFrames().get());
        }
        if (scope.getLastMs().isPresent()) {
            return new Scope.LastTime(scope.getLastMs().get());
        }
        if (scope.getFrom().isEmpty() && scope.getTo().isEmpty()) {
            return new Scope.All();
        }
        return new Scope.Span(scope.getFrom(), scope.getTo());
    }
}
