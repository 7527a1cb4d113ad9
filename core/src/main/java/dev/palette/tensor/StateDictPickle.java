package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the pickle of a state dictionary as {@code torch.save} does: an OrderedDict of names to tensors, each a view of a whole
 * storage. Protocol 2, and no instruction that {@code torch.load(…, weights_only=True)} doesn't know.
 */
final class StateDictPickle {
    private static final int PROTOCOL = 2;
    private static final int REBUILD = 0; // its place in the memo

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean rebuildKnown;

    /** Begins the dictionary. */
    StateDictPickle() {
        write(0x80, PROTOCOL);
        emptyOrderedDict();
        write('(');
    }

    /**
     * Adds a tensor.
     *
     * @param storage the key of the storage whose numbers it is, all of them in order
     * @throws PaletteException when PyTorch has no such element type
     */
    void add(TensorEntry tensor, String storage) {
        TorchGlobal type = TorchGlobal.storageOf(tensor.type())
                .orElseThrow(
                        () -> new PaletteException("tensor '%s' is %s, which PyTorch has no storage for; leave it out"
                                .formatted(tensor.name(), tensor.layout())));
        string(tensor.name());
        rebuild();
        write('(', '(');
        string("storage");
        global(type);
        string(storage);
        string("cpu");
        number(tensor.size());
        write('t', 'Q');
        number(0); // where the tensor begins
        tuple(tensor.shape());
        tuple(TorchTensor.contiguousStrides(tensor.shape()));
        write(0x89); // takes no gradient
        emptyOrderedDict(); // has no hooks
        write('t', 'R');
    }

    /** Ends the dictionary and gives all bytes. */
    byte[] finish() {
        write('u', '.');
        return out.toByteArray();
    }

    /** The function that makes a tensor: named once, recalled for every other. */
    private void rebuild() {
        if (rebuildKnown) {
            write('h', REBUILD);
        } else {
            global(TorchGlobal.REBUILD_TENSOR);
            write('q', REBUILD);
            rebuildKnown = true;
        }
    }

    private void emptyOrderedDict() {
        global(TorchGlobal.ORDERED_DICT);
        write(')', 'R');
    }

    private void tuple(List<Long> numbers) {
        write('(');
        numbers.forEach(this::number);
        write('t');
    }

    private void number(long value) {
        if (value <= Integer.MAX_VALUE) {
            write('J');
            out.writeBytes(little(Integer.BYTES).putInt((int) value).array());
        } else {
            write(0x8a, Long.BYTES);
            out.writeBytes(little(Long.BYTES).putLong(value).array());
        }
    }

    private void string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write('X');
        out.writeBytes(little(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }

    private void global(TorchGlobal global) {
        out.writeBytes("c%s\n%s\n".formatted(global.module(), global.member()).getBytes(StandardCharsets.US_ASCII));
    }

    private void write(int... opcodes) {
        for (int opcode : opcodes) {
            out.write(opcode);
        }
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
