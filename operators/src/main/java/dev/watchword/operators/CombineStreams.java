package dev.watchword.operators;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.engine.DeviceMemoryException;
import dev.watchword.engine.Engine;
import dev.watchword.engine.SharedEngines;
import dev.watchword.memory.CombineMemory;
import dev.watchword.memory.CombinedQuestion;
import dev.watchword.memory.StreamPart;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryStreams;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Answers questions about several streams together. It keeps what has come of each stream until all
 * have told, or the wait is over; then the engine answers from their frames laid one after the other.
 * All of that is in state, so that after a restart the same question is asked about the same frames.
 *
 * <p>Every question gets one answer: one that is refused, late or cancelled says so.
 */
final class CombineStreams extends AbstractStreamOperator<Answer>
        implements OneInputStreamOperator<CombineEvent, Answer>,
                Triggerable<String, VoidNamespace>,
                BoundedOneInput {
    /** The frames of one question may fill much of the memory, so others wait for it. */
    private static final int AT_ONCE = 1;

    private final transient MailboxExecutor mailbox;
    private final EngineLeaser leaser;
    private final AnswerLimits answerLimits;
    private final CombineLimits limits;

    private transient SharedEngines.Lease lease;
    private transient long owner;
    private transient CombineMemory memory;
    private transient CombinedAnswers answers;
    private transient CombinedRequests requests;
    private transient QuestionQueue questions;
    private transient CombiningMetrics metrics;
    private transient InternalTimerService<VoidNamespace> timers;

    /** Those that are not answered, with their keys. */
    private transient Map<Ticket, String> unanswered;

    CombineStreams(
            StreamOperatorParameters<Answer> parameters,
            EngineLeaser leaser,
            AnswerLimits answerLimits,
            CombineLimits limits) {
        super(parameters);
        this.mailbox = parameters.getMailboxExecutor();
        this.leaser = leaser;
        this.answerLimits = answerLimits;
        this.limits = limits;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        lease = leaser.lease(GrantedGpu.of(getRuntimeContext()));
        owner = engine().newOwner();
        memory = new CombineMemory(context.getKeyedStateStore());
        answers = new CombinedAnswers(engine().model().id());
        requests = new CombinedRequests(owner, answerLimits);
        questions = new QuestionQueue(AT_ONCE);
        unanswered = new HashMap<>();
        metrics = new CombiningMetrics(getMetricGroup(), unanswered::size);
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("waits", VoidNamespaceSerializer.INSTANCE, this);
        resume();
    }

    /**
     * Takes up the questions that a checkpoint held, in the order in which they came. Those that wait
     * for streams wait anew: the streams, too, have to take up where they were.
     */
    private void resume() throws Exception {
        List<CombinedQuestion> held = new ArrayList<>();
        this.<String>getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        CombineMemory.QUESTION,
                        (key, state) -> {
                            Optional<CombinedQuestion> question = memory.question();
                            question.ifPresent(each -> unanswered.put(ticket(each), key));
                            question.ifPresent(held::add);
                        });
        held.sort(Comparator.comparing(CombinedQuestion::getTakenAt));
        for (CombinedQuestion question : held) {
            Ticket ticket = ticket(question);
            if (question.getClosed()) {
                enqueue(question);
            } else {
                setCurrentKey(unanswered.get(ticket));
                await(question, PendingQueries.decoded(question.getQuery()));
            }
        }
        startWaiting();
    }

    /** Keeps the question that is the current key, and waits for its streams from now on. */
    private CombinedQuestion await(CombinedQuestion question, Query query) throws Exception {
        Instant until = now().plus(limits.patience());
        // The first moment at which it is late.
        Optional<Instant> late = query.getDeadline().map(each -> each.plusMillis(1));
        CombinedQuestion awaiting =
                CombinedQuestion.newBuilder(question)
                        .setUntil(late.filter(until::isAfter).orElse(until))
                        .build();
        memory.keep(awaiting);
        wakeAt(awaiting.getUntil());
        return awaiting;
    }

    private void wakeAt(Instant moment) {
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, moment.toEpochMilli());
    }

    private static Ticket ticket(CombinedQuestion question) {
        return ticket(PendingQueries.decoded(question.getQuery()));
    }

    private static Ticket ticket(Query query) {
        return new Ticket(QueryStreams.together(query), query.getQueryId());
    }

    @Override
    public void processElement(StreamRecord<CombineEvent> record) throws Exception {
        CombineEvent event = record.getValue();
        if (event instanceof CombineEvent.Asked asked) {
            take(asked);
        } else if (event instanceof CombineEvent.Part part) {
            take(part.part());
        } else if (event instanceof CombineEvent.Withdrawn withdrawn) {
            cancel(withdrawn.query());
        }
    }

    private void take(CombineEvent.Asked asked) throws Exception {
        Query query = asked.query();
        Ticket ticket = ticket(query);
        Instant now = now();
        if (memory.question().isPresent()) {
            metrics.repeatedQuery();
        } else if (isLate(query, now)) {
            settle(ticket, answers.withoutText(ticket, Status.EXPIRED, late(query), now));
        } else if (unanswered.size() >= limits.questions()) {
            settle(ticket, answers.withoutText(ticket, Status.REJECTED, tooMany(), now));
        } else {
            unanswered.put(ticket, asked.key());
            consider(await(question(asked, now), query));
        }
    }

    private static CombinedQuestion question(CombineEvent.Asked asked, Instant now) {
        return CombinedQuestion.newBuilder()
                .setQuery(PendingQueries.encoded(asked.query()))
                .setTakenAt(now)
                .setStreams(asked.streams())
                .setUnmatched(asked.unmatched())
                .setUntil(now)
                .build();
    }

    private static boolean isLate(Query query, Instant now) {
        return query.getDeadline().filter(now::isAfter).isPresent();
    }

    private static String late(Query query) {
        return "The deadline %s passed before the answer was ready."
                .formatted(query.getDeadline().orElseThrow());
    }

    private String tooMany() {
        return "%d combined questions wait already, as many as memory.combined-questions allows: ask again later."
                .formatted(unanswered.size());
    }

    /** Keeps a part, which may also come before its question does. */
    private void take(StreamPart part) throws Exception {
        Optional<CombinedQuestion> question = memory.question();
        if (memory.isSettled(now()) || question.filter(CombinedQuestion::getClosed).isPresent()) {
            metrics.latePart();
            return;
        }
        memory.put(part);
        if (question.isPresent()) {
            consider(question.get());
        } else {
            wakeAt(now().plus(limits.patience()));
        }
    }

    /** Asks a question if all its streams have told, or refuses it if they have too much. */
    private void consider(CombinedQuestion question) throws Exception {
        if (memory.size() > limits.bytes()) {
            Ticket ticket = ticket(question);
            settle(ticket, answers.withoutText(ticket, Status.REJECTED, tooLarge(), now()));
        } else if (memory.streams().containsAll(question.getStreams())) {
            ask(question);
        }
    }

    private String tooLarge() throws Exception {
        return "The frames in scope of the streams take at least %d MiB, and those of one combined question at most %d (memory.combined-bytes): ask about fewer frames, with the scope's last_frames or last_ms, or about fewer streams."
                .formatted((memory.size() >> 20) + 1, limits.bytes() >> 20);
    }

    /** Takes no further part of a question, and lets it wait its turn. Changes the current key. */
    private void ask(CombinedQuestion question) throws Exception {
        memory.keep(CombinedQuestion.newBuilder(question).setClosed(true).build());
        enqueue(question);
        startWaiting();
    }

    private void enqueue(CombinedQuestion question) {
        Query query = PendingQueries.decoded(question.getQuery());
        questions.add(ticket(query), query.getDeadline());
        query.getDeadline().ifPresent(deadline -> wakeAt(deadline.plusMillis(1)));
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
        Ticket ticket = ticket(query);
        if (!question.getClosed() && !now().isBefore(question.getUntil())) {
            ask(question);
        } else if (questions.isWaiting(ticket) && isLate(query, now())) {
            questions.cancel(ticket);
            finish(ticket, scope(question), Status.EXPIRED, late(query));
        }
    }

    private CombinedScope scope(CombinedQuestion question) throws Exception {
        return CombinedScope.of(question, memory.parts(), engine().model().id());
    }

    /** Hands questions to the engine while it may have more. Changes the current key. */
    private void startWaiting() throws Exception {
        Optional<Ticket> next = questions.next(now());
        while (next.isPresent()) {
            setCurrentKey(unanswered.get(next.get()));
            start(next.get());
            next = questions.next(now());
        }
    }

    private void start(Ticket ticket) throws Exception {
        CombinedQuestion question = memory.question().orElseThrow();
        Query query = PendingQueries.decoded(question.getQuery());
        Map<String, StreamPart> parts = memory.parts();
        CombinedScope scope = scope(question);
        Instant now = now();
        if (isLate(query, now)) {
            finish(ticket, scope, Status.EXPIRED, late(query));
        } else if (scope.seen().isEmpty()) {
            Status status = scope.late() ? Status.FAILED : Status.NO_FRAMES;
            finish(ticket, scope, status, "None of the streams has frames. " + scope.missing());
        } else {
            Duration waited = Duration.between(question.getTakenAt(), now);
            CompletableFuture<AnswerOutcome> work =
                    engine().answer(
                                    requests.of(
                                            query,
                                            scope.seen().stream()
                                                    .map(seen -> parts.get(seen.stream()))
                                                    .toList()));
            questions.started(ticket, work);
            work.whenComplete(
                    (outcome, failure) ->
                            mail(
                                    () -> {
                                        if (questions.finished(ticket, work)) {
                                            done(ticket, query, scope, waited, outcome, failure);
                                        }
                                    }));
        }
    }

    private void mail(ThrowingRunnable<Exception> task) {
        try {
            mailbox.execute(task, "a combined question is answered");
        } catch (RejectedExecutionException e) {
            LOG.debug("A question was answered after the task had ended; it stays in state");
        }
    }

    private void done(
            Ticket ticket,
            Query query,
            CombinedScope scope,
            Duration waited,
            AnswerOutcome outcome,
            Throwable failure)
            throws Exception {
        setCurrentKey(unanswered.get(ticket));
        if (failure != null && EngineFault.endsAll(failure)) {
            throw EngineFault.of(
                    "The engine ended before the question %s of stream %s was answered"
                            .formatted(ticket.queryId(), ticket.stream()),
                    failure,
                    getContainingTask().getEnvironment());
        } else if (EngineFault.cause(failure) instanceof DeviceMemoryException
                && questions.addAgain(ticket, query.getDeadline())) {
            LOG.warn("The engine tries combined question {} again", ticket, failure);
        } else if (failure != null) {
            LOG.warn("The engine failed at combined question {}", ticket, failure);
            finish(ticket, scope, Status.FAILED, EngineFault.reason(failure));
        } else if (outcome instanceof AnswerOutcome.Answered answered) {
            settle(ticket, answers.answered(ticket, scope, answered, waited, now()));
        } else if (outcome instanceof AnswerOutcome.Refused refused) {
            finish(ticket, scope, Status.REJECTED, refused.reason());
        } else if (outcome instanceof AnswerOutcome.Expired) {
            finish(ticket, scope, Status.EXPIRED, late(query));
        }
        startWaiting();
    }

    private void cancel(Query query) throws Exception {
        Ticket request = ticket(query);
        String cancelled = query.getCancel().orElseThrow();
        Ticket ticket = new Ticket(request.stream(), cancelled);
        if (memory.question().isEmpty()) {
            String reason =
                    "No combined question %s of %s waits for an answer."
                            .formatted(cancelled, request.stream());
            emit(answers.withoutText(request, Status.REJECTED, reason, now()));
            return;
        }
        questions.cancel(ticket);
        String by = "Cancelled by " + request.queryId() + ".";
        settle(ticket, answers.withoutText(ticket, Status.CANCELLED, by, now()));
        emit(answers.withoutText(request, Status.OK, "Cancelled " + cancelled + ".", now()));
        startWaiting();
    }

    private void finish(Ticket ticket, CombinedScope scope, Status status, String reason)
            throws Exception {
        settle(ticket, answers.withoutText(ticket, scope, status, reason, now()));
    }

    /** Answers the question that is the current key, and drops what there is of it. */
    private void settle(Ticket ticket, Answer answer) throws Exception {
        Optional<CombinedQuestion> question = memory.question();
        if (question.isPresent()) {
            timers.deleteProcessingTimeTimer(
                    VoidNamespace.INSTANCE, question.get().getUntil().toEpochMilli());
        }
        unanswered.remove(ticket);
        questions.answered(ticket);
        Instant until = now().plus(limits.patience());
        memory.settle(until);
        wakeAt(until);
        emit(answer);
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

    /** No further part comes: what waits for one is asked without it. */
    @Override
    public void endInput() throws Exception {
        for (String key : List.copyOf(unanswered.values())) {
            setCurrentKey(key);
            Optional<CombinedQuestion> question = memory.question();
            if (question.filter(each -> !each.getClosed()).isPresent()) {
                ask(question.get());
            }
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
