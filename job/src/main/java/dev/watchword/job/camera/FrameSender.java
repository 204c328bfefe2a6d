package dev.watchword.job.camera;

import dev.watchword.job.camera.OutgoingFrames.OutgoingFrame;
import dev.watchword.job.retry.Timekeeper;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Hands a publisher's frames to Kafka until there are no more. Those that Kafka did not take in time
 * go back and are sent again; those that it refuses are counted and reported. Its counters may be
 * read by any thread.
 */
final class FrameSender implements Runnable {

    /** Few, so that the newest frames are still here, to be kept or dropped, if Kafka goes away. */
    private static final int MOST_UNDER_WAY = 16;

    private final String stream;
    private final String topic;
    private final Producer<String, byte[]> producer;
    private final OutgoingFrames outgoing;
    private final BrokerWatch watch;

    private final AtomicLong published = new AtomicLong();
    private final AtomicLong publishedBytes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong lastSequence = new AtomicLong(-1);
    private volatile Optional<String> lastError = Optional.empty();

    FrameSender(
            String stream,
            String topic,
            Producer<String, byte[]> producer,
            OutgoingFrames outgoing,
            Consumer<CameraReport> reports,
            Timekeeper timekeeper) {
        this.stream = stream;
        this.topic = topic;
        this.producer = producer;
        this.outgoing = outgoing;
        this.watch = new BrokerWatch(outgoing, reports, timekeeper);
    }

    /** Ends when all is sent, or when the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (!outgoing.isDone()) {
                outgoing.take(MOST_UNDER_WAY).ifPresent(this::send);
                watch.look(lastError);
            }
        } catch (InterruptedException | InterruptException stopped) {
            // What is still here stays counted as pending.
        }
    }

    long published() {
        return published.get();
    }

    long publishedBytes() {
        return publishedBytes.get();
    }

    long refused() {
        return refused.get();
    }

    OptionalLong lastSequence() {
        long last = lastSequence.get();
        return last < 0 ? OptionalLong.empty() : OptionalLong.of(last);
    }

    Optional<String> lastError() {
        return lastError;
    }

    private void send(OutgoingFrame frame) {
        try {
            producer.send(
                    new ProducerRecord<>(topic, stream, frame.value()),
                    (metadata, failure) -> settle(frame, Optional.ofNullable(failure)));
        } catch (InterruptException stopped) {
            outgoing.giveBack(frame);
            throw stopped;
        } catch (KafkaException | IllegalStateException unusable) {
            settle(frame, Optional.of(unusable));
        }
    }

    /** Called by Kafka's thread, except for frames that Kafka's client does not even accept. */
    private void settle(OutgoingFrame frame, Optional<Exception> failure) {
        if (failure.isEmpty()) {
            published.incrementAndGet();
            publishedBytes.addAndGet(frame.value().length);
            lastSequence.accumulateAndGet(frame.sequence(), Math::max);
            watch.progressed();
            outgoing.settle();
            return;
        }
        lastError = Optional.of(String.valueOf(failure.get().getMessage()));
        if (mayPass(failure.get())) {
            outgoing.giveBack(frame);
        } else {
            refused.incrementAndGet();
            watch.refused(
                    "Kafka refused frame %d of %s: %s"
                            .formatted(frame.sequence(), stream, lastError.get()));
            outgoing.settle();
        }
    }

    private static boolean mayPass(Exception failure) {
        return failure instanceof RetriableException
                || failure instanceof OutOfOrderSequenceException;
    }
}
