package dev.watchword.operators;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.memory.PendingQuery;
import dev.watchword.memory.RememberedFrame;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.Evidence;
import dev.watchword.schemas.FrameSpan;
import dev.watchword.schemas.Fusion;
import dev.watchword.schemas.FusionKind;
import dev.watchword.schemas.ListedQuery;
import dev.watchword.schemas.Status;
import dev.watchword.schemas.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes answers. */
final class AnswerDrafts {
    private final String model;

    AnswerDrafts(String model) {
        this.model = model;
    }

    /** An answer without text to a query that was not taken. */
    Answer withoutText(Ticket ticket, Status status, String reason, Instant now) {
        return base(ticket, firstId(ticket), status, now)
                .setReason(Shortened.reason(reason))
                .build();
    }

    /** The last answer of a standing question. */
    Answer ended(Ticket ticket, String reason, Instant now) {
        String id = AnswerId.of(ticket.queryId(), ticket.stream(), 1);
        return base(ticket, id, Status.CANCELLED, now).setReason(reason).build();
    }

    /** The answer to a query that asks which questions stand. */
    Answer listed(Ticket ticket, List<ListedQuery> standing, Instant now) {
        String reason =
                standing.isEmpty()
                        ? "No question stands on stream %s.".formatted(ticket.stream())
                        : "Standing on stream %s: %d.".formatted(ticket.stream(), standing.size());
        return base(ticket, firstId(ticket), Status.OK, now)
                .setReason(reason)
                .setStanding(standing)
                .build();
    }

    /** An answer without text to a query that had been taken. */
    Answer withoutText(
            Ticket ticket, PendingQuery pending, Status status, String reason, Instant now) {
        return base(ticket, id(ticket, pending), status, now)
                .setReason(Shortened.reason(reason))
                .setFrames(span(pending))
                .build();
    }

    /** An answer that is being written. */
    Answer part(Ticket ticket, PendingQuery pending, int part, String text, Instant now) {
        String id = AnswerId.ofPart(ticket.queryId(), ticket.stream(), part);
        return base(ticket, id, Status.PARTIAL, now)
                .setPart(part)
                .setText(text)
                .setFrames(span(pending))
                .build();
    }

    /**
     * An answer with text.
     *
     * @param cited the frames of the outcome's evidence, in its order; none where they are gone
     */
    Answer answered(
            Ticket ticket,
            PendingQuery pending,
            AnswerOutcome.Answered outcome,
            List<RememberedFrame> cited,
            Duration waited,
            Instant now) {
        Status status = outcome.cut() ? Status.TRUNCATED : Status.OK;
        return base(ticket, id(ticket, pending), status, now)
                .setText(outcome.text())
                .setReason(cut(outcome))
                .setFrames(span(pending))
                .setFusion(fusion(pending))
                .setEvidence(evidence(outcome.evidence(), cited))
                .setTimings(timings(outcome.times(), waited))
                .build();
    }

    /** Why an answer's text is not whole; empty if it is. */
    static String cut(AnswerOutcome.Answered outcome) {
        return outcome.cut()
                ? "Cut after %d tokens; ask with a higher max_tokens for more."
                        .formatted(outcome.tokens())
                : "";
    }

    private static String firstId(Ticket ticket) {
        return AnswerId.of(ticket.queryId(), ticket.stream());
    }

    /** A standing question has an answer for each frame at which it is evaluated: the last in scope. */
    private static String id(Ticket ticket, PendingQuery pending) {
        return ticket.standing()
                ? AnswerId.ofFrame(ticket.queryId(), ticket.stream(), pending.getLastSequence())
                : firstId(ticket);
    }

    private Answer.Builder base(Ticket ticket, String id, Status status, Instant now) {
        return Answer.newBuilder()
                .setQueryId(ticket.queryId())
                .setAnswerId(id)
                .setStream(Shortened.stream(ticket.stream()))
                .setStatus(status)
                .setModel(model)
                .setAnsweredAt(now);
    }

    private static FrameSpan span(PendingQuery pending) {
        return FrameSpan.newBuilder()
                .setCount(pending.getFrames())
                .setFirstSequence(pending.getFirstSequence())
                .setFirstCapturedAt(pending.getFirstCapturedAt())
                .setLastSequence(pending.getLastSequence())
                .setLastCapturedAt(pending.getLastCapturedAt())
                .build();
    }

    private static List<Evidence> evidence(
            List<AnswerOutcome.CitedFrame> weighed, List<RememberedFrame> cited) {
        List<Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < cited.size(); i++) {
            RememberedFrame frame = cited.get(i);
            evidence.add(
                    new Evidence(
                            frame.sequence(), frame.capturedAt(), weighed.get(i).weight(), ""));
        }
        return evidence;
    }

    private static Fusion fusion(PendingQuery pending) {
        return new Fusion(
                pending.getExact() ? FusionKind.EXACT : FusionKind.SAMPLED,
                (int) pending.getWeights().stream().filter(weight -> weight > 0).count());
    }

    static Timings timings(AnswerOutcome.Times times, Duration waited) {
        return new Timings(
                milliseconds(waited.plus(times.begun())),
                milliseconds(waited.plus(times.fused())),
                milliseconds(waited.plus(times.firstToken())),
                milliseconds(waited.plus(times.total())));
    }

    private static double milliseconds(Duration duration) {
        return duration.toNanos() / 1_000 / 1_000.0;
    }
}
