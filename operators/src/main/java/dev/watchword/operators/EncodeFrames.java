package dev.watchword.operators;

import dev.watchword.engine.EncodedPicture;
import dev.watchword.engine.Engine;
import dev.watchword.engine.PictureSource;
import dev.watchword.engine.SharedEngines;
import dev.watchword.engine.UnusablePictureException;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Makes of every frame its token and its features. Frames of many streams are with the engine at
 * once; within a stream order is kept, and a query passes through at its place. Holds no state: what
 * is with the engine is emitted before a checkpoint's barrier.
 *
 * <p>A question whose deadline passes behind frames of its stream passes through at once: it gets no
 * other answer than that it is late, whichever frames it would have been about.
 *
 * <p>When the engine has as many frames as it may, this waits, or leaves frames out; see {@link
 * Overload}.
 *
 * <p>A picture that cannot be used becomes a dead letter. When the engine itself fails the task
 * fails, so that no frame is lost.
 */
final class EncodeFrames extends AbstractStreamOperator<EncodedEvent>
        implements OneInputStreamOperator<StreamEvent, EncodedEvent>, BoundedOneInput {
    private final transient MailboxExecutor mailbox;
    private final EngineLeaser leaser;
    private final int mostInFlight;
    private final Overload overload;

    private transient SharedEngines.Lease lease;
    private transient FrameThinning thinning;
    private transient PendingEmissions<EncodedEvent> emissions;
    private transient WaitingDeadlines<PendingEmissions.Slot<EncodedEvent>> deadlines;
    private transient RecordCodec<Frame> frameCodec;
    private transient int inFlight;
    private transient EncodingMetrics metrics;

    EncodeFrames(
            StreamOperatorParameters<EncodedEvent> parameters,
            EngineLeaser leaser,
            int mostInFlight,
            Overload overload) {
        super(parameters);
        this.mailbox = parameters.getMailboxExecutor();
        this.leaser = leaser;
        this.mostInFlight = mostInFlight;
        this.overload = overload;
    }

    @Override
    public void open() throws Exception {
        super.open();
        lease = leaser.lease(GrantedGpu.of(getRuntimeContext()));
        thinning = new FrameThinning(mostInFlight);
        emissions = new PendingEmissions<>();
        deadlines = new WaitingDeadlines<>(getProcessingTimeService(), this::passLate);
        frameCodec = RecordCodecs.of(Frame.class, RecordFormat.AVRO);
        metrics = new EncodingMetrics(getMetricGroup(), () -> inFlight, engine()::load);
    }

    @Override
    public void processElement(StreamRecord<StreamEvent> record) throws Exception {
        if (record.getValue() instanceof FrameEvent frame) {
            if (overload == Overload.THIN && !thinning.keeps(frame.stream(), inFlight)) {
                metrics.thinned();
            } else {
                encode(frame);
            }
        } else if (record.getValue() instanceof QueryEvent query) {
            pass(query);
        }
    }

    private void encode(FrameEvent event) throws Exception {
        while (inFlight >= mostInFlight) {
            mailbox.yield();
        }
        PendingEmissions.Slot<EncodedEvent> slot = emissions.reserve(event.stream());
        inFlight++;
        engine().encode(source(event.frame()))
                .whenComplete(
                        (picture, failure) -> mail(() -> encoded(event, slot, picture, failure)));
    }

    private static PictureSource source(Frame frame) {
        return frame.getImageUri()
                .<PictureSource>map(PictureSource.Remote::new)
                .orElseGet(() -> new PictureSource.Inline(bytes(frame.getImage())));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private void mail(ThrowingRunnable<Exception> task) {
        try {
            mailbox.execute(task, "a frame is encoded");
        } catch (RejectedExecutionException e) {
            LOG.debug("A frame was encoded after the task had ended");
        }
    }

    private void encoded(
            FrameEvent event,
            PendingEmissions.Slot<EncodedEvent> slot,
            EncodedPicture picture,
            Throwable failure)
            throws Exception {
        inFlight--;
        if (failure == null) {
            metrics.encoded(event.stream(), now());
            slot.fill(Optional.of(encodedFrame(event.frame(), picture)));
        } else if (EngineFault.cause(failure) instanceof UnusablePictureException fault) {
            metrics.unusable();
            setAside(event, fault.getMessage());
            slot.fill(Optional.empty());
        } else {
            throw EngineFault.of(
                    "The engine could not encode frame "
                            + event.frame().getSequence()
                            + " of stream "
                            + event.stream(),
                    failure,
                    getContainingTask().getEnvironment());
        }
        emitReady(event.stream());
    }

    private static EncodedEvent encodedFrame(Frame frame, EncodedPicture picture) {
        return new EncodedFrame(
                frame.getStream(), frame.getSequence(), frame.getCapturedAt(), picture);
    }

    private void setAside(FrameEvent event, String reason) {
        output.collect(
                DeadLetters.OUTPUT,
                new StreamRecord<>(
                        DeadLetters.of(
                                event.origin(),
                                Optional.of(event.stream()),
                                reason,
                                frameCodec.encode(event.frame()),
                                now())));
    }

    private Instant now() {
        return Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
    }

    private void pass(QueryEvent query) {
        if (emissions.isWaiting(query.stream())) {
            PendingEmissions.Slot<EncodedEvent> slot = emissions.reserve(query.stream());
            slot.fill(Optional.of(query));
            lastMoment(query.query()).ifPresent(moment -> deadlines.watch(slot, moment));
        } else {
            output.collect(new StreamRecord<>(query));
        }
    }

    /** When a query is of no use any more; empty for one that changes what others are about. */
    private static Optional<Instant> lastMoment(Query query) {
        boolean changesNothing =
                query.getMode() == QueryMode.ONCE
                        && query.getCancel().isEmpty()
                        && !query.getCombine();
        return changesNothing ? query.getDeadline() : Optional.empty();
    }

    private void passLate(PendingEmissions.Slot<EncodedEvent> slot) {
        EncodedEvent query = slot.value().orElseThrow();
        slot.fill(Optional.empty());
        output.collect(new StreamRecord<>(query));
    }

    private void emitReady(String stream) {
        Optional<PendingEmissions.Slot<EncodedEvent>> next = emissions.poll(stream);
        while (next.isPresent()) {
            deadlines.forget(next.get());
            output.collect(new StreamRecord<>(next.get().value().orElseThrow()));
            next = emissions.poll(stream);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        drain();
    }

    @Override
    public void endInput() throws Exception {
        drain();
    }

    private void drain() throws Exception {
        while (inFlight > 0) {
            mailbox.yield();
        }
    }

    private Engine engine() {
        return lease.engine();
    }

    @Override
    public void close() throws Exception {
        if (lease != null) {
            lease.close();
        }
        super.close();
    }
}
