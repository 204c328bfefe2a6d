package dev.watchword.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Reads Avro's binary encoding from an array and believes no length: a text, a byte string or an
 * array is made only when the bytes for it are there.
 *
 * <p>Avro's own decoder knows such bounds too, but over a stream it leaves them out, and over an
 * array it bounds the items by the reader's schema, which refuses good records of an older writer
 * whose items are shorter.
 */
final class ByteArrayDecoder extends Decoder {
    private final ByteBuffer bytes;

    /** INVARIANT: every item of an array takes at least a byte, so all together are no more. */
    private long itemsAllowed;

    /** Reads the array from {@code start} to its end. */
    ByteArrayDecoder(byte[] value, int start) {
        bytes = ByteBuffer.wrap(value, start, value.length - start).order(ByteOrder.LITTLE_ENDIAN);
        itemsAllowed = bytes.remaining();
    }

    /** How many bytes follow. */
    int remaining() {
        return bytes.remaining();
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws MalformedAvroException {
        return require(1, "a boolean").get() == 1;
    }

    @Override
    public int readInt() throws MalformedAvroException {
        long value = readLong();
        if (value != (int) value) {
            throw malformed("the int %d does not fit into 32 bits".formatted(value));
        }
        return (int) value;
    }

    @Override
    public long readLong() throws MalformedAvroException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte part = require(1, "a number").get();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw malformed("a number is longer than ten bytes");
    }

    @Override
    public float readFloat() throws MalformedAvroException {
        return require(Float.BYTES, "a float").getFloat();
    }

    @Override
    public double readDouble() throws MalformedAvroException {
        return require(Double.BYTES, "a double").getDouble();
    }

    @Override
    public String readString() throws MalformedAvroException {
        ByteBuffer text = slice(readLength("a text"));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw malformed("a text is not UTF-8");
        }
    }

    @Override
    public Utf8 readString(Utf8 reuse) throws MalformedAvroException {
        return new Utf8(readString());
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer reuse) throws MalformedAvroException {
        ByteBuffer copy = ByteBuffer.allocate(readLength("a byte string"));
        return copy.put(slice(copy.capacity())).flip();
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws MalformedAvroException {
        require(length, "a fixed field").get(target, start, length);
    }

    @Override
    public int readEnum() throws MalformedAvroException {
        return readInt();
    }

    @Override
    public int readIndex() throws MalformedAvroException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws MalformedAvroException {
        return readItemCount();
    }

    @Override
    public long arrayNext() throws MalformedAvroException {
        return readItemCount();
    }

    @Override
    public long readMapStart() throws MalformedAvroException {
        return readItemCount();
    }

    @Override
    public long mapNext() throws MalformedAvroException {
        return readItemCount();
    }

    @Override
    public void skipString() throws MalformedAvroException {
        skip(readLength("a text"));
    }

    @Override
    public void skipBytes() throws MalformedAvroException {
        skip(readLength("a byte string"));
    }

    @Override
    public void skipFixed(int length) throws MalformedAvroException {
        require(length, "a fixed field");
        skip(length);
    }

    /** Skips the blocks that tell their size; the caller skips the items of the others. */
    @Override
    public long skipArray() throws MalformedAvroException {
        long count = readLong();
        while (count < 0) {
            skip(readLength("a block of an array"));
            count = readLong();
        }
        return allow(count);
    }

    @Override
    public long skipMap() throws MalformedAvroException {
        return skipArray();
    }

    /** The number of items of the next block; a negative one is followed by the block's size. */
    private long readItemCount() throws MalformedAvroException {
        long count = readLong();
        if (count < 0) {
            readLength("a block of an array");
            count = -count;
        }
        return allow(count);
    }

    private long allow(long items) throws MalformedAvroException {
        if (items < 0 || items > itemsAllowed) {
            throw malformed(
                    "an array claims %s items, more than there are bytes"
                            .formatted(Long.toUnsignedString(items)));
        }
        itemsAllowed -= items;
        return items;
    }

    /** A length that has been checked against the bytes that are there. */
    private int readLength(String what) throws MalformedAvroException {
        long length = readLong();
        if (length < 0 || length > bytes.remaining()) {
            throw malformed(
                    "%s claims %d bytes where %d follow"
                            .formatted(what, length, bytes.remaining()));
        }
        return (int) length;
    }

    private ByteBuffer slice(int length) {
        ByteBuffer slice = bytes.slice(bytes.position(), length);
        skip(length);
        return slice;
    }

    private void skip(int length) {
        bytes.position(bytes.position() + length);
    }

    private ByteBuffer require(int length, String what) throws MalformedAvroException {
        if (bytes.remaining() < length) {
            throw malformed("it ends within " + what);
        }
        return bytes;
    }

    private MalformedAvroException malformed(String problem) {
        return new MalformedAvroException(problem + " (at byte " + bytes.position() + ")");
    }
}
