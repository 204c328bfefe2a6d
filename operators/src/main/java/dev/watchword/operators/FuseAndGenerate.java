package dev.watchword.operators;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.engine.AnswerRequest;
import dev.watchword.engine.DeviceMemoryException;
import dev.watchword.engine.Engine;
import dev.watchword.engine.HistoryName;
import dev.watchword.engine.KeyframeName;
import dev.watchword.engine.PartialAnswers;
import dev.watchword.engine.RecalledHistory;
import dev.watchword.engine.SharedEngines;
import dev.watchword.memory.ConversationMemory;
import dev.watchword.memory.EarlierTurn;
import dev.watchword.memory.FrameWindow;
import dev.watchword.memory.FusionPlan;
import dev.watchword.memory.KeyframePolicy;
import dev.watchword.memory.OtherModel;
import dev.watchword.memory.PendingQuery;
import dev.watchword.memory.Retention;
import dev.watchword.memory.Scope;
import dev.watchword.memory.StandingMemory;
import dev.watchword.memory.StreamMemory;
import dev.watchword.memory.WaitingMemory;
import dev.watchword.memory.WaitingQuery;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.KeyedStateFunction;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Remembers the frames of every stream, and answers queries from them. A query is taken at its
 * place among the frames: its scope is resolved then and kept in state with it, so that a restart
 * answers the same question about the same frames. The engine works on it while frames keep flowing.
 * A question that stands is taken so at every frame at which it is due. Of a question about several
 * streams together this stream's part is handed on.
 *
 * <p>Every query gets an answer: one that is refused, late or cancelled says so.
 */
