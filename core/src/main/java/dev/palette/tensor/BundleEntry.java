package dev.palette.tensor;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * TensorFlow's {@code BundleEntryProto}: a tensor's type, shape and place.
 *
 * @param dataType TensorFlow's number of the element type ({@code types.proto})
 * @param shape sizes of the dimensions
 * @param shard which data file
 * @param offset first byte in it
 * @param size bytes
 * @param checksum masked CRC-32C of them
 * @param sliced whether the tensor is only a list of slices that stand elsewhere
 * @see <a href="https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/protobuf/tensor_bundle.proto">
 *     tensor_bundle.proto</a>
 */
record BundleEntry(int dataType, List<Long> shape, int shard, long offset, long size, int checksum, boolean sliced) {
    // Tags: the field's number << 3 | how it is written (0 varint, 2 bytes with their length, 5 four bytes).
    private static final int DTYPE = 1 << 3;
    private static final int SHAPE = 2 << 3 | 2;
    private static final int SHARD_ID = 3 << 3;
    private static final int OFFSET = 4 << 3;
    private static final int SIZE = 5 << 3;
    private static final int CRC32C = 6 << 3 | 5;
    private static final int SLICES = 7 << 3 | 2;
    private static final int SHAPE_DIM = 2 << 3 | 2;
    private static final int DIM_SIZE = 1 << 3;

    private static final Map<Integer, ElementType> TYPES = Map.ofEntries(
            Map.entry(1, ElementType.F32),
            Map.entry(2, ElementType.F64),
            Map.entry(3, ElementType.I32),
            Map.entry(4, ElementType.U8),
            Map.entry(5, ElementType.I16),
            Map.entry(6, ElementType.I8),
            Map.entry(9, ElementType.I64),
            Map.entry(10, ElementType.BOOL),
            Map.entry(14, ElementType.BF16),
            Map.entry(17, ElementType.U16),
            Map.entry(19, ElementType.F16),
            Map.entry(22, ElementType.U32),
            Map.entry(23, ElementType.U64));

    /** The element type; empty for strings and other things that are no plain numbers. */
    Optional<ElementType> type() {
        return Optional.ofNullable(TYPES.get(dataType));
    }

    static BundleEntry parse(byte[] message) throws IOException {
        int dataType = 0;
        List<Long> shape = List.of();
        int shard = 0;
        long offset = 0;
        long size = 0;
        int checksum = 0;
        boolean sliced = false;
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case DTYPE -> dataType = in.readEnum();
                case SHAPE -> shape = parseShape(in.readByteArray());
                case SHARD_ID -> shard = in.readInt32();
                case OFFSET -> offset = in.readInt64();
                case SIZE -> size = in.readInt64();
                case CRC32C -> checksum = in.readFixed32();
                case SLICES -> {
                    sliced = true;
                    in.skipField(tag);
                }
                default -> in.skipField(tag);
            }
        }
        return new BundleEntry(dataType, shape, shard, offset, size, checksum, sliced);
    }

    private static List<Long> parseShape(byte[] message) throws IOException {
        List<Long> shape = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == SHAPE_DIM) {
                shape.add(parseDimension(in.readByteArray()));
            } else {
                in.skipField(tag);
            }
        }
        return shape;
    }

    private static long parseDimension(byte[] message) throws IOException {
        long size = 0;
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == DIM_SIZE) {
                size = in.readInt64();
            } else {
                in.skipField(tag);
            }
        }
        return size;
    }
}
