package dev.watchword.operators;

import dev.watchword.memory.PendingQuery;
import dev.watchword.memory.StandingMemory;
import dev.watchword.memory.StreamMemory;
import dev.watchword.memory.WaitingMemory;
import dev.watchword.memory.WaitingQuery;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.KeyedStateFunction;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/** Takes up the questions that a checkpoint held, in the order in which they came. */
final class ResumeQuestions {
    private final KeyedStateBackend<String> states;

    ResumeQuestions(KeyedStateBackend<String> states) {
        this.states = states;
    }

    /** Takes up the questions that stand. */
    void standing(StandingQueries standing) throws Exception {
        forEachStream(StandingMemory.STANDING, (stream, state) -> standing.recover(stream));
    }

    /**
     * Takes up the questions that wait for their moment.
     *
     * @param which the state that memory is of
     * @param resume told of each
     */
    void waiting(
            MapStateDescriptor<String, byte[]> which,
            WaitingMemory memory,
            BiConsumer<Ticket, Query> resume)
            throws Exception {
        record Waiting(Ticket ticket, WaitingQuery state) {}
        List<Waiting> resumed = new ArrayList<>();
        forEachStream(
                which,
                (stream, state) -> {
                    for (String queryId : state.keys()) {
                        resumed.add(
                                new Waiting(
                                        new Ticket(stream, queryId),
                                        memory.get(queryId).orElseThrow()));
                    }
                });
        resumed.sort(Comparator.comparing(question -> question.state().getTakenAt()));
        for (Waiting question : resumed) {
            resume.accept(question.ticket(), PendingQueries.decoded(question.state().getQuery()));
        }
    }

    /** Takes up the questions of which it is settled which frames they are about. */
    void pending(PendingQuestions questions) throws Exception {
        record Pending(Ticket ticket, Instant takenAt) {}
        List<Pending> resumed = new ArrayList<>();
        for (boolean evaluations : new boolean[] {false, true}) {
            forEachStream(
                    StreamMemory.pendingState(evaluations),
                    (stream, pending) -> {
                        for (String queryId : pending.keys()) {
                            Ticket ticket = new Ticket(stream, queryId, evaluations);
                            resumed.add(new Pending(ticket, questions.get(ticket).getTakenAt()));
                        }
                    });
        }
        resumed.sort(Comparator.comparing(Pending::takenAt));
        for (Pending question : resumed) {
            states.setCurrentKey(question.ticket().stream());
            PendingQuery state = questions.get(question.ticket());
            questions.queue(question.ticket(), state);
        }
    }

    private void forEachStream(
            MapStateDescriptor<String, byte[]> state,
            KeyedStateFunction<String, MapState<String, byte[]>> action)
            throws Exception {
        states.applyToAllKeys(
                VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, state, action);
    }
}
