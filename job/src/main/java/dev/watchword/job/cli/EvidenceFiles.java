package dev.watchword.job.cli;

import dev.watchword.job.camera.MediaType;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Evidence;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.UndecodableRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Writes the frames that answers name as evidence, as far as the topic of frames still has them. */
final class EvidenceFiles {
    private static final Duration POLL = Duration.ofMillis(500);

    /** A frame is looked for from so long before it was captured: clocks differ. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(10);

    /** Which frame it is. */
    private record Place(String stream, long sequence) {
        static Place of(Answer answer, Evidence evidence) {
            String stream = evidence.getStream();
            return new Place(
                    stream.isEmpty() ? answer.getStream() : stream, evidence.getSequence());
        }
    }

    private final BrokerAccess broker;
    private final Path directory;
    private final Consumer<String> notes;

    /**
     * @param directory where the pictures go; made if it is not there
     * @param notes told of each frame what became of it
     */
    EvidenceFiles(BrokerAccess broker, Path directory, Consumer<String> notes) {
        this.broker = broker;
        this.directory = directory;
        this.notes = notes;
    }

    /**
     * Writes the frames of one answer.
     *
     * @throws CommandFailedException if a file cannot be written
     */
    void write(Answer answer) throws InterruptedException {
        if (answer.getEvidence().isEmpty()) {
            notes.accept("The answer names no frame as evidence.");
            return;
        }
        Map<Place, Frame> found = find(answer);
        for (Evidence evidence : answer.getEvidence()) {
            Place place = Place.of(answer, evidence);
            Frame frame = found.get(place);
            String told =
                    frame == null
                            ? "it is no longer in the topic " + framesTopic()
                            : frame.getImageUri()
                                    .map(address -> "its picture is at " + address)
                                    .orElseGet(() -> "written to " + write(frame));
            notes.accept(
                    String.format(
                            Locale.ROOT,
                            "Frame %d of %s, captured at %s, weight %.2f: %s.",
                            place.sequence(),
                            place.stream(),
                            evidence.getCapturedAt(),
                            evidence.getWeight(),
                            Printable.line(told)));
        }
    }

    private String framesTopic() {
        return broker.settings().topics().frames();
    }

    private Path write(Frame frame) {
        byte[] picture = new byte[frame.getImage().remaining()];
        frame.getImage().duplicate().get(picture);
        String ending =
                MediaType.of(picture)
                        .map(type -> type.name().toLowerCase(Locale.ROOT))
                        .orElse("picture");
        Path file =
                directory.resolve(
                        "%s-%d.%s"
                                .formatted(
                                        frame.getStream().replaceAll("[/:]", "_"),
                                        frame.getSequence(),
                                        ending));
        try {
            Files.createDirectories(directory);
            return Files.write(file, picture);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "the frame cannot be written to %s: %s".formatted(file, e.getMessage()));
        }
    }

    private Map<Place, Frame> find(Answer answer) throws InterruptedException {
        Set<Place> named = new HashSet<>();
        answer.getEvidence().forEach(evidence -> named.add(Place.of(answer, evidence)));
        Map<Place, Frame> found = new HashMap<>();
        Collection<TopicPartition> partitions = broker.partitions(framesTopic());
        RecordCodec<Frame> codec = Codecs.frames(broker.settings());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        broker.connection()
                                .consumer(broker.settings().maxRecordSize().toIntBytes()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            seek(consumer, ends, earliest(answer));
            while (found.size() < named.size() && isBefore(consumer, ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Optional<Frame> frame = decoded(codec, record);
                    Optional<Place> place =
                            frame.map(each -> new Place(each.getStream(), each.getSequence()));
                    if (place.filter(named::contains).isPresent()) {
                        found.putIfAbsent(place.get(), frame.get());
                    }
                }
            }
        }
        return found;
    }

    private static Instant earliest(Answer answer) {
        return answer.getEvidence().stream()
                .map(Evidence::getCapturedAt)
                .min(Instant::compareTo)
                .orElseThrow()
                .minus(CLOCKS_APART);
    }

    private static void seek(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Instant earliest) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(each -> times.put(each, Math.max(0, earliest.toEpochMilli())));
        Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(times);
        ends.forEach(
                (partition, end) -> {
                    OffsetAndTimestamp begin = begins.get(partition);
                    consumer.seek(partition, begin == null ? end : begin.offset());
                });
    }

    private static boolean isBefore(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    private static Optional<Frame> decoded(
            RecordCodec<Frame> codec, ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(codec.decode(record.value()));
        } catch (UndecodableRecordException e) {
            // The job has made a dead letter of it; it is no frame that an answer could name.
            return Optional.empty();
        }
    }
}
