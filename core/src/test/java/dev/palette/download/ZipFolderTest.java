package dev.palette.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.remote.Publisher;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipFolderTest {
    private static final String TEXT = "sentence\tlabel\nit rains\t1\n";

    @TempDir
    private Path folder;

    private Path into;

    @BeforeEach
    void anEmptyFolder() throws IOException {
        into = Files.createDirectory(folder.resolve("into"));
    }

    private void extract(byte[] archive) throws IOException {
        new ZipFolder(Files.write(folder.resolve("SST-2.zip"), archive), "SST-2").extract(into);
    }

    private void assertRefused(byte[] archive, String why) {
        assertThatThrownBy(() -> extract(archive))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(folder.resolve("SST-2.zip").toString())
                .hasMessageContaining(why);
        assertThat(into).isEmptyDirectory();
        assertThat(folder).isDirectoryNotContaining("glob:**/evil*");
    }

    @Test
    void onlyTheFilesDirectlyInTheFolderAreTaken() throws IOException {
        extract(Publisher.zip(
                "SST-2/",
                "",
                "SST-2/train.tsv",
                TEXT,
                "SST-2/original/",
                "",
                "SST-2/original/raw.txt",
                "large",
                "__MACOSX/SST-2/train.tsv",
                "nothing"));

        assertThat(into.resolve("train.tsv")).hasContent(TEXT);
        assertThat(into.toFile().list()).containsExactly("train.tsv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "SST-2/../../evil", "/evil", "SST-2/..", "..\\evil", "C:evil", "SST-2/..\\evil"})
    void anArchiveWithANameThatLeadsOutOfItsFolderIsRefusedAsAWhole(String name) throws IOException {
        assertRefused(Publisher.zip("SST-2/train.tsv", TEXT, name, "evil"), "its entry '" + name + "' leads out");
    }

    @Test
    void anArchiveThatIsCutOffIsRefused() throws IOException {
        byte[] whole = Publisher.zip("SST-2/train.tsv", TEXT);

        assertRefused(Arrays.copyOf(whole, whole.length - 10), "is damaged");
        assertRefused(Arrays.copyOf(whole, 20), "is damaged");
        assertRefused(new byte[0], "is damaged");
    }

    @Test
    void aFileThatDoesNotHaveItsChecksumIsRefused() throws IOException {
        byte[] archive = Publisher.zip("SST-2/train.tsv", TEXT);
        ByteBuffer fields = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        fields.putInt(directory(archive) + 16, 0x12345678); // CRC-32 in the central directory

        assertRefused(archive, "the checksum of SST-2/train.tsv does not fit its content");
    }

    @Test
    void aFileLongerThanTheArchiveSaysIsRefused() throws IOException {
        byte[] archive = Publisher.zip("SST-2/train.tsv", TEXT);
        ByteBuffer fields = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        fields.putInt(directory(archive) + 24, 3); // uncompressed size in the central directory

        assertRefused(archive, "SST-2/train.tsv is longer than the archive says");
    }

    @Test
    void anArchiveThatNeedsMoreRoomThanThereIsIsRefusedBeforeItIsUnpacked() throws IOException {
        byte[] archive = Publisher.zip(manyNames(3_000));
        ByteBuffer fields = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = directory(archive); fields.getInt(at) == 0x02014b50; at += 46 + fields.getShort(at + 28)) {
            fields.putInt(at + 24, 0xFFFFFFFE); // 4 GiB each: 12 TiB
        }

        assertRefused(archive, "does not fit: it needs 12,884,901 MB");
    }

    @Test
    void anArchiveOfSomethingElseSaysWhatItHolds() throws IOException {
        assertRefused(Publisher.zip("QNLI/train.tsv", TEXT), "holds no file in 'SST-2/', only QNLI/train.tsv");
    }

    private static String[] manyNames(int count) {
        String[] all = new String[2 * count];
        for (int i = 0; i < count; i++) {
            all[2 * i] = "SST-2/" + i;
            all[2 * i + 1] = "";
        }
        return all;
    }

    /** Where the central directory begins: at its first signature, PK 1 2. */
    private static int directory(byte[] archive) {
        return new String(archive, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
    }
}
