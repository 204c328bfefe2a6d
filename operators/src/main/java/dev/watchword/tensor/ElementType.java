package dev.watchword.tensor;

import ai.djl.ndarray.types.DataType;

/**
 * How the numbers of a tensor are stored. The library has no bfloat16 of its own; such bytes are
 * carried as float16, which is as wide, and named rightly inside libtorch.
 */
public enum ElementType {
    FLOAT64(7, DataType.FLOAT64, true),
    FLOAT32(6, DataType.FLOAT32, true),
    FLOAT16(5, DataType.FLOAT16, true),
    BFLOAT16(15, DataType.FLOAT16, false),
    INT64(4, DataType.INT64, true);

    private final long scalarType;
    private final DataType carrier;
    private final boolean carrierIsExact;

    ElementType(long scalarType, DataType carrier, boolean carrierIsExact) {
        this.scalarType = scalarType;
        this.carrier = carrier;
        this.carrierIsExact = carrierIsExact;
    }

    /** The element type in which a precision's numbers are stored. */
    public static ElementType of(Precision precision) {
        return precision == Precision.FLOAT32 ? FLOAT32 : BFLOAT16;
    }

    long scalarType() {
        return scalarType;
    }

    DataType carrier() {
        return carrier;
    }

    boolean carrierIsExact() {
        return carrierIsExact;
    }
}
