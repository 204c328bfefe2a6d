package dev.watchword.operators;

import dev.watchword.memory.ConversationMemory;
import dev.watchword.memory.KeyframePolicy;
import dev.watchword.memory.OtherModel;
import dev.watchword.memory.Retention;
import dev.watchword.memory.StandingMemory;
import dev.watchword.memory.StreamMemory;
import dev.watchword.memory.WaitingMemory;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Status;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Remembers the frames of every stream, and answers queries from them. A query is taken at its
 * place among the frames: its scope is resolved then and kept in state with it, so that a restart
 * answers the same question about the same frames. The engine works on it while frames keep flowing.
 * A question that stands is taken so at every frame at which it is due. Of a question about several
 * streams together this stream's part is handed on.
 *
 * <p>Every query gets an answer: one that is refused, late or cancelled says so.
 *
 * <p>The way of a question: {@link TakeQuestions}, or {@link StandingEvaluations} for one that stands
 * → {@link PendingQuestions}, where it waits its turn → {@link AskEngine} → {@link PendingQuestions},
 * which sends the answer. One that ends before goes through {@link EndQuestions}.
 */
final class FuseAndGenerate extends AnsweringOperator<EncodedEvent> {
    private final Retention retention;
    private final KeyframePolicy keyframePolicy;
    private final AnswerLimits limits;
    private final CombineLimits combineLimits;
    private final OtherModel otherModel;

    private transient StreamMemory memory;
    private transient WaitingMemory waiting;
    private transient WaitingMemory waitingParts;
    private transient StandingQueries standing;
    private transient QuestionQueue queue;
    private transient AwaitedMoments moments;
    private transient PendingQuestions pending;
    private transient StandingEvaluations evaluations;
    private transient AskEngine asking;
    private transient TakeQuestions taking;
    private transient EndQuestions ending;
    private transient RememberFrames remembering;
    private transient StreamParts parts;
    private transient AwaitedParts awaitedParts;
    private transient QueryCheck check;
    private transient Replies replies;
    private transient AnsweringMetrics metrics;

    FuseAndGenerate(
            StreamOperatorParameters<Answer> parameters,
            EngineLeaser leaser,
            Retention retention,
            KeyframePolicy keyframePolicy,
            AnswerLimits limits,
            CombineLimits combineLimits,
            OtherModel otherModel) {
        super(parameters, leaser);
        this.retention = retention;
        this.keyframePolicy = keyframePolicy;
        this.limits = limits;
        this.combineLimits = combineLimits;
        this.otherModel = otherModel;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        KeyedStateStore store = context.getKeyedStateStore();
        String model = engine().model().id();
        memory = new StreamMemory(store, retention, keyframePolicy, model);
        waiting = new WaitingMemory(store, WaitingMemory.WAITING);
        waitingParts = new WaitingMemory(store, WaitingMemory.PARTS);
        standing = new StandingQueries(new StandingMemory(store));
        queue = QuestionQueue.overtaking(limits.atOnce());
        WaitingDeadlines<Ticket> deadlines =
                new WaitingDeadlines<>(getProcessingTimeService(), this::expire);
        HeldQuestions held = new HeldQuestions(deadlines);
        metrics =
                new AnsweringMetrics(
                        getMetricGroup(), queue, held::size, standing::size, engine()::load);
        check = new QueryCheck(limits);
        replies = new Replies(this, new AnswerDrafts(model));
        answerFrom(store, new UnansweredQuestions(held, queue, deadlines));
    }

