package dev.watchword.tensor;

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
}
