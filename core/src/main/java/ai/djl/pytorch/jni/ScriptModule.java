package ai.djl.pytorch.jni;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;

/**
 * The door to TorchScript methods. DJL keeps {@link PyTorchLibrary} to its own package, and its public way of running a module
 * allows one method and no gradient; so this one class lives here. Only {@code dev.palette.kernel} uses it.
 */
public final class ScriptModule implements AutoCloseable {
    private final long handle;

    /** Loads a TorchScript archive onto a device. */
    public ScriptModule(byte[] archive, Device device) {
        try {
            handle = JniUtils.loadModuleHandle(new ByteArrayInputStream(archive), device, true, false);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a TorchScript archive from memory", e);
        }
    }

    /**
     * Runs a method.
     *
     * @param gradient whether autograd records it
     * @param arguments NDArrays, collections of NDArrays, long arrays, integers, doubles or booleans, in the method's order
     * @return the result, to be closed by the caller
     */
    public IValue run(String method, boolean gradient, Object... arguments) {
        IValue[] values = new IValue[arguments.length];
        try {
            long[] handles = new long[arguments.length];
            for (int i = 0; i < arguments.length; i++) {
                values[i] = toValue(arguments[i]);
                handles[i] = values[i].getHandle();
            }
            return new IValue(PyTorchLibrary.LIB.moduleRunMethod(handle, method, handles, gradient, false));
        } finally {
            for (IValue value : values) {
                if (value != null) {
                    value.close();
                }
            }
        }
    }

    /** Runs a method whose result is one tensor, which is attached to the given manager. */
    public NDArray tensor(PtNDManager manager, String method, boolean gradient, Object... arguments) {
        try (IValue result = run(method, gradient, arguments)) {
            return result.toTensor(manager);
        }
    }

    private static IValue toValue(Object argument) {
        if (argument instanceof PtNDArray array) {
            return IValue.from(array);
        }
        if (argument instanceof Collection<?> list) {
            return IValue.listFrom(list.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
        }
        if (argument instanceof long[] numbers) {
            return IValue.listFrom(numbers);
        }
        if (argument instanceof Integer || argument instanceof Long) {
            return IValue.from(((Number) argument).longValue());
        }
        if (argument instanceof Double number) {
            return IValue.from(number.doubleValue());
        }
        if (argument instanceof Boolean flag) {
            return IValue.from(flag.booleanValue());
        }
        throw new IllegalArgumentException("no TorchScript value for " + argument.getClass());
    }

    @Override
    public void close() {
        JniUtils.deleteModule(handle);
    }
}
