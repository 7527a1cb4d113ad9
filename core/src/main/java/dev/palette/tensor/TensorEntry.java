package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a tensor is, without its values: a line of a file's table of contents.
 *
 * @param name the tensor's name in the file
 * @param type the elements' type
 * @param shape sizes of the dimensions, the slowest first; empty for a single number
 */
public record TensorEntry(String name, ElementType type, List<Long> shape) {
    /** Checks that the sizes are not negative and that the byte count fits a long. */
    public TensorEntry {
        shape = List.copyOf(shape);
        sizeInBytes(name, type, shape);
    }

    /** The same type and shape under another name. */
    public TensorEntry named(String other) {
        return new TensorEntry(other, type, shape);
    }

    /** Number of elements. */
    public long size() {
        return sizeInBytes() / type.bytes();
    }

    /** Bytes that the values take. */
    public long sizeInBytes() {
        return sizeInBytes(name, type, shape);
    }

    /** Type and shape as messages write them: {@code F32 [768, 3072]}. */
    public String layout() {
        return type + " " + shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    private static long sizeInBytes(String name, ElementType type, List<Long> shape) {
        long size = type.bytes();
        try {
            for (long dimension : shape) {
                if (dimension < 0) {
                    throw new PaletteException(
                            "tensor '%s' has shape %s: a size cannot be negative".formatted(name, shape));
                }
                size = Math.multiplyExact(size, dimension);
            }
        } catch (ArithmeticException e) {
            throw new PaletteException(
                    "tensor '%s' has shape %s, more than any file can hold".formatted(name, shape), e);
        }
        return size;
    }
}
