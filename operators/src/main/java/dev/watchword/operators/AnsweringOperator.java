package dev.watchword.operators;

import dev.watchword.engine.Engine;
import dev.watchword.engine.SharedEngines;
import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Answer;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * An operator that has an engine answer questions: it holds the engine while it runs, and what comes
 * back from it becomes a mail to the task's thread.
 */
abstract class AnsweringOperator<E> extends AbstractStreamOperator<Answer>
        implements OneInputStreamOperator<E, Answer>, BoundedOneInput, Subtask {
    private final transient MailboxExecutor mailbox;
    private final EngineLeaser leaser;

    private transient SharedEngines.Lease lease;
    private transient long owner;

    AnsweringOperator(StreamOperatorParameters<Answer> parameters, EngineLeaser leaser) {
        super(parameters);
        this.mailbox = parameters.getMailboxExecutor();
        this.leaser = leaser;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        lease = leaser.lease(GrantedGpu.of(getRuntimeContext()));
        owner = engine().newOwner();
    }

    final Engine engine() {
        return lease.engine();
    }

    /** Of what the engine keeps for this subtask; see {@link Engine#newOwner}. */
    final long owner() {
        return owner;
    }

    /** Counts an answer, or a part of one, that is sent. */
    abstract void count(Answer answer);

    @Override
    public final void turnTo(String key) {
        setCurrentKey(key);
    }

    @Override
    public final Instant now() {
        return Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
    }

    @Override
    public final void send(Answer answer) {
        count(answer);
        output.collect(new StreamRecord<>(answer));
    }

    @Override
    public final Exception engineEnded(Ticket ticket, Throwable failure) {
        return EngineFault.of(
                "The engine ended before the question %s of stream %s was answered"
                        .formatted(ticket.queryId(), ticket.stream()),
                failure,
                getContainingTask().getEnvironment());
    }

    @Override
    public final void mail(ThrowingRunnable<Exception> work) {
        try {
            mailbox.execute(work, "a question is answered, or a part of the answer is written");
        } catch (RejectedExecutionException e) {
            LOG.debug("A question was answered after the task had ended; it stays in state");
        }
    }

    /** Does what comes by mail until no question is unanswered. */
    final void answerAll(QuestionQueue questions) throws InterruptedException {
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
