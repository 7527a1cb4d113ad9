package dev.palette.tensor;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names of Python that a file of tensors may mention, and what stands for their call here. A pickle may name any function
 * and have it called; this list is all that is known, so nothing else can happen.
 */
enum TorchGlobal {
    ORDERED_DICT("collections", "OrderedDict", null),
    REBUILD_TENSOR("torch._utils", "_rebuild_tensor_v2", null),
    REBUILD_PARAMETER("torch._utils", "_rebuild_parameter", null),
    FLOAT("torch", "FloatStorage", ElementType.F32),
    DOUBLE("torch", "DoubleStorage", ElementType.F64),
    HALF("torch", "HalfStorage", ElementType.F16),
    BFLOAT16("torch", "BFloat16Storage", ElementType.BF16),
    LONG("torch", "LongStorage", ElementType.I64),
    INT("torch", "IntStorage", ElementType.I32),
    SHORT("torch", "ShortStorage", ElementType.I16),
    CHAR("torch", "CharStorage", ElementType.I8),
    BYTE("torch", "ByteStorage", ElementType.U8),
    BOOL("torch", "BoolStorage", ElementType.BOOL);

    private final String module;
    private final String member;
    private final @Nullable ElementType storage;

    TorchGlobal(String module, String member, @Nullable ElementType storage) {
        this.module = module;
        this.member = member;
        this.storage = storage;
    }

    static Optional<TorchGlobal> named(String module, String member) {
        return Arrays.stream(values())
                .filter(known -> known.module.equals(module) && known.member.equals(member))
                .findFirst();
    }

    /** The storage class of an element type; empty where PyTorch has none. */
    static Optional<TorchGlobal> storageOf(ElementType type) {
        return Arrays.stream(values()).filter(known -> known.storage == type).findFirst();
    }

    String module() {
        return module;
    }

    String member() {
        return member;
    }

    /** The element type of a storage class; null for what is none. */
    @Nullable
    ElementType storage() {
        return storage;
    }

    @Override
    public String toString() {
        return module + "." + member;
    }

    /** The result of a call. */
    Object call(List<?> arguments, PickleStream in) {
        return switch (this) {
            case ORDERED_DICT -> orderedDict(arguments, in);
            case REBUILD_TENSOR -> tensor(arguments, in);
            case REBUILD_PARAMETER -> parameter(arguments, in);
            default -> throw in.refused("a call of " + this);
        };
    }

    /** Empty, as Python 3 writes it, or of a list of pairs, as Python 2 did. */
    private static Map<Object, Object> orderedDict(List<?> arguments, PickleStream in) {
        Map<Object, Object> made = new LinkedHashMap<>();
        if (arguments.isEmpty()) {
            return made;
        }
        if (arguments.size() != 1 || !(arguments.get(0) instanceof List<?> pairs)) {
            throw in.damaged("an OrderedDict in it is not made of pairs");
        }
        in.count(pairs.size());
        for (Object pair : pairs) {
            if (!(pair instanceof List<?> two) || two.size() != 2) {
                throw in.damaged("an OrderedDict in it is not made of pairs");
            }
            made.put(Unpickler.key(two.get(0), in), two.get(1));
        }
        return made;
    }

    /** (storage, offset, shape, strides, whether it takes a gradient, hooks). */
    private static TorchTensor tensor(List<?> arguments, PickleStream in) {
        if (arguments.size() < 6
                || !(arguments.get(0) instanceof TorchStorage storage)
                || !(arguments.get(1) instanceof Long offset)) {
            throw in.damaged("a tensor in it is not made of a storage and its place there");
        }
        return new TorchTensor(storage, offset, sizes(arguments.get(2), in), sizes(arguments.get(3), in));
    }

    private static TorchTensor parameter(List<?> arguments, PickleStream in) {
        if (arguments.isEmpty() || !(arguments.get(0) instanceof TorchTensor tensor)) {
            throw in.damaged("a parameter in it is not made of a tensor");
        }
        return tensor;
    }

    private static List<Long> sizes(Object tuple, PickleStream in) {
        if (!(tuple instanceof List<?> sizes)
                || sizes.size() > TorchTensor.MOST_DIMENSIONS
                || !sizes.stream().allMatch(Long.class::isInstance)) {
            throw in.damaged("a tensor's shape or strides in it are not a few whole numbers");
        }
        return sizes.stream().map(Long.class::cast).toList();
    }
}