final class FuseAndGenerate extends AbstractStreamOperator<Answer>
        implements OneInputStreamOperator<EncodedEvent, Answer>, BoundedOneInput {
    private final transient MailboxExecutor mailbox;
    private final EngineLeaser leaser;
    private final Retention retention;
    private final KeyframePolicy keyframePolicy;
    private final AnswerLimits limits;
    private final CombineLimits combineLimits;
    private final OtherModel otherModel;

    private transient SharedEngines.Lease lease;
    private transient long owner;
    private transient StreamMemory memory;
    private transient FusionPlans plans;
    private transient QueryCheck check;
    private transient AnswerDrafts drafts;
    private transient QuestionQueue questions;
    private transient WaitingDeadlines<Ticket> deadlines;
    private transient WaitingMemory waiting;
    private transient ConversationMemory conversations;
    private transient HeldQuestions held;
    private transient StandingQueries standing;
    private transient StreamParts parts;
    private transient AnsweringMetrics metrics;

    FuseAndGenerate(
            StreamOperatorParameters<Answer> parameters,
            EngineLeaser leaser,
            Retention retention,
            KeyframePolicy keyframePolicy,
            AnswerLimits limits,
            CombineLimits combineLimits,
            OtherModel otherModel) {
        super(parameters);
        this.mailbox = parameters.getMailboxExecutor();
        this.leaser = leaser;
        this.retention = retention;
        this.keyframePolicy = keyframePolicy;
        this.limits = limits;
        this.combineLimits = combineLimits;
        this.otherModel = otherModel;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        lease = leaser.lease(GrantedGpu.of(getRuntimeContext()));
        owner = engine().newOwner();
        String model = engine().model().id();
        memory = new StreamMemory(context.getKeyedStateStore(), retention, keyframePolicy, model);
        plans = new FusionPlans(memory, keyframePolicy, engine().model());
        check = new QueryCheck(limits);
        drafts = new AnswerDrafts(model);
        questions = new QuestionQueue(limits.atOnce());
        deadlines = new WaitingDeadlines<>(getProcessingTimeService(), this::expire);
        waiting = new WaitingMemory(context.getKeyedStateStore());
        conversations =
                new ConversationMemory(
                        context.getKeyedStateStore(), limits.conversations().remembered());
        held = new HeldQuestions(deadlines);
        standing = new StandingQueries(new StandingMemory(context.getKeyedStateStore()));
        parts = new StreamParts(memory, plans, engine().model(), combineLimits.bytes());
        metrics =
                new AnsweringMetrics(
                        getMetricGroup(), questions, held::size, standing::size, engine()::load);
    }

    @Override
    public void open() throws Exception {
        super.open();
        if (otherModel == OtherModel.REFUSE) {
            refuseOtherModels();
        }
        resume();
    }

    /** Another start would find the same state: so there is none. */
    private void refuseOtherModels() throws Exception {
        List<OtherModelException> refused = new ArrayList<>();
        String runs = engine().model().id();
        this.<String>getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        StreamMemory.headState(),
                        (stream, head) ->
                                memory.otherModel()
                                        .map(made -> new OtherModelException(stream, made, runs))
                                        .ifPresent(refused::add));
        if (!refused.isEmpty()) {
            throw new SuppressRestartsException(refused.get(0));
        }
    }

    /** Takes up the questions that a checkpoint held, in the order in which they came. */
    private void resume() throws Exception {
        forEachStream(StandingMemory.STANDING, (stream, state) -> standing.recover(stream));
        resumeWaiting();
        record Pending(Ticket ticket, Instant takenAt) {}
        List<Pending> resumed = new ArrayList<>();
        for (boolean evaluations : new boolean[] {false, true}) {
            forEachStream(
                    StreamMemory.pendingState(evaluations),
                    (stream, pending) -> {
                        for (String queryId : pending.keys()) {
                            Ticket ticket = new Ticket(stream, queryId, evaluations);
                            resumed.add(
                                    new Pending(
                                            ticket, pending(ticket).orElseThrow().getTakenAt()));
                        }
                    });
        }
        resumed.sort(Comparator.comparing(Pending::takenAt));
        for (Pending question : resumed) {
            setCurrentKey(question.ticket().stream());
            queue(question.ticket(), pending(question.ticket()).orElseThrow());
        }
        startWaiting();
    }

    /** Takes up the questions that wait for their moment. */
    private void resumeWaiting() throws Exception {
        record Waiting(Ticket ticket, WaitingQuery state) {}
        List<Waiting> resumed = new ArrayList<>();
        forEachStream(
                WaitingMemory.WAITING,
                (stream, state) -> {
                    for (String queryId : state.keys()) {
                        resumed.add(
                                new Waiting(
                                        new Ticket(stream, queryId),
                                        waiting.get(queryId).orElseThrow()));
                    }
                });
        resumed.sort(Comparator.comparing(question -> question.state().getTakenAt()));
        for (Waiting question : resumed) {
            hold(question.ticket(), PendingQueries.decoded(question.state().getQuery()));
        }
    }

    private void hold(Ticket ticket, Query query) {
        held.untilMoment(ticket, query.getAsOf().orElseThrow(), query.getDeadline());
    }

    private void forEachStream(
            MapStateDescriptor<String, byte[]> state,
            KeyedStateFunction<String, MapState<String, byte[]>> action)
            throws Exception {
        this.<String>getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, state, action);
    }

    private Optional<PendingQuery> pending(Ticket ticket) throws Exception {
        return memory.pending(ticket.standing(), ticket.queryId());
    }

    @Override
    public void processElement(StreamRecord<EncodedEvent> record) throws Exception {
        if (record.getValue() instanceof EncodedFrame frame) {
            remember(frame);
        } else if (record.getValue() instanceof QueryEvent event) {
            if (event.query().getCombine()) {
                output.collect(StreamParts.OUTPUT, new StreamRecord<>(parts.of(event)));
            } else if (event.query().getCancel().isPresent()) {
                cancel(event, event.query().getCancel().get());
            } else if (event.query().getMode() == QueryMode.LIST) {
                list(event);
            } else {
                take(event);
            }
        }
    }

    private void remember(EncodedFrame frame) throws Exception {
        StreamMemory.Remembered result =
                memory.remember(
                        frame.stream(),
                        frame.sequence(),
                        frame.capturedAt(),
                        frame.picture().tokens(),
                        frame.picture().features());
        metrics.remembered(result);
        if (result != StreamMemory.Remembered.REPEATED) {
            engine().follow(owner, frame.stream(), frame.sequence(), frame.picture().tokens());
        }
        if (result == StreamMemory.Remembered.KEPT_ANEW) {
            LOG.warn(
                    "The history of stream {} was made by another model: it begins anew",
                    frame.stream());
        }
        if (result != StreamMemory.Remembered.REPEATED) {
            releaseReached(frame);
        }
        if (result != StreamMemory.Remembered.REPEATED && standing.count(frame.stream()) > 0) {
            evaluate(frame);
        }
    }

    /** Asks the questions whose moment has come with a frame. */
    private void releaseReached(EncodedFrame frame) throws Exception {
        List<Ticket> reached = held.reached(frame.stream(), frame.capturedAt());
        for (Ticket ticket : reached) {
            Query query = endWaiting(ticket);
            Instant now = now();
            if (isLate(query, now)) {
                conclude(ticket, Status.EXPIRED, lateWaiting(query));
            } else {
                admit(ticket, query, now);
            }
        }
        if (!reached.isEmpty()) {
            startWaiting();
            setCurrentKey(frame.stream());
        }
    }

    private Query endWaiting(Ticket ticket) throws Exception {
        Query query =
                PendingQueries.decoded(waiting.get(ticket.queryId()).orElseThrow().getQuery());
        waiting.remove(ticket.queryId());
        return query;
    }

    /**
     * Answers a question whose deadline has passed before the engine had it. Changes the current key.
     */
    private void expire(Ticket ticket) throws Exception {
        setCurrentKey(ticket.stream());
        held.remove(ticket);
        questions.cancel(ticket);
        if (waiting.contains(ticket.queryId())) {
            conclude(ticket, Status.EXPIRED, lateWaiting(endWaiting(ticket)));
        } else {
            PendingQuery pending = pending(ticket).orElseThrow();
            finish(ticket, pending, Status.EXPIRED, late(PendingQueries.query(pending)));
        }
        startWaiting();
    }

    /** Answers a question of which it is not known yet which frames it is about. */
    private void conclude(Ticket ticket, Status status, String reason) throws Exception {
        emit(drafts.withoutText(ticket, status, reason, now()));
        refuseFollowers(ticket, status);
    }

    private String lateWaiting(Query query) throws Exception {
        return "The deadline %s passed, and the question is as of %s: %s"
                .formatted(query.getDeadline().orElseThrow(), moment(query), come());
    }

    /** How far the frames of the current stream have come. */
    private String come() throws Exception {
        return memory.resolve(new Scope.All())
                .map(all -> "the stream's frames had only come up to " + all.lastCapturedAt() + ".")
                .orElse("no frame of the stream had come.");
    }

    private static Instant moment(Query query) {
        return query.getAsOf().orElseThrow();
    }

    /** Asks the standing questions that are due at a frame. */
    private void evaluate(EncodedFrame frame) throws Exception {
        for (StandingQueries.Due due : standing.due(memory.seen(), frame.capturedAt())) {
            Ticket ticket = new Ticket(frame.stream(), due.queryId(), true);
            Optional<FrameWindow> window = memory.resolve(QueryCheck.scope(due.query()));
            if (window.isEmpty() || pending(ticket).isPresent()) {
                skip(ticket);
            } else {
                await(ticket, due.query(), window.get(), now());
            }
        }
        startWaiting();
    }

    private void skip(Ticket ticket) throws Exception {
        standing.skipped(ticket.queryId());
        metrics.skippedEvaluation();
    }

    private void take(QueryEvent event) throws Exception {
        Query query = event.query();
        Ticket ticket = new Ticket(event.stream(), query.getQueryId());
        Instant now = now();
        Optional<String> fault = check.fault(event);
        if (fault.isPresent()) {
            emit(drafts.withoutText(ticket, Status.REJECTED, fault.get(), now));
        } else if (query.getMode() == QueryMode.STANDING) {
            register(ticket, query, now);
        } else if (isUnanswered(ticket)) {
            metrics.repeatedQuery();
        } else if (isLate(query, now)) {
            emit(drafts.withoutText(ticket, Status.EXPIRED, late(query), now));
        } else if (unanswered() >= limits.pending()) {
            emit(drafts.withoutText(ticket, Status.REJECTED, tooMany(), now));
        } else if (query.getAsOf().isPresent() && !memory.hasReached(moment(query))) {
            waiting.put(ticket.queryId(), PendingQueries.waiting(query, now));
            hold(ticket, query);
        } else {
            admit(ticket, query, now);
            startWaiting();
        }
    }

    private boolean isUnanswered(Ticket ticket) throws Exception {
        return pending(ticket).isPresent() || waiting.contains(ticket.queryId());
    }

    /** Takes a question with the frames that are there now. */
    private void admit(Ticket ticket, Query query, Instant now) throws Exception {
        Optional<String> followed = query.getFollowUpTo();
        if (followed.isPresent() && !canBeFollowed(ticket.stream(), followed.get())) {
            conclude(ticket, Status.REJECTED, notRemembered(followed.get()));
            return;
        }
        Optional<FrameWindow> window = memory.resolve(QueryCheck.scope(query));
        if (window.isPresent()) {
            await(ticket, query, window.get(), now);
        } else {
            conclude(ticket, Status.NO_FRAMES, noFrames(ticket, query));
        }
    }

    private boolean canBeFollowed(String stream, String queryId) throws Exception {
        return isUnanswered(new Ticket(stream, queryId)) || conversations.remembers(queryId);
    }

    private String notRemembered(String queryId) {
        return "follow_up_to is %s, and the stream has answered no such question, or not among the last %d: name another, or ask anew with all that the question needs."
                .formatted(queryId, limits.conversations().remembered());
    }

    /**
     * Lets a pending question wait its turn. One that follows another waits for that one's answer
     * first; what was asked and answered before is then kept with it.
     */
    private void queue(Ticket ticket, PendingQuery pending) throws Exception {
        Query query = PendingQueries.query(pending);
        Optional<String> followed = query.getFollowUpTo();
        if (followed.isEmpty() || ticket.standing() || !pending.getTurns().isEmpty()) {
            enqueue(ticket, query);
            return;
        }
        Ticket earlier = new Ticket(ticket.stream(), followed.get());
        if (isUnanswered(earlier)) {
            held.untilAnswer(ticket, earlier, query.getDeadline());
            return;
        }
        List<EarlierTurn> turns =
                conversations.upTo(followed.get(), limits.conversations().turns());
        if (turns.isEmpty()) {
            finish(ticket, pending, Status.REJECTED, notRemembered(followed.get()));
        } else {
            memory.change(
                    ticket.queryId(), PendingQuery.newBuilder(pending).setTurns(turns).build());
            enqueue(ticket, query);
        }
    }

    /** Lets those go on that waited for an answer. */
    private void letFollow(Ticket ticket) throws Exception {
        for (Ticket follower : held.following(ticket)) {
            queue(follower, pending(follower).orElseThrow());
        }
    }

    /** Answers those that waited for an answer where there is none. */
    private void refuseFollowers(Ticket ticket, Status status) throws Exception {
        String reason =
                "The question %s, which this one follows, was not answered: its status is %s."
                        .formatted(ticket.queryId(), status);
        for (Ticket follower : held.following(ticket)) {
            finish(follower, pending(follower).orElseThrow(), Status.REJECTED, reason);
        }
    }

    private void register(Ticket ticket, Query query, Instant now) throws Exception {
        String stream = ticket.stream();
        boolean replaces = standing.stands(ticket.queryId());
        if (!replaces && standing.count(stream) >= limits.standing()) {
            emit(drafts.withoutText(ticket, Status.REJECTED, tooManyStand(stream), now));
            return;
        }
        if (replaces) {
            end(ticket);
        }
        standing.add(stream, query, now);
        String reason =
                replaces
                        ? "The question stands, in place of the one before with this query_id."
                        : "The question stands; it is evaluated at frames to come.";
        emit(drafts.withoutText(ticket, Status.OK, reason, now));
        startWaiting();
    }

    private String tooManyStand(String stream) {
        return "%d questions stand on stream %s, as many as memory.standing-questions allows: cancel one of them first."
                .formatted(standing.count(stream), stream);
    }

    /** Ends a standing question and its evaluation that is under way. */
    private void end(Ticket ticket) throws Exception {
        Ticket evaluation = new Ticket(ticket.stream(), ticket.queryId(), true);
        questions.cancel(evaluation);
        answered(evaluation);
        standing.remove(ticket.stream(), ticket.queryId());
    }

    private static boolean isLate(Query query, Instant now) {
        return query.getDeadline().filter(now::isAfter).isPresent();
    }

    private static String late(Query query) {
        return "The deadline %s passed before the answer was ready."
                .formatted(query.getDeadline().orElseThrow());
    }

    /** How many questions that somebody asked once have no answer yet. */
    private int unanswered() {
        return questions.askedOnce() + held.size();
    }

    private String tooMany() {
        return "%d questions wait already: ask again later.".formatted(unanswered());
    }

    private String noFrames(Ticket ticket, Query query) throws Exception {
        Optional<FrameWindow> all = memory.resolve(new Scope.All());
        if (all.isEmpty()) {
            return "No frame of stream %s has come yet.".formatted(ticket.stream());
        }
        if (query.getAsOf().isPresent()
                && memory.resolve(new Scope.AsOf(moment(query), new Scope.All())).isEmpty()) {
            return "The question is as of %s, and frames of stream %s are remembered from %s on."
                    .formatted(moment(query), ticket.stream(), all.get().firstCapturedAt());
        }
        return "No frame of stream %s is in the question's scope.".formatted(ticket.stream());
    }

    private void await(Ticket ticket, Query query, FrameWindow window, Instant now)
            throws Exception {
        FusionPlan plan = plans.of(ticket.stream(), window);
        PendingQuery pending = PendingQueries.of(query, now, window, plan);
        memory.await(ticket.standing(), ticket.queryId(), pending);
        queue(ticket, pending);
    }

    /** Lets a question wait its turn. */
    private void enqueue(Ticket ticket, Query query) {
        questions.add(ticket, query.getDeadline());
        watch(ticket, query);
    }

    private void watch(Ticket ticket, Query query) {
        query.getDeadline().ifPresent(deadline -> deadlines.watch(ticket, deadline));
    }

    /** Whether a question waits for another try, since the device may have the memory for it now. */
    private boolean waitsAgain(Ticket ticket, Query query, Throwable failure) {
        boolean again =
                EngineFault.cause(failure) instanceof DeviceMemoryException
                        && questions.addAgain(ticket, query.getDeadline());
        if (again) {
            LOG.warn("The engine tries question {} again", ticket, failure);
            watch(ticket, query);
        }
        return again;
    }

    /** Hands questions to the engine while it may have more. Changes the current key. */
    private void startWaiting() throws Exception {
        Optional<Ticket> next = questions.next(now());
        while (next.isPresent()) {
            deadlines.forget(next.get());
            setCurrentKey(next.get().stream());
            start(next.get());
            next = questions.next(now());
        }
    }

    private void start(Ticket ticket) throws Exception {
        PendingQuery pending = pending(ticket).orElseThrow();
        Query query = PendingQueries.query(pending);
        Instant now = now();
        if (isLate(query, now)) {
            finish(ticket, pending, Status.EXPIRED, late(query));
            return;
        }
        Optional<List<byte[]>> features = memory.features(pending);
        OptionalLong anchor = anchor(ticket, pending);
        Optional<AnswerRequest.History> history =
                features.isEmpty() ? Optional.empty() : history(ticket, pending, query, anchor);
        if (history.isEmpty() && ticket.standing()) {
            skip(ticket);
            answered(ticket);
            return;
        }
        if (history.isEmpty()) {
            String reason = "The frames that the question is about have been dropped since.";
            finish(ticket, pending, Status.FAILED, reason);
            return;
        }
        AnswerRequest request =
                PendingQueries.request(
                        pending,
                        query,
                        history.get(),
                        sequence -> new KeyframeName(owner, ticket.stream(), sequence),
                        features.get(),
                        anchor,
                        limits);
        Parts parts = new Parts(ticket);
        CompletableFuture<AnswerOutcome> work =
                engine().answer(query.getPartial() ? request.telling(parts) : request);
        parts.work = work;
        questions.started(ticket, work);
        Duration waited = Duration.between(pending.getTakenAt(), now);
        work.whenComplete(
                (outcome, failure) ->
                        mail(
                                () -> {
                                    if (questions.finished(ticket, work)) {
                                        done(ticket, waited, outcome, failure);
                                    }
                                }));
    }

    /** Sends what is written of an answer, while the question is still pending. */
    private final class Parts implements PartialAnswers {
        private final Ticket ticket;

        /** Touched on the task's thread alone. */
        private Future<?> work;

        private Parts(Ticket ticket) {
            this.ticket = ticket;
        }

        @Override
        public void written(int part, String text) {
            mail(
                    () -> {
                        if (questions.isWithEngine(ticket, work)) {
                            send(part, text);
                        }
                    });
        }

        private void send(int part, String text) throws Exception {
            setCurrentKey(ticket.stream());
            PendingQuery pending = pending(ticket).orElseThrow();
            metrics.part();
            output.collect(new StreamRecord<>(drafts.part(ticket, pending, part, text, now())));
        }
    }

    private OptionalLong anchor(Ticket ticket, PendingQuery pending) {
        return plans.anchor(ticket.stream(), pending.getKeyframes());
    }

    /** What the engine has kept of the stream's history, if it can be kept, or else from state. */
    private Optional<AnswerRequest.History> history(
            Ticket ticket, PendingQuery pending, Query query, OptionalLong anchor)
            throws Exception {
        if (anchor.isEmpty() || !memory.reachesBack(pending)) {
            return memory.tokens(pending).map(AnswerRequest.History.Given::of);
        }
        HistoryName name =
                new HistoryName(
                        owner, ticket.stream(), pending.getFirstSequence(), anchor.getAsLong());
        int frames = Math.toIntExact(pending.getFrames());
        Optional<RecalledHistory> recalled =
                engine().recall(name, pending.getLastSequence(), frames);
        metrics.recalled(recalled.isPresent());
        if (recalled.isPresent()) {
            return Optional.of(new AnswerRequest.History.Recalled(recalled.get(), frames));
        }
        if (query.getAsOf().isPresent()) {
            // The anchor of an earlier history is mostly another: what is kept of today's must
            // stay.
            return memory.tokens(pending).map(AnswerRequest.History.Given::of);
        }
        return memory.whole(pending)
                .map(
                        whole ->
                                new AnswerRequest.History.Given(
                                        whole.tokens(),
                                        frames,
                                        Optional.of(
                                                new AnswerRequest.Kept(
                                                        name, whole.lastSequence()))));
    }

    private void mail(ThrowingRunnable<Exception> task) {
        try {
            mailbox.execute(task, "a question is answered, or a part of the answer is written");
        } catch (RejectedExecutionException e) {
            LOG.debug("A question was answered after the task had ended; it stays in state");
        }
    }

    private void done(Ticket ticket, Duration waited, AnswerOutcome outcome, Throwable failure)
            throws Exception {
        setCurrentKey(ticket.stream());
        PendingQuery pending = pending(ticket).orElseThrow();
        questions.took(Duration.between(pending.getTakenAt().plus(waited), now()));
        if (failure != null && EngineFault.endsAll(failure)) {
            throw EngineFault.of(
                    "The engine ended before the question %s of stream %s was answered"
                            .formatted(ticket.queryId(), ticket.stream()),
                    failure,
                    getContainingTask().getEnvironment());
        } else if (failure != null) {
            if (!waitsAgain(ticket, PendingQueries.query(pending), failure)) {
                LOG.warn("The engine failed at question {}", ticket, failure);
                finish(ticket, pending, Status.FAILED, EngineFault.reason(failure));
            }
        } else if (outcome instanceof AnswerOutcome.Answered answered) {
            List<StreamMemory.RememberedFrame> cited =
                    memory.frames(
                            pending,
                            answered.evidence().stream()
                                    .map(AnswerOutcome.CitedFrame::frame)
                                    .toList());
            finish(
                    ticket,
                    pending,
                    drafts.answered(ticket, pending, answered, cited, waited, now()));
        } else if (outcome instanceof AnswerOutcome.Refused refused) {
            finish(ticket, pending, Status.REJECTED, refused.reason());
        } else if (outcome instanceof AnswerOutcome.Expired) {
            finish(ticket, pending, Status.EXPIRED, late(PendingQueries.query(pending)));
        }
        startWaiting();
    }

    private void cancel(QueryEvent event, String cancelled) throws Exception {
        Ticket request = new Ticket(event.stream(), event.query().getQueryId());
        Ticket ticket = new Ticket(event.stream(), cancelled);
        Optional<PendingQuery> pending = pending(ticket);
        boolean stands = standing.stands(cancelled);
        boolean waits = waiting.contains(cancelled);
        if (pending.isEmpty() && !stands && !waits) {
            String reason =
                    "No question %s of stream %s stands or waits for an answer."
                            .formatted(cancelled, event.stream());
            emit(drafts.withoutText(request, Status.REJECTED, reason, now()));
            return;
        }
        String by = "Cancelled by " + request.queryId() + ".";
        if (stands) {
            end(ticket);
            emit(drafts.ended(ticket, by, now()));
        }
        if (waits) {
            held.remove(ticket);
            endWaiting(ticket);
            conclude(ticket, Status.CANCELLED, by);
        }
        if (pending.isPresent()) {
            held.remove(ticket);
            questions.cancel(ticket);
            deadlines.forget(ticket);
            finish(ticket, pending.get(), Status.CANCELLED, by);
        }
        emit(drafts.withoutText(request, Status.OK, "Cancelled " + cancelled + ".", now()));
        startWaiting();
    }

    private void list(QueryEvent event) throws Exception {
        Ticket request = new Ticket(event.stream(), event.query().getQueryId());
        Optional<String> fault = check.listFault(event);
        emit(
                fault.isPresent()
                        ? drafts.withoutText(request, Status.REJECTED, fault.get(), now())
                        : drafts.listed(request, standing.list(), now()));
    }

    private void finish(Ticket ticket, PendingQuery pending, Status status, String reason)
            throws Exception {
        finish(ticket, pending, drafts.withoutText(ticket, pending, status, reason, now()));
    }

    /** Ends the waiting of a question; of one that stands, an answer may be kept back. */
    private void finish(Ticket ticket, PendingQuery pending, Answer answer) throws Exception {
        if (!ticket.standing()
                || standing.evaluated(ticket.queryId(), answer, pending.getLastCapturedAt())) {
            emit(answer);
        } else {
            metrics.evaluationNotSent();
        }
        answered(ticket);
        if (!ticket.standing()) {
            goOn(ticket, PendingQueries.query(pending), answer);
        }
    }

    /** Remembers an answer for questions that follow it, and lets those begin that waited for it. */
    private void goOn(Ticket ticket, Query query, Answer answer) throws Exception {
        if (answer.getStatus() == Status.OK || answer.getStatus() == Status.TRUNCATED) {
            conversations.remember(
                    ticket.queryId(), query.getText(), answer.getText(), query.getFollowUpTo());
            letFollow(ticket);
        } else {
            refuseFollowers(ticket, answer.getStatus());
        }
    }

    private void answered(Ticket ticket) throws Exception {
        questions.answered(ticket);
        memory.answered(ticket.stream(), ticket.standing(), ticket.queryId());
    }

    private void emit(Answer answer) {
        metrics.answered(answer);
        output.collect(new StreamRecord<>(answer));
    }

    private Instant now() {
        return Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
    }

    private Engine engine() {
        return lease.engine();
    }

    @Override
    public void endInput() throws Exception {
        for (Ticket ticket : held.allOfMoments()) {
            setCurrentKey(ticket.stream());
            String reason =
                    "No more frames come, and the question is as of %s: %s"
                            .formatted(moment(endWaiting(ticket)), come());
            conclude(ticket, Status.EXPIRED, reason);
        }
        while (!questions.isEmpty()) {
            mailbox.yield();
        }
    }

    @Override
    public void close() throws Exception {
        if (lease != null) {
            engine().forget(owner);
            lease.close();
        }
        super.close();
    }
}
