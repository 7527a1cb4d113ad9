package dev.palette.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles instruction by instruction, and the files that torch.save would put them in. */
final class TestPickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static TestPickle begin() {
        return new TestPickle().op(0x80, 2);
    }

    TestPickle op(int... bytes) {
        for (int one : bytes) {
            out.write(one);
        }
        return this;
    }

    TestPickle string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return op('X').raw(little(Integer.BYTES).putInt(bytes.length).array()).raw(bytes);
    }

    TestPickle number(long value) {
        return op(0x8a, 8).raw(little(Long.BYTES).putLong(value).array());
    }

    TestPickle global(String module, String member) {
        return raw("c%s\n%s\n".formatted(module, member).getBytes(StandardCharsets.UTF_8));
    }

    TestPickle raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** A tensor of the storage '0' that has {@code numbers} single-precision numbers. */
    TestPickle tensor(long numbers, long offset, long[] shape, long[] strides) {
        global("torch._utils", "_rebuild_tensor_v2")
                .op('(', '(')
                .string("storage")
                .global("torch", "FloatStorage");
        string("0")
                .string("cpu")
                .number(numbers)
                .op('t', 'Q')
                .number(offset)
                .tuple(shape)
                .tuple(strides);
        return op(0x89).global("collections", "OrderedDict").op(')', 'R', 't', 'R');
    }

    byte[] end() {
        return op('.').out.toByteArray();
    }

    private TestPickle tuple(long[] numbers) {
        op('(');
        for (long number : numbers) {
            number(number);
        }
        return op('t');
    }

    /** The older form around a pickle, without storages. */
    static byte[] legacy(byte[] pickle) {
        return new TestPickle()
                .op(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, '.')
                .op(0x80, 2, 'M', 0xe9, 0x03, '.')
                .op(0x80, 2, '}')
                .string("little_endian")
                .op(0x88, 's', '.')
                .raw(pickle)
                .op(0x80, 2, ']', '.')
                .out
                .toByteArray();
    }

    /** An archive around a pickle, with the storage '0' of these bytes. */
    static Path archive(Path file, byte[] pickle, byte[] storage) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            store(zip, "a/data.pkl", pickle);
            store(zip, "a/data/0", storage);
        }
        return file;
    }

    static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
