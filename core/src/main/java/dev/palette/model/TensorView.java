package dev.palette.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.palette.tensor.ElementType;
import dev.palette.tensor.TensorData;
import java.util.Arrays;

/** The way between float32 tensors in memory and on disk. */
public final class TensorView {
    private TensorView() {}

    /**
     * The tensor's values: of one in main memory without a copy, valid until the tensor changes or is closed; of one on a GPU, a copy
     * in main memory, valid until the scope closes.
     *
     * @param scope what the copy belongs to
     */
    public static TensorData of(String name, NDArray tensor, NDManager scope) {
        NDArray host = tensor.toDevice(Device.cpu(), false);
        if (host != tensor) {
            host.attach(scope);
        }
        return new TensorData(
                name,
                ElementType.F32,
                Arrays.stream(tensor.getShape().getShape()).boxed().toList(),
                host.toByteBuffer(true));
    }

    /** The values as a tensor of its own in the given scope. */
    public static NDArray copy(TensorData values, NDManager scope) {
        try (NDArray view = view(values, scope)) {
            return view.duplicate();
        }
    }

    /** The values as they lie on disk, mapped; to be read only, for writing to a mapping ends the process. */
    static NDArray view(TensorData values, NDManager scope) {
        Shape shape =
                new Shape(values.shape().stream().mapToLong(Long::longValue).toArray());
        return scope.create(values.bytes(), shape, DataType.FLOAT32);
    }
}
