package dev.watchword.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged values give a record or a refusal, nothing else, and cost little memory. */
class MutatedRecordTest {
    private static final int MUTATIONS = 5_000;

    /** The values are shorter than 2 KiB; a length that is believed would cost far more than this. */
    private static final long MOST_BYTES = 512 << 10;

    private static final List<byte[]> FRAGMENTS =
            List.of(
                    new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F},
                    new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x40},
                    new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x01},
                    "null".getBytes(),
                    "\"".getBytes(),
                    "[[[[[[[[".getBytes(),
                    "{\"a\":{".getBytes(),
                    "-9e999".getBytes(),
                    "\\ud800".getBytes());

    static Stream<Arguments> typesAndFormats() {
        return RecordRoundTripTest.typesAndFormats();
    }

    @ParameterizedTest
    @MethodSource("typesAndFormats")
    <T extends SpecificRecord> void giveARecordOrARefusal(Class<T> type, RecordFormat format) {
        RecordCodec<T> codec = RecordCodecs.anyFormat(type, format);
        RandomRecords records = new RandomRecords(11);
        Random random = new Random(12);
        int refused = 0;
        for (int count = 0; count < MUTATIONS; count++) {
            byte[] value = mutate(codec.encode(records.next(type)), random);
            if (!isDecoded(codec, value)) {
                refused++;
            }
        }
        assertThat(refused).as("of both kinds there are many").isBetween(500, MUTATIONS - 200);
    }

    private static <T extends SpecificRecord> boolean isDecoded(
            RecordCodec<T> codec, byte[] value) {
        long before = allocatedBytes();
        try {
            T record = codec.decode(value);
            assertThat(codec.encode(codec.decode(codec.encode(record))))
                    .as("what is decoded is a whole record")
                    .isEqualTo(codec.encode(record));
            return true;
        } catch (UndecodableRecordException e) {
            assertThat(e).hasMessageStartingWith("not a readable ");
            return false;
        } finally {
            assertThat(allocatedBytes() - before).isLessThan(MOST_BYTES);
        }
    }

    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    /** One to three damages, behind Avro's header as a rule so that the body is reached. */
    private static byte[] mutate(byte[] value, Random random) {
        byte[] mutated = value;
        for (int damages = 1 + random.nextInt(3); damages > 0; damages--) {
            int from = random.nextInt(20) == 0 ? 0 : Math.min(10, mutated.length - 1);
            int at = from + random.nextInt(Math.max(1, mutated.length - from));
            mutated =
                    switch (random.nextInt(5)) {
                        case 0 -> withByte(mutated, at, (byte) random.nextInt());
                        case 1 ->
                                withByte(
                                        mutated, at, (byte) (mutated[at] ^ 1 << random.nextInt(8)));
                        case 2 -> replace(mutated, at, at + 1, new byte[0]);
                        case 3 -> replace(mutated, at, at, oneOf(FRAGMENTS, random));
                        default -> random.nextInt(4) == 0 ? Arrays.copyOf(mutated, at) : mutated;
                    };
            if (mutated.length == 0) {
                return mutated;
            }
        }
        return mutated;
    }

    private static byte[] withByte(byte[] value, int at, byte replacement) {
        byte[] copy = value.clone();
        copy[at] = replacement;
        return copy;
    }

    private static byte[] replace(byte[] value, int from, int to, byte[] replacement) {
        byte[] copy = Arrays.copyOf(value, value.length - (to - from) + replacement.length);
        System.arraycopy(replacement, 0, copy, from, replacement.length);
        System.arraycopy(value, to, copy, from + replacement.length, value.length - to);
        return copy;
    }

    private static <V> V oneOf(List<V> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
