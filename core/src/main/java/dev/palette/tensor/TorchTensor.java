package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A tensor as PyTorch has it: a view of a storage. Element (i, j, …) is the storage's number at offset + i·strides₀ + j·strides₁
 * + …; several tensors may view one storage, and a transposed matrix is the same numbers with swapped strides.
 *
 * @param storage what it views
 * @param offset where its first element is, counted in elements
 * @param shape sizes of the dimensions
 * @param strides distance of neighbours along each dimension, in elements
 */
record TorchTensor(TorchStorage storage, long offset, List<Long> shape, List<Long> strides) {
    static final int MOST_DIMENSIONS = 64; // PyTorch's own bound
    private static final long LARGEST_REPETITION = 1 << 24;

    TorchTensor {
        shape = List.copyOf(shape);
        strides = List.copyOf(strides);
    }

    /**
     * Name, type and shape, once the view is known to stay inside its storage.
     *
     * @throws PaletteException when it does not, or repeats few numbers so often that they would fill the memory
     */
    TensorEntry entry(String name) {
        if (strides.size() != shape.size()) {
            throw new PaletteException(
                    "tensor '%s' has shape %s and strides %s, expected as many".formatted(name, shape, strides));
        }
        TensorEntry entry = new TensorEntry(name, storage.type(), shape);
        if (offset < 0 || Collections.min(withZero(strides)) < 0 || span(name) > storage.size() - offset) {
            throw new PaletteException("tensor '%s' (%s, strides %s, offset %d) leaves its storage of %d numbers"
                    .formatted(name, entry.layout(), strides, offset, storage.size()));
        }
        if (entry.size() > storage.size() && entry.sizeInBytes() > LARGEST_REPETITION) {
            throw new PaletteException(
                    "tensor '%s' (%s) repeats the %d numbers of its storage, expected it whole; save a copy"
                            .formatted(name, entry.layout(), storage.size()));
        }
        return entry;
    }

    /** How many numbers lie between the first and the last element, both counted. */
    long span(String name) {
        if (shape.contains(0L)) {
            return 0;
        }
        long last = 0;
        try {
            for (int i = 0; i < shape.size(); i++) {
                last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, strides.get(i)));
            }
            return Math.addExact(last, 1);
        } catch (ArithmeticException e) {
            throw new PaletteException(
                    "tensor '%s' has shape %s and strides %s, more than any file can hold"
                            .formatted(name, shape, strides),
                    e);
        }
    }

    /** Whether the elements lie one after the other, the last index running fastest. */
    boolean contiguous() {
        long expected = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            if (shape.get(i) != 1 && strides.get(i) != expected) {
                return false;
            }
            expected *= shape.get(i);
        }
        return true;
    }

    /**
     * The elements, one after the other.
     *
     * @param viewed the bytes between the first and the last element
     */
    ByteBuffer gather(ByteBuffer viewed, TensorEntry entry) {
        int width = storage.type().bytes();
        ByteBuffer gathered =
                ByteBuffer.allocate(Math.toIntExact(entry.sizeInBytes())).order(ByteOrder.LITTLE_ENDIAN);
        long[] index = new long[shape.size()];
        long element = 0;
        while (gathered.hasRemaining()) {
            int at = Math.toIntExact(element * width);
            gathered.put(gathered.position(), viewed, at, width).position(gathered.position() + width);
            for (int i = index.length - 1; i >= 0; i--) {
                element += strides.get(i);
                index[i]++;
                if (index[i] < shape.get(i)) {
                    break;
                }
                element -= strides.get(i) * shape.get(i);
                index[i] = 0;
            }
        }
        return gathered.flip();
    }

    /** Strides of a tensor whose elements lie one after the other. */
    static List<Long> contiguousStrides(List<Long> shape) {
        Long[] strides = new Long[shape.size()];
        long next = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = next;
            next *= Math.max(1, shape.get(i));
        }
        return Arrays.asList(strides);
    }

    private static List<Long> withZero(List<Long> numbers) {
        List<Long> more = new ArrayList<>(numbers);
        more.add(0L);
        return more;
    }
}
