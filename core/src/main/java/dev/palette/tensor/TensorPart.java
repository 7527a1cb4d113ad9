package dev.palette.tensor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some of a stored tensor's rows under a name of their own.
 *
 * @param source the tensor as it is stored
 * @param name what these rows are called here
 * @param first the first row
 * @param rows how many; of a tensor without axes, none is counted
 */
record TensorPart(TensorEntry source, String name, long first, long rows) {
    /** All of a tensor. */
    static TensorPart whole(TensorEntry source, String name) {
        return from(source, name, 0);
    }

    /** A tensor but for its first rows. */
    static TensorPart from(TensorEntry source, String name, long first) {
        return new TensorPart(
                source,
                name,
                first,
                source.shape().isEmpty() ? 0 : source.shape().get(0) - first);
    }

    /** A tensor's rows in as many equal parts as there are names; the last takes what does not divide. */
    static List<TensorPart> inEqualParts(TensorEntry source, List<String> names) {
        long each = source.shape().isEmpty() ? 0 : source.shape().get(0) / names.size();
        int last = names.size() - 1;
        return IntStream.range(0, names.size())
                .mapToObj(i -> i == last
                        ? from(source, names.get(i), i * each)
                        : new TensorPart(source, names.get(i), i * each, each))
                .toList();
    }

    boolean isWhole() {
        return source.shape().isEmpty() || rows == source.shape().get(0);
    }

    /** Type and shape of these rows. */
    TensorEntry entry() {
        List<Long> shape = new ArrayList<>(source.shape());
        if (!shape.isEmpty()) {
            shape.set(0, rows);
        }
        return new TensorEntry(name, source.type(), shape);
    }

    /** These rows of the tensor's values. */
    TensorData of(TensorData all) {
        if (isWhole()) {
            return all.named(name);
        }
        ByteBuffer bytes = all.bytes();
        int width = Math.toIntExact(bytes.remaining() / source.shape().get(0));
        ByteBuffer kept = bytes.slice(Math.toIntExact(first * width), Math.toIntExact(rows * width))
                .order(bytes.order());
        return new TensorData(name, all.type(), entry().shape(), kept);
    }

    /** One tensor of the rows of several, in their order. */
    static TensorData joined(String name, List<TensorData> parts) {
        if (parts.size() == 1) {
            return parts.get(0).named(name);
        }
        int size = parts.stream().mapToInt(part -> part.bytes().remaining()).reduce(0, Math::addExact);
        ByteBuffer bytes = ByteBuffer.allocate(size);
        parts.forEach(part -> bytes.put(part.bytes()));
        TensorData first = parts.get(0);
        List<Long> shape = new ArrayList<>(first.shape());
        shape.set(0, parts.stream().mapToLong(part -> part.shape().get(0)).sum());
        return new TensorData(name, first.type(), shape, bytes.flip());
    }
}
