package dev.watchword.operators;

import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Status;

/** Tells those who asked what became of their queries, where it is no answer with text. */
record Replies(Subtask subtask, AnswerDrafts drafts) {
    /** Answers a query of which it is not known which frames it is about. */
    void send(Ticket ticket, Status status, String reason) {
        subtask.send(drafts.withoutText(ticket, status, reason, subtask.now()));
    }
}
