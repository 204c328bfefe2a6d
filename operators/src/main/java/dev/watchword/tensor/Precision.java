package dev.watchword.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The number format in which the network computes and a stream's tokens are kept. */
public enum Precision {
    FLOAT32(6, 4),
    BFLOAT16(15, 2);

    private final int scalarType;
    private final int bytes;

    Precision(int scalarType, int bytes) {
        this.scalarType = scalarType;
        this.bytes = bytes;
    }

    /** The number by which libtorch and TorchScript know the format. */
    public long scalarType() {
        return scalarType;
    }

    /** Bytes of one number. */
    public int bytes() {
        return bytes;
    }

    /** The numbers that {@link Tensor#toBytes} has given of a tensor of this format. */
    public float[] numbers(byte[] bytes) {
        float[] numbers = new float[bytes.length / this.bytes];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] =
                    this == FLOAT32
                            ? buffer.getFloat()
                            : Float.intBitsToFloat(buffer.getShort() << Short.SIZE);
        }
        return numbers;
    }
}
