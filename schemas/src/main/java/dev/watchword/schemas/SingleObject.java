package dev.watchword.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The header of Avro's single-object encoding: the marker C3 01 and the writer schema's 64-bit
 * fingerprint, little-endian. The fingerprint is of the schema's parsing canonical form, which
 * leaves out documentation, defaults and Java's own properties.
 */
final class SingleObject {
    static final int HEADER_LENGTH = 10;
    private static final byte FIRST = (byte) 0xC3;
    private static final byte SECOND = 0x01;

    private SingleObject() {}

    /** Whether the value begins with the marker; no JSON text in UTF-8 does. */
    static boolean isMarked(byte[] value) {
        return value.length >= 2 && value[0] == FIRST && value[1] == SECOND;
    }

    /** The header of records written with the schema. */
    static byte[] header(Schema schema) {
        return ByteBuffer.allocate(HEADER_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(FIRST)
                .put(SECOND)
                .putLong(fingerprint(schema))
                .array();
    }

    static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    /** The fingerprint in a value that holds a whole header. */
    static long fingerprint(byte[] value) {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    }

    /** The fingerprint as the hexadecimal digits of its bytes, in the order of the header. */
    static String show(long fingerprint) {
        return HexFormat.of().toHexDigits(Long.reverseBytes(fingerprint));
    }
}
