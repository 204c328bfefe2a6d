package dev.watchword.model.untrained;

/** Rounds floats to 16-bit types, to the nearest, halves to even. */
final class SixteenBits {
    private static final int FLOAT_MANTISSA_BITS = 23;
    private static final int FLOAT16_MANTISSA_BITS = 10;
    private static final int DROPPED_BITS = FLOAT_MANTISSA_BITS - FLOAT16_MANTISSA_BITS;
    private static final int FLOAT16_INFINITY = 0x7C00;

    private SixteenBits() {}

    /** Returns the bits of a finite value as bfloat16. */
    static short bfloat16(float value) {
        return (short) roundedShift(Float.floatToRawIntBits(value), 16);
    }

    /** Returns the bits of a finite value as float16; too large a value becomes infinite. */
    static short float16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        int magnitude = bits & 0x7FFFFFFF;
        int exponent = (magnitude >>> FLOAT_MANTISSA_BITS) - 127;
        if (exponent > 15) {
            return (short) (sign | FLOAT16_INFINITY);
        }
        if (exponent >= -14) {
            int rebiased = magnitude - (112 << FLOAT_MANTISSA_BITS);
            return (short) (sign | roundedShift(rebiased, DROPPED_BITS));
        }
        if (exponent < -25) {
            return (short) sign;
        }
        // Below the smallest normal number the leading one is written out.
        int mantissa = magnitude & 0x7FFFFF | 0x800000;
        return (short) (sign | roundedShift(mantissa, DROPPED_BITS - 14 - exponent));
    }

    private static int roundedShift(int bits, int shift) {
        int half = (1 << shift - 1) - 1 + (bits >>> shift & 1);
        return bits + half >>> shift;
    }
}
