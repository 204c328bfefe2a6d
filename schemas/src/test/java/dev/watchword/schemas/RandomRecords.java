package dev.watchword.schemas;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Makes records with values of all kinds, common and extreme, from a seed. */
final class RandomRecords {
    static final List<Class<? extends SpecificRecord>> TYPES =
            List.of(Frame.class, Query.class, Answer.class, DeadLetter.class);

    private static final List<String> TEXTS =
            List.of(
                    "",
                    "door",
                    "Wer steht vor der Tür?",
                    "\"quoted\" \\ \n\t\u0001",
                    "門 \uD83D\uDE00");

    /** Without NaN: Avro's records take it to be unlike itself. */
    private static final List<Double> DOUBLES =
            List.of(0.0, -0.0, 0.1, 1e300, Double.MIN_VALUE, Double.NEGATIVE_INFINITY);

    private static final List<Long> LONGS = List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE);
    private static final Instant ABOUT_NOW = Instant.parse("2026-11-20T08:30:00Z");

    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    <T extends SpecificRecord> T next(Class<T> type) {
        SpecificData model = SpecificData.getForClass(type);
        return type.cast(record(model.getSchema(type), model));
    }

    /** A record of a schema that has no class. */
    IndexedRecord next(Schema schema, GenericData model) {
        return (IndexedRecord) record(schema, model);
    }

    private Object record(Schema schema, GenericData model) {
        IndexedRecord record = (IndexedRecord) model.newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), model));
        }
        return record;
    }

    private Object value(Schema schema, GenericData model) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, model);
            case ARRAY -> array(schema.getElementType(), model);
            case ENUM -> model.createEnum(oneOf(schema.getEnumSymbols()), schema);
            case UNION -> value(oneOf(schema.getTypes()), model);
            case NULL -> null;
            case STRING -> oneOf(TEXTS);
            case BYTES -> bytes();
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextBoolean() ? random.nextInt(100) : random.nextInt();
            case DOUBLE -> random.nextBoolean() ? random.nextDouble() : oneOf(DOUBLES);
            case LONG -> isMoment(schema, model) ? moment() : number();
            default -> throw new IllegalArgumentException("no random value of " + schema);
        };
    }

    private static boolean isMoment(Schema schema, GenericData model) {
        return model.getConversionFor(schema.getLogicalType()) != null;
    }

    private Instant moment() {
        return random.nextInt(5) == 0
                ? Instant.ofEpochMilli(random.nextLong())
                : ABOUT_NOW.plusMillis(random.nextInt());
    }

    private long number() {
        return random.nextBoolean() ? random.nextInt(10_000) : oneOf(LONGS);
    }

    private ByteBuffer bytes() {
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private List<Object> array(Schema items, GenericData model) {
        List<Object> array = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            array.add(value(items, model));
        }
        return array;
    }

    private <V> V oneOf(List<V> values) {
        return values.get(random.nextInt(values.size()));
    }
}
