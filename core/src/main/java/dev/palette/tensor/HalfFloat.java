package dev.palette.tensor;

/** IEEE 754 half precision: a sign, 5 bits of exponent, 10 of fraction. Every value has an exact single-precision one. */
final class HalfFloat {
    private static final int FRACTION_BITS = 10;
    private static final int FRACTION = (1 << FRACTION_BITS) - 1;
    private static final int EXPONENT = 0x1f;
    private static final int SINGLE_FRACTION_BITS = 23;
    private static final int SINGLE_EXPONENT = 0xff;
    private static final int BIAS_DIFFERENCE = 127 - 15;
    private static final float SMALLEST = 0x1p-24f; // the unit of numbers too small for an exponent

    private HalfFloat() {}

    static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> FRACTION_BITS) & EXPONENT;
        int fraction = half & FRACTION;
        if (exponent == 0) {
            return Float.intBitsToFloat(Float.floatToRawIntBits(fraction * SMALLEST) | sign);
        }
        int wide = exponent == EXPONENT ? SINGLE_EXPONENT : exponent + BIAS_DIFFERENCE; // infinite and NaN stay so
        return Float.intBitsToFloat(
                sign | (wide << SINGLE_FRACTION_BITS) | (fraction << (SINGLE_FRACTION_BITS - FRACTION_BITS)));
    }
}
