package dev.watchword.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Iterator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/** What Avro promises between a writer's and a reader's schema, said once more for the tests. */
final class CarriedOver {
    private CarriedOver() {}

    /** Fields of both are equal, fields of the reader alone have their defaults. */
    static void assertFields(IndexedRecord read, IndexedRecord written) {
        for (Schema.Field field : read.getSchema().getFields()) {
            Schema.Field source = written.getSchema().getField(field.name());
            Object value = read.get(field.pos());
            if (source == null) {
                Object byDefault = GenericData.get().getDefaultValue(field);
                assertThat(String.valueOf(value)).isEqualTo(String.valueOf(byDefault));
            } else {
                assertValue(field.schema(), value, written.get(source.pos()));
            }
        }
    }

    private static void assertValue(Schema schema, Object read, Object written) {
        if (written instanceof IndexedRecord record) {
            assertFields((IndexedRecord) read, record);
        } else if (written instanceof Collection<?> items) {
            assertItems(schema.getElementType(), (Collection<?>) read, items);
        } else if (schema.getType() == Schema.Type.ENUM) {
            assertSymbol(schema, read.toString(), written.toString());
        } else {
            assertThat(read).isEqualTo(written);
        }
    }

    private static void assertItems(Schema schema, Collection<?> read, Collection<?> written) {
        assertThat(read).hasSameSizeAs(written);
        Iterator<?> writtenItems = written.iterator();
        for (Object item : read) {
            assertValue(schema, item, writtenItems.next());
        }
    }

    /** A symbol that the reader does not know falls to the enum's default. */
    private static void assertSymbol(Schema schema, String read, String written) {
        boolean known = schema.getEnumSymbols().contains(written);
        assertThat(read).isEqualTo(known ? written : schema.getEnumDefault());
    }
}
