package dev.palette.task;

import dev.palette.spec.PaletteException;
import dev.palette.tensor.ElementType;
import dev.palette.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that a dataset consists of, as it is kept on disk: arrays of numbers by name.
 *
 * @param tensors the arrays, each of one dimension
 * @param remarks {@link Dataset#remarks}
 */
public record DatasetArrays(Map<String, TensorData> tensors, List<String> remarks) {
    /** Copies map and list. */
    public DatasetArrays {
        tensors = Map.copyOf(tensors);
        remarks = List.copyOf(remarks);
    }

    /** Arrays by their own names. */
    public static DatasetArrays of(List<TensorData> tensors, List<String> remarks) {
        return new DatasetArrays(
                tensors.stream().collect(Collectors.toMap(TensorData::name, Function.identity())), remarks);
    }

    /** Whole numbers as an array to keep. */
    public static TensorData tensor(String name, IntBuffer values) {
        int[] copy = new int[values.limit()];
        values.get(0, copy);
        return TensorData.ofInts(name, copy);
    }

    /**
     * An array of whole numbers, not copied.
     *
     * @throws PaletteException when there is none of that name and type
     */
    public IntBuffer ints(String name) {
        return bytes(name, ElementType.I32).asIntBuffer();
    }

    /**
     * An array of whole numbers, copied.
     *
     * @throws PaletteException when there is none of that name and type
     */
    public int[] copy(String name) {
        IntBuffer values = ints(name);
        int[] copy = new int[values.limit()];
        values.get(copy);
        return copy;
    }

    /**
     * An array of whole numbers, copied.
     *
     * @throws PaletteException when there is none of that name, type and size
     */
    public int[] copy(String name, int size) {
        requireSize(name, ints(name).limit(), size);
        return copy(name);
    }

    /**
     * An array of numbers in double precision, copied.
     *
     * @throws PaletteException when there is none of that name, type and size
     */
    public double[] doubles(String name, int size) {
        var values = bytes(name, ElementType.F64).asDoubleBuffer();
        requireSize(name, values.limit(), size);
        double[] copy = new double[size];
        values.get(copy);
        return copy;
    }

    private ByteBuffer bytes(String name, ElementType type) {
        TensorData tensor = tensor(name);
        if (tensor.type() != type) {
            throw new PaletteException("array '%s' is of %s, expected %s".formatted(name, tensor.type(), type));
        }
        return tensor.bytes();
    }

    /**
     * An array.
     *
     * @throws PaletteException when there is none of that name
     */
    TensorData tensor(String name) {
        TensorData tensor = tensors.get(name);
        if (tensor == null) {
            throw new PaletteException(
                    "there is no array '%s' among %s".formatted(name, new TreeMap<>(tensors).keySet()));
        }
        return tensor;
    }

    private static void requireSize(String name, int found, int expected) {
        if (found != expected) {
            throw new PaletteException("array '%s' has %d numbers, expected %d".formatted(name, found, expected));
        }
    }
}
