package dev.watchword.operators;

import dev.watchword.memory.CombineMemory;
import dev.watchword.memory.CombinedQuestion;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Answers questions about several streams together. It keeps what has come of each stream until all
 * have told, or the wait is over; then the engine answers from their frames laid one after the other.
 * All of that is in state, so that after a restart the same question is asked about the same frames.
 *
 * <p>Every question gets one answer: one that is refused, late or cancelled says so.
 *
 * <p>The way of a question: {@link GatherParts} → {@link AskCombined} → {@link CombinedQuestions},
 * which sends the answer.
 */
final class CombineStreams extends AnsweringOperator<CombineEvent>
        implements Triggerable<String, VoidNamespace> {
    /** The frames of one question may fill much of the memory, so others wait for it. */
    private static final int AT_ONCE = 1;

    private final AnswerLimits answerLimits;
    private final CombineLimits limits;

    private transient CombineMemory memory;
    private transient QuestionQueue queue;
    private transient CombinedAnswers answers;
    private transient CombinedQuestions questions;
    private transient GatherParts gathering;
    private transient AskCombined asking;
    private transient CombiningMetrics metrics;

    CombineStreams(
            StreamOperatorParameters<Answer> parameters,
            EngineLeaser leaser,
            AnswerLimits answerLimits,
            CombineLimits limits) {
        super(parameters, leaser);
        this.answerLimits = answerLimits;
        this.limits = limits;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        memory = new CombineMemory(context.getKeyedStateStore());
    }

    @Override
    public void open() throws Exception {
        super.open();
        Wakings wakings =
                new Wakings(
                        getInternalTimerService("waits", VoidNamespaceSerializer.INSTANCE, this));
        queue = QuestionQueue.waiting(AT_ONCE);
        answers = new CombinedAnswers(engine().model().id());
        questions = new CombinedQuestions(this, memory, wakings, queue, answers, limits.patience());
        metrics = new CombiningMetrics(getMetricGroup(), questions::size);
        gathering = new GatherParts(this, memory, wakings, questions, queue, limits, metrics);
        asking =
                new AskCombined(
                        this,
                        memory,
                        questions,
                        queue,
                        new CombinedRequests(owner(), answerLimits),
                        new EngineCalls(engine(), queue, this),
                        answers);
        resume();
    }

    /** Takes up the questions that a checkpoint held, in the order in which they came. */
    private void resume() throws Exception {
        List<CombinedQuestion> held = new ArrayList<>();
        this.<String>getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        CombineMemory.QUESTION,
                        (key, state) -> {
                            Optional<CombinedQuestion> question = memory.question();
                            question.ifPresent(
                                    each -> questions.add(CombinedQuestions.ticket(each), key));
                            question.ifPresent(held::add);
                        });
        held.sort(Comparator.comparing(CombinedQuestion::getTakenAt));
        for (CombinedQuestion question : held) {
            questions.turnTo(CombinedQuestions.ticket(question));
            gathering.resume(question);
        }
        asking.startWaiting();
    }

    @Override
    public void processElement(StreamRecord<CombineEvent> record) throws Exception {
        CombineEvent event = record.getValue();
        if (event instanceof CombineEvent.Asked asked) {
            gathering.take(asked);
        } else if (event instanceof CombineEvent.Part part) {
            gathering.take(part.part());
        } else if (event instanceof CombineEvent.Withdrawn withdrawn) {
            cancel(withdrawn.query());
        }
        asking.startWaiting();
    }

    private void cancel(Query query) throws Exception {
        Ticket request = CombinedQuestions.ticket(query);
        String cancelled = query.getCancel().orElseThrow();
        Ticket ticket = new Ticket(request.stream(), cancelled);
        if (memory.question().isEmpty()) {
            String reason =
                    "No combined question %s of %s waits for an answer. Name its streams as it does, in the same order. What stands on a stream is cancelled without combine; a query of mode LIST, or 'watchword queries list', tells what does."
                            .formatted(cancelled, request.stream());
            send(answers.withoutText(request, Status.REJECTED, reason, now()));
            return;
        }
        queue.cancel(ticket);
        questions.finish(ticket, Status.CANCELLED, "Cancelled by " + request.queryId() + ".");
        send(answers.withoutText(request, Status.OK, "Cancelled " + cancelled + ".", now()));
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("There are no timers of event time.");
    }

    /**
     * The wait for a question's streams is over, or its deadline has passed, or parts are left that no
     * question came for.
     */
    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        Optional<CombinedQuestion> question = memory.question();
        if (question.isPresent()) {
            wake(question.get());
        } else if (!memory.isSettled(now())) {
            memory.forget();
        }
    }

    private void wake(CombinedQuestion question) throws Exception {
        Query query = PendingQueries.decoded(question.getQuery());
        Ticket ticket = CombinedQuestions.ticket(query);
        if (!question.getClosed() && !now().isBefore(question.getUntil())) {
            gathering.close(question);
            asking.startWaiting();
        } else if (queue.isWaiting(ticket) && Deadlines.isLate(query, now())) {
            queue.cancel(ticket);
            questions.finish(
                    ticket, questions.scope(question), Status.EXPIRED, Deadlines.late(query));
        }
    }

    @Override
    void count(Answer answer) {
        metrics.sent(answer);
    }

    /** No further part comes: what waits for one is asked without it. */
    @Override
    public void endInput() throws Exception {
        for (String key : questions.keys()) {
            turnTo(key);
            Optional<CombinedQuestion> question = memory.question();
            if (question.filter(each -> !each.getClosed()).isPresent()) {
                gathering.close(question.get());
                asking.startWaiting();
            }
        }
        answerAll(queue);
    }
}
