package dev.watchword.integration.rig;

import dev.watchword.schemas.DeadLetter;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.UndecodableRecordException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Values, good and bad ones, that were sent to one partition of a topic, by their places there.
 *
 * @param <T> what those are that can be read
 */
public final class SentRecords<T extends SpecificRecord> {
    private record Place(int partition, long offset) {}

    private final String topic;

    /** In their order; empty where the value cannot be read. */
    private final Map<Place, Optional<T>> sent = new LinkedHashMap<>();

    private SentRecords(String topic) {
        this.topic = topic;
    }

    /**
     * Sends them.
     *
     * @param key of all of them
     * @param codec reads what the job reads
     */
    public static <T extends SpecificRecord> SentRecords<T> send(
            TopicsUnderTest topics,
            String topic,
            String key,
            RecordCodec<T> codec,
            List<byte[]> values) {
        List<Future<RecordMetadata>> sending =
                values.stream().map(value -> topics.send(topic, key, value)).toList();
        SentRecords<T> records = new SentRecords<>(topic);
        for (int i = 0; i < values.size(); i++) {
            RecordMetadata place = TopicsUnderTest.sent(sending.get(i));
            records.sent.put(
                    new Place(place.partition(), place.offset()), decoded(codec, values.get(i)));
        }
        return records;
    }

    private static <T extends SpecificRecord> Optional<T> decoded(
            RecordCodec<T> codec, byte[] value) {
        try {
            return Optional.of(codec.decode(value));
        } catch (UndecodableRecordException e) {
            return Optional.empty();
        }
    }

    /** Those that can be read, in their order. */
    public List<T> readable() {
        return sent.values().stream().flatMap(Optional::stream).toList();
    }

    /** Those without a dead letter, in their order; empty for one that cannot be read. */
    public List<Optional<T>> without(List<DeadLetter> letters) {
        Map<Place, Optional<T>> left = new LinkedHashMap<>(sent);
        lettersByPlace(letters).keySet().forEach(left::remove);
        return List.copyOf(left.values());
    }

    /** How many of them have more than one dead letter. */
    public long repeated(List<DeadLetter> letters) {
        return lettersByPlace(letters).values().stream().filter(count -> count > 1).count();
    }

    private Map<Place, Integer> lettersByPlace(List<DeadLetter> letters) {
        Map<Place, Integer> counts = new HashMap<>();
        for (DeadLetter letter : letters) {
            Place place = new Place(letter.getPartition(), letter.getOffset());
            if (letter.getTopic().equals(topic) && sent.containsKey(place)) {
                counts.merge(place, 1, Integer::sum);
            }
        }
        return counts;
    }
}
