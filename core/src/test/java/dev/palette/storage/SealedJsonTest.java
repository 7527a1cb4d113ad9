package dev.palette.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a seal finds, and what is never read. */
class SealedJsonTest {
    private static final String OBJECT = "{\n  \"score\" : 0.8122,\n  \"task\" : \"größe\"\n}";

    private static Path sealed;
    private static byte[] whole;

    @TempDir
    Path folder;

    @BeforeContainer
    static void seal() throws IOException {
        sealed = Files.createTempFile("sealed", ".json");
        SealedJson.write(sealed, OBJECT);
        whole = Files.readAllBytes(sealed);
    }

    @AfterContainer
    static void remove() throws IOException {
        Files.delete(sealed);
    }

    @Test
    void whatIsWrittenIsReadAndAnybodyCanReadIt() throws IOException {
        Path file = folder.resolve("a/file.json");
        SealedJson.write(file, OBJECT);

        assertThat(SealedJson.read(file)).isEqualTo(OBJECT + "\n");
        assertThat(file).content().matches("(?s)\\{\n  \"score\" : 0.8122,.*,\n  \"seal\" : \"[0-9a-f]{8}\"\n\\}\n");
    }

    @Property(tries = 2_000)
    void everyChangeOfAByteIsFound(
            @ForAll @IntRange(max = 10_000) int place, @ForAll @ByteRange(min = 1, max = 127) byte change)
            throws IOException {
        byte[] bytes = whole.clone();
        bytes[place % bytes.length] ^= change;
        assertIsFound(bytes);
    }

    @Property(tries = 200)
    void everyTruncationIsFound(@ForAll @IntRange(max = 10_000) int length) throws IOException {
        assertIsFound(Arrays.copyOf(whole, length % whole.length));
    }

    @Property(tries = 50)
    void whatStandsAfterTheEndIsFound(@ForAll byte after) throws IOException {
        byte[] bytes = Arrays.copyOf(whole, whole.length + 1);
        bytes[whole.length] = after;
        assertIsFound(bytes);
    }

    private static void assertIsFound(byte[] bytes) throws IOException {
        Files.write(sealed, bytes);
        assertThatThrownBy(() -> SealedJson.read(sealed)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileOfTenGigabytesIsRefusedUnread() throws IOException {
        Path file = folder.resolve("file.json");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(10_000_000_000L);
        }
        assertThatThrownBy(() -> SealedJson.read(file))
                .hasMessage("it has 10.0 GB, more than the 8.39 MB that such a file may have");
    }

    @Test
    void whatIsNoFileIsRefused() throws IOException {
        Path file = folder.resolve("file.json");
        assertThatThrownBy(() -> SealedJson.read(file)).hasMessage("it is missing");
        Files.createDirectory(file);
        assertThatThrownBy(() -> SealedJson.read(file)).hasMessage("it is a folder, expected a file");
        assertThatThrownBy(() -> SealedJson.read(Path.of("/dev/zero")))
                .hasMessage("it is neither a file nor a folder, expected a file");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), sealed);
        assertThatThrownBy(() -> SealedJson.read(link)).hasMessage("it is a symbolic link, expected the file itself");
    }

    @Test
    void aFileWithoutASealIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file.json"), OBJECT);
        assertThatThrownBy(() -> SealedJson.read(file)).hasMessageStartingWith("it has no seal at its end");
    }
}
