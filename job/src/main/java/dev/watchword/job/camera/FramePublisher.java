package dev.watchword.job.camera;

import dev.watchword.job.camera.OutgoingFrames.OutgoingFrame;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Publishes a camera's pictures as the frames of a stream, numbered and in order. Each reaches Kafka
 * at least once; one that reaches it twice has the same sequence both times. While Kafka takes
 * nothing, a live camera goes on and the newest frames are kept; a recording waits.
 */
public final class FramePublisher {

    private final String stream;
    private final Camera camera;
    private final PublisherSettings settings;
    private final Consumer<CameraReport> reports;

    private final RecordCodec<Frame> codec = RecordCodecs.of(Frame.class, RecordFormat.AVRO);
    private final Sequences sequences;
    private final OutgoingFrames outgoing;
    private final FrameSender sender;
    private final AtomicLong captured = new AtomicLong();
    private final AtomicLong tooLarge = new AtomicLong();
    private volatile Optional<String> lastPictureError = Optional.empty();

    /**
     * @param firstSequence empty: the epoch millisecond of the first frame
     * @param camera stays open
     * @param producer may be shared; stays open
     * @param reports told what an operator wants to know, by two threads at once
     */
    public FramePublisher(
            String stream,
            OptionalLong firstSequence,
            Camera camera,
            Producer<String, byte[]> producer,
            PublisherSettings settings,
            Consumer<CameraReport> reports,
            Timekeeper timekeeper) {
        this.stream = stream;
        this.camera = camera;
        this.settings = settings;
        this.reports = reports;
        this.sequences = new Sequences(firstSequence, timekeeper);
        this.outgoing = new OutgoingFrames(settings.mostWaitingBytes());
        this.sender =
                new FrameSender(stream, settings.topic(), producer, outgoing, reports, timekeeper);
    }

    /**
     * Publishes until the camera ends and Kafka has taken everything.
     *
     * @throws CameraException if the camera fails; Kafka has taken everything before that
     * @throws InterruptedException if this thread is interrupted; what was under way had a little
     *     time to arrive
     */
    public void run() throws CameraException, InterruptedException {
        Thread sending = new Thread(sender, Thread.currentThread().getName() + "-sender");
        sending.setDaemon(true);
        sending.start();
        try {
            captureAll();
            outgoing.finish();
            sending.join();
        } catch (CameraException failure) {
            outgoing.finish();
            sending.join();
            throw failure;
        } finally {
            stop(sending);
        }
    }

    /** What has happened so far. Any thread may ask. */
    public PublisherStatistics statistics() {
        return new PublisherStatistics(
                captured.get(),
                sender.published(),
                sender.publishedBytes(),
                outgoing.pending(),
                outgoing.dropped(),
                tooLarge.get() + sender.refused(),
                sender.lastSequence(),
                sender.lastError().or(() -> lastPictureError));
    }

    private void captureAll() throws CameraException, InterruptedException {
        Optional<CapturedFrame> frame = camera.next();
        while (frame.isPresent()) {
            captured.incrementAndGet();
            long sequence = sequences.next();
            Optional<Picture> picture = fitted(frame.get().picture(), sequence);
            if (picture.isPresent()) {
                put(encoded(frame.get(), sequence, picture.get()));
            }
            frame = camera.next();
        }
    }

    private void put(OutgoingFrame frame) throws InterruptedException {
        if (camera.isLive()) {
            outgoing.putDroppingOldest(frame);
        } else {
            outgoing.putWaiting(frame);
        }
    }

    private Optional<Picture> fitted(Picture picture, long sequence) {
        String problem;
        try {
            Optional<Picture> fitted = PictureLimiter.fit(picture, settings.mostPictureBytes());
            if (fitted.isPresent()) {
                return fitted;
            }
            problem = "does not fit in any quality";
        } catch (IOException undecodable) {
            problem = "cannot be decoded to make it smaller: " + undecodable.getMessage();
        }
        String reason =
                "frame %d of %s has %d bytes, a record takes %d, and it %s"
                        .formatted(
                                sequence,
                                stream,
                                picture.bytes().length,
                                settings.mostPictureBytes(),
                                problem);
        tooLarge.incrementAndGet();
        lastPictureError = Optional.of(reason);
        reports.accept(new CameraReport.Skipped(reason));
        return Optional.empty();
    }

    private OutgoingFrame encoded(CapturedFrame captured, long sequence, Picture picture) {
        Frame frame =
                Frame.newBuilder()
                        .setStream(stream)
                        .setSequence(sequence)
                        .setCapturedAt(captured.capturedAt())
                        .setImage(ByteBuffer.wrap(picture.bytes()))
                        .setMediaType(picture.mediaType().text())
                        .build();
        return new OutgoingFrame(sequence, codec.encode(frame));
    }

    private void stop(Thread sending) throws InterruptedException {
        outgoing.finish();
        try {
            sending.join(Math.max(1, settings.drain().toMillis()));
        } finally {
            sending.interrupt();
        }
    }
}
