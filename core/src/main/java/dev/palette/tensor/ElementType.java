package dev.palette.tensor;

/** The types of a tensor's elements, named as safetensors names them; all little-endian. */
public enum ElementType {
    /** One byte, 0 or 1. */
    BOOL(1),
    /** Unsigned 8-bit integer. */
    U8(1),
    /** Signed 8-bit integer. */
    I8(1),
    /** Unsigned 16-bit integer. */
    U16(2),
    /** Signed 16-bit integer. */
    I16(2),
    /** IEEE 754 half precision. */
    F16(2),
    /** The upper half of an F32: 8 bits of exponent, 7 of fraction. */
    BF16(2),
    /** Unsigned 32-bit integer. */
    U32(4),
    /** Signed 32-bit integer. */
    I32(4),
    /** IEEE 754 single precision. */
    F32(4),
    /** Unsigned 64-bit integer. */
    U64(8),
    /** Signed 64-bit integer. */
    I64(8),
    /** IEEE 754 double precision. */
    F64(8);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes an element takes. */
    public int bytes() {
        return bytes;
    }

    /** The type that weights of this one are computed in: single precision for what is a fraction, itself for what counts. */
    public ElementType inSinglePrecision() {
        return this == F16 || this == BF16 || this == F64 ? F32 : this;
    }
}
