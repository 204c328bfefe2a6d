package dev.watchword.fuzz;

import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.UndecodableRecordException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/** A topic's values, Avro and JSON. */
final class RecordTarget<T extends SpecificRecord> implements Target {
    static final List<Mutation> MUTATIONS = mutationsOfRecords();

    /** Avro's mark and the schema's fingerprint. */
    private static final int HEADER = 10;

    private static final int LONGEST_MESSAGE = 2_000;

    private final RecordCodec<T> codec;
    private final List<byte[]> seeds = new ArrayList<>();

    RecordTarget(Class<T> type, List<T> records) {
        this.codec = RecordCodecs.anyFormat(type, RecordFormat.AVRO);
        for (RecordFormat format : RecordFormat.values()) {
            RecordCodec<T> writer = RecordCodecs.of(type, format);
            records.forEach(record -> seeds.add(writer.encode(record)));
        }
    }

    private static List<Mutation> mutationsOfRecords() {
        List<Mutation> mutations = new ArrayList<>(TextMutations.ALL);
        mutations.add(RecordTarget::changeLength);
        mutations.add(RecordTarget::changeLength);
        return List.copyOf(mutations);
    }

    @Override
    public boolean takes(byte[] input) {
        try {
            T record = codec.decode(input);
            byte[] again = codec.encode(record);
            if (!Arrays.equals(codec.encode(codec.decode(again)), again)) {
                throw new AssertionError("What was decoded is not a whole record: " + record);
            }
            return true;
        } catch (UndecodableRecordException refusal) {
            requireFitToBeShown(refusal.getMessage());
            return false;
        }
    }

    /** It goes into a dead letter, and into an answer. */
    private static void requireFitToBeShown(String message) {
        if (message.length() > LONGEST_MESSAGE
                || message.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("Unfit to be shown: " + message);
        }
    }

    @Override
    public List<byte[]> seeds() {
        return List.copyOf(seeds);
    }

    @Override
    public List<Mutation> mutations() {
        return MUTATIONS;
    }

    @Override
    public long mostBytes() {
        return 4 << 20;
    }

    /** Puts a number as Avro writes lengths, counts and branches in place of a byte of the body. */
    private static byte[] changeLength(byte[] input, Random random) {
        if (input.length <= HEADER) {
            return input;
        }
        int at = HEADER + random.nextInt(input.length - HEADER);
        return ByteMutations.replace(input, at, at + 1, zigzag(ByteMutations.interesting(random)));
    }

    private static byte[] zigzag(long number) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long left = number << 1 ^ number >> 63;
        for (; (left & ~0x7FL) != 0; left >>>= 7) {
            bytes.write((int) (left & 0x7F | 0x80));
        }
        bytes.write((int) left);
        return bytes.toByteArray();
    }
}
