package dev.palette.tensor;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileZipTest {
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final byte[] PICKLE = TestPickle.begin()
            .op('}')
            .string("w")
            .tensor(4, 0, new long[] {4}, new long[] {1})
            .op('s')
            .end();

    @TempDir
    Path folder;

    private interface Change {
        void in(ByteBuffer bytes);
    }

    @Test
    void aCompressedEntryIsRefusedForItMayGrowWithoutBound() throws IOException {
        Path file = folder.resolve("f.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a/data.pkl"));
            zip.write(new byte[1 << 20]);
        }
        refused(file, "entry 'a/data.pkl' is compressed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../data/0", "/data/0", "a/../../b", "a\\b"})
    void aNameThatIsAPathOutOfTheArchiveIsRefused(String name) throws IOException {
        Path file = folder.resolve("f.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            TestPickle.store(zip, name, new byte[1]);
        }
        refused(file, "which is no place in an archive");
    }

    @Test
    void twoEntriesOverTheSameBytesAreRefused() throws IOException {
        refusedWith(
                bytes -> {
                    int second = nth(bytes, CENTRAL, 1);
                    int first = nth(bytes, LOCAL, 0);
                    bytes.putInt(second + 42, first); // both headers point at the first
                    bytes.putInt(second + 20, bytes.getInt(nth(bytes, CENTRAL, 0) + 20));
                    bytes.putInt(second + 24, bytes.getInt(nth(bytes, CENTRAL, 0) + 24));
                },
                "says one thing of itself where it lies");
        refusedWith(
                bytes -> {
                    int size = bytes.getInt(nth(bytes, CENTRAL, 0) + 24) + 40; // the first reaches into the second
                    bytes.putInt(nth(bytes, CENTRAL, 0) + 20, size).putInt(nth(bytes, CENTRAL, 0) + 24, size);
                    bytes.putInt(nth(bytes, LOCAL, 0) + 18, size).putInt(nth(bytes, LOCAL, 0) + 22, size);
                },
                "entries 'a/data.pkl' and 'a/data/0' overlap");
    }

    @Test
    void sizesAndPlacesBeyondTheFileAreRefused() throws IOException {
        refusedWith(bytes -> sizes(bytes, 0x7fffffff), "does not lie between");
        refusedWith(bytes -> sizes(bytes, 0xffffffff), "does not lie between");
        refusedWith(bytes -> bytes.putInt(nth(bytes, CENTRAL, 1) + 42, 0x7fffffff), "is said to be at byte 2147483647");
        refusedWith(bytes -> bytes.putInt(nth(bytes, CENTRAL, 1) + 42, -1), "is said to be at byte 4294967295");
        refusedWith(bytes -> bytes.putInt(bytes.limit() - 6, 0x7fffffff), "table of contents is said to be at byte");
        refusedWith(bytes -> bytes.putInt(bytes.limit() - 10, 0x7fffffff), "table of contents is said to be at byte");
        refusedWith(bytes -> bytes.putInt(bytes.limit() - 6, -1), "the record that a large archive needs");
        refusedWith(bytes -> bytes.putShort(nth(bytes, CENTRAL, 1) + 28, (short) -1), "leaves it");
        refusedWith(bytes -> bytes.putShort(nth(bytes, LOCAL, 1) + 28, (short) -1), "does not lie between");
    }

    @Test
    void aSizeThatDiffersFromThePicklesIsRefused() throws IOException {
        Path file = TestPickle.archive(folder.resolve("f.pt"), PICKLE, new byte[15]);
        refused(file, "the storage '0' of tensor 'w' has 15 bytes, expected 4 numbers of type F32");
    }

    @Test
    void damagedNumbersNameTheTensor() throws IOException {
        byte[] bytes = archive();
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes[nth(view, LOCAL, 1) + 30 + "a/data/0".length()] ^= 1;
        Path file = Files.write(folder.resolve("f.pt"), bytes);
        try (TensorFile opened = TensorFile.open(file)) {
            assertThatThrownBy(() -> opened.tensor("w")).hasMessageContaining("the checksum of tensor 'w' is wrong");
        }
    }

    @Test
    void aBigEndianArchiveIsRefused() throws IOException {
        Path file = folder.resolve("f.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            TestPickle.store(zip, "a/data.pkl", PICKLE);
            TestPickle.store(zip, "a/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
            TestPickle.store(zip, "a/data/0", new byte[16]);
        }
        refused(file, "says that its numbers are big-endian, expected little");
    }

    @Test
    void aZipWithoutAPickleIsNoPyTorchFile() throws IOException {
        Path file = folder.resolve("f.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            TestPickle.store(zip, "readme.txt", new byte[3]);
        }
        refused(file, "it holds 0 files data.pkl, expected 1");
    }

    private byte[] archive() throws IOException {
        return Files.readAllBytes(TestPickle.archive(folder.resolve("f.pt"), PICKLE, new byte[16]));
    }

    private void refusedWith(Change change, String finding) throws IOException {
        byte[] bytes = archive();
        change.in(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        refused(Files.write(folder.resolve("f.pt"), bytes), finding);
    }

    private static void sizes(ByteBuffer bytes, int size) {
        int second = nth(bytes, CENTRAL, 1);
        bytes.putInt(second + 20, size).putInt(second + 24, size);
    }

    private static int nth(ByteBuffer bytes, int signature, int n) {
        int found = 0;
        for (int at = 0; at <= bytes.limit() - Integer.BYTES; at++) {
            if (bytes.getInt(at) == signature && found++ == n) {
                return at;
            }
        }
        throw new IllegalArgumentException("no such header");
    }

    private static void refused(Path file, String finding) {
        assertThatThrownBy(() -> TensorFile.open(file).close())
                .isInstanceOf(PaletteException.class)
                .hasMessageContainingAll(file.toString(), finding);
    }
}
