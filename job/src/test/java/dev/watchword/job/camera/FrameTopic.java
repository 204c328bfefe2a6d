package dev.watchword.job.camera;

import dev.watchword.job.kafka.EmbeddedBroker;
import dev.watchword.job.kafka.Records;
import dev.watchword.job.kafka.TopicLayout;
import dev.watchword.job.kafka.Topics;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.UndecodableRecordException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A topic of frames on a test's broker. */
record FrameTopic(EmbeddedBroker broker, String name) {

    static FrameTopic create(EmbeddedBroker broker, String name, int maxMessageBytes)
            throws InterruptedException {
        Topics topics = new Topics(name, name + ".queries", name + ".answers", name + ".dead");
        try (Admin admin = Admin.create(broker.connection().admin())) {
            topics.createMissing(
                    admin, new TopicLayout(1, (short) 1, maxMessageBytes), Timekeeper.system());
        }
        return new FrameTopic(broker, name);
    }

    /** All frames, each of which has its stream as its key. */
    List<Frame> frames() throws UndecodableRecordException {
        RecordCodec<Frame> codec = RecordCodecs.of(Frame.class, RecordFormat.AVRO);
        List<Frame> frames = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : Records.read(broker.connection(), name)) {
            Frame frame = codec.decode(record.value());
            if (!frame.getStream().equals(record.key())) {
                throw new AssertionError(record.key() + " is the key of " + frame.getStream());
            }
            frames.add(frame);
        }
        return frames;
    }

    List<Long> sequences() throws UndecodableRecordException {
        return frames().stream().map(Frame::getSequence).toList();
    }

    static byte[] imageOf(Frame frame) {
        byte[] bytes = new byte[frame.getImage().remaining()];
        frame.getImage().duplicate().get(bytes);
        return bytes;
    }
}
