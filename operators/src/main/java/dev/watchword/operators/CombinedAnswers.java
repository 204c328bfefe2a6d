package dev.watchword.operators;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.time.Instant;

/** Writes answers from several streams together. A ticket's stream is the names of them all. */
record CombinedAnswers(String model) {
    /** An answer without text, of which it is not known what the streams have. */
    Answer withoutText(Ticket ticket, Status status, String reason, Instant now) {
        return base(ticket, status, reason, now).build();
    }

    /** An answer without text. */
    Answer withoutText(
            Ticket ticket, CombinedScope scope, Status status, String reason, Instant now) {
        return base(ticket, status, reason, now)
                .setFrames(scope.span())
                .setStreams(scope.streams())
                .build();
    }

    /** An answer that is being written. */
    Answer part(Ticket ticket, CombinedScope scope, int part, String text, Instant now) {
        String id = AnswerId.ofPart(ticket.queryId(), ticket.stream(), part);
        return base(ticket, Status.PARTIAL, "", now)
                .setAnswerId(id)
                .setPart(part)
                .setText(text)
                .setFrames(scope.span())
                .setStreams(scope.streams())
                .build();
    }

    /** An answer with text. */
    Answer answered(
            Ticket ticket,
            CombinedScope scope,
            AnswerOutcome.Answered outcome,
            Duration waited,
            Instant now) {
        Status status = outcome.cut() ? Status.TRUNCATED : Status.OK;
        return base(ticket, status, AnswerDrafts.cut(outcome), now)
                .setText(outcome.text())
                .setFrames(scope.span())
                .setStreams(scope.streams())
                .setFusion(scope.fusion())
                .setEvidence(scope.evidence(outcome.evidence()))
                .setTimings(AnswerDrafts.timings(outcome.times(), waited))
                .build();
    }

    private Answer.Builder base(Ticket ticket, Status status, String reason, Instant now) {
        return Answer.newBuilder()
                .setQueryId(ticket.queryId())
                .setAnswerId(AnswerId.of(ticket.queryId(), ticket.stream()))
                .setStream(Shortened.together(ticket.stream()))
                .setStatus(status)
                .setReason(Shortened.reason(reason))
                .setModel(model)
                .setAnsweredAt(now);
    }
}