    /** Puts together the way of a question. */
    private void answerFrom(KeyedStateStore store, UnansweredQuestions unanswered) {
        FusionPlans plans = new FusionPlans(memory, keyframePolicy, engine().model());
        HeldQuestions held = unanswered.held();
        moments = new AwaitedMoments(waiting, held, memory);
        ConversationMemory conversations =
                new ConversationMemory(store, limits.conversations().remembered());
        FollowUps followUps = new FollowUps(conversations, held, limits.conversations());
        pending =
                new PendingQuestions(
                        replies, memory, plans, moments, followUps, unanswered, standing, metrics);
        taking =
                new TakeQuestions(
                        replies, memory, moments, pending, unanswered, metrics, limits.pending());
        evaluations =
                new StandingEvaluations(
                        replies, memory, standing, pending, unanswered, metrics, limits.standing());
        ending = new EndQuestions(replies, moments, pending, evaluations, unanswered);
        asking =
                new AskEngine(
                        replies,
                        memory,
                        unanswered,
                        pending,
                        evaluations,
                        new QuestionRequests(memory, plans, engine(), owner(), limits, metrics),
                        new EngineCalls(engine(), queue, this));
        remembering = new RememberFrames(memory, engine(), owner(), metrics);
        parts = new StreamParts(memory, plans, engine().model(), combineLimits.bytes());
        awaitedParts =
                new AwaitedParts(
                        this, waitingParts, memory, combineLimits, getProcessingTimeService());
    }

    @Override
    public void open() throws Exception {
        super.open();
        if (otherModel == OtherModel.REFUSE) {
            HistoryModels.refuseOthers(getKeyedStateBackend(), memory, engine().model().id());
        }
        ResumeQuestions resuming = new ResumeQuestions(getKeyedStateBackend());
        resuming.standing(standing);
        resuming.waiting(WaitingMemory.WAITING, waiting, moments::resume);
        resuming.waiting(WaitingMemory.PARTS, waitingParts, awaitedParts::resume);
        resuming.pending(pending);
        asking.startWaiting();
    }

    @Override
    public void processElement(StreamRecord<EncodedEvent> record) throws Exception {
        if (record.getValue() instanceof EncodedFrame frame) {
            remember(frame);
        } else if (record.getValue() instanceof QueryEvent event) {
            if (event.query().getCombine()) {
                combine(event);
            } else {
                take(event);
            }
        }
    }

    private void remember(EncodedFrame frame) throws Exception {
        if (!remembering.remember(frame)) {
            return;
        }
        for (QueryEvent event : awaitedParts.reached(frame)) {
            tell(parts.of(event));
        }
        if (taking.reached(frame)) {
            asking.startWaiting();
            turnTo(frame.stream());
        }
        if (evaluations.evaluate(frame)) {
            asking.startWaiting();
        }
    }

    private void combine(QueryEvent event) throws Exception {
        if (event.query().getCancel().isPresent()) {
            awaitedParts.cancel(event);
        } else if (!awaitedParts.isAhead(event.query())) {
            tell(parts.of(event));
        } else if (!awaitedParts.hold(event)) {
            tell(parts.tooManyWait(event));
        }
    }

    /** Tells of this stream's part of a question about several streams together. */
    private void tell(CombineEvent.Part part) {
        output.collect(StreamParts.OUTPUT, new StreamRecord<>(part));
    }

    private void take(QueryEvent event) throws Exception {
        Query query = event.query();
        Ticket ticket = new Ticket(event.stream(), query.getQueryId());
        if (query.getCancel().isPresent()) {
            ending.cancel(ticket, query.getCancel().get());
        } else if (query.getMode() == QueryMode.LIST) {
            list(event, ticket);
        } else {
            ask(event, ticket);
        }
        asking.startWaiting();
    }

    private void list(QueryEvent event, Ticket ticket) throws Exception {
        Optional<String> fault = check.listFault(event);
        if (fault.isPresent()) {
            replies.send(ticket, Status.REJECTED, fault.get());
        } else {
            evaluations.list(ticket);
        }
    }

    private void ask(QueryEvent event, Ticket ticket) throws Exception {
        Optional<String> fault = check.fault(event);
        if (fault.isPresent()) {
            replies.send(ticket, Status.REJECTED, fault.get());
        } else if (event.query().getMode() == QueryMode.STANDING) {
            evaluations.register(ticket, event.query());
        } else {
            taking.take(ticket, event.query());
        }
    }

    /** The deadline of a question that waits has passed. */
    private void expire(Ticket ticket) throws Exception {
        turnTo(ticket.stream());
        ending.expire(ticket);
        asking.startWaiting();
    }

    @Override
    void count(Answer answer) {
        metrics.sent(answer);
    }

    @Override
    public void endInput() throws Exception {
        taking.noMoreFrames();
        answerAll(queue);
    }
}
