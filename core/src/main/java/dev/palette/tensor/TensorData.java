package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A named tensor's values as bytes: row-major (the last index runs fastest) and little-endian, as every file format here has
 * them and as the engine takes them.
 *
 * @param name the tensor's name in the file
 * @param type the elements' type
 * @param shape sizes of the dimensions, the slowest first; empty for a single number
 * @param bytes exactly the values; often a mapped region of a file
 */
public record TensorData(String name, ElementType type, List<Long> shape, ByteBuffer bytes) {
    /** Checks that type and shape account for the bytes, which are taken from the buffer's position to its limit. */
    public TensorData {
        shape = List.copyOf(shape);
        bytes = bytes.slice().asReadOnlyBuffer();
        long expected = new TensorEntry(name, type, shape).sizeInBytes();
        if (expected != bytes.remaining()) {
            throw new PaletteException("tensor '%s' of type %s and shape %s has %d bytes, expected %d"
                    .formatted(name, type, shape, bytes.remaining(), expected));
        }
    }

    /** A single-precision tensor with these values, row-major. */
    public static TensorData ofFloats(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new TensorData(
                name, ElementType.F32, Arrays.stream(shape).boxed().toList(), bytes);
    }

    /** A row of whole numbers. */
    public static TensorData ofInts(String name, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return new TensorData(name, ElementType.I32, List.of((long) values.length), bytes);
    }

    /** A row of numbers in double precision. */
    public static TensorData ofDoubles(String name, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return new TensorData(name, ElementType.F64, List.of((long) values.length), bytes);
    }

    /** A view of the values from position 0, read-only and little-endian; each call gives its own, so readers don't disturb
     * one another. */
    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The tensor without its values. */
    public TensorEntry entry() {
        return new TensorEntry(name, type, shape);
    }

    /** The same values under another name. */
    public TensorData named(String other) {
        return new TensorData(other, type, shape, bytes);
    }

    /**
     * The same values in single precision: halves widened, doubles rounded. Whole numbers and truth values stay what they are.
     */
    public TensorData toSinglePrecision() {
        ByteBuffer from = bytes();
        IntToFloat value;
        switch (type) {
            case F16 -> value = i -> HalfFloat.toFloat(from.getShort(i * Short.BYTES));
            case BF16 -> value = i -> Float.intBitsToFloat(from.getShort(i * Short.BYTES) << Short.SIZE);
            case F64 -> value = i -> (float) from.getDouble(i * Double.BYTES);
            default -> {
                return this;
            }
        }
        int size = from.remaining() / type.bytes();
        ByteBuffer wide =
                ByteBuffer.allocate(Math.multiplyExact(size, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            wide.putFloat(value.apply(i));
        }
        return new TensorData(name, ElementType.F32, shape, wide.flip());
    }

    /** The element at a position. */
    @FunctionalInterface
    private interface IntToFloat {
        float apply(int position);
    }

    /**
     * The values of a single-precision tensor, copied.
     *
     * @throws PaletteException when the tensor is of another type
     */
    public float[] toFloats() {
        if (type != ElementType.F32) {
            throw new PaletteException("tensor '%s' is %s, expected F32".formatted(name, entry().layout()));
        }
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes().asFloatBuffer().get(values);
        return values;
    }
}
