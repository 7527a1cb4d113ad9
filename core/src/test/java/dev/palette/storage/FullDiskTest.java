package dev.palette.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person is told when nothing more can be written, and what is left on the disk. */
class FullDiskTest {
    @TempDir
    Path folder;

    @Test
    void aFullDiskIsNamedWithItsRoomAndTheOldContentStays() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder, 512)) {
            Path file = disk.folder().resolve("file.json");
            AtomicFile.writeText(file, "old");

            assertThatThrownBy(() -> AtomicFile.writeText(file, "x".repeat(1 << 20)))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageStartingWith(
                            "cannot write %s: no space is left on the disk of %s (".formatted(file, folder))
                    .hasMessageContaining(
                            " of 524 kB are free); make room there or choose another folder, then run the same command again");

            assertThat(file).hasContent("old");
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left).containsExactly(file);
            }
        }
    }

    @Test
    void aFileSystemThatCanOnlyBeReadIsNamed() {
        try (SmallDisk disk = SmallDisk.mount(folder, 512)) {
            disk.makeReadOnly();

            assertThatThrownBy(() -> AtomicFile.writeText(disk.folder().resolve("new/file.json"), ""))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining(
                            "the file system of %s can only be read; choose another folder".formatted(folder));
        }
    }

    @Test
    void aQuotaIsNamed() {
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("file"), channel -> {
                    throw new IOException("Disk quota exceeded");
                }))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("your quota on the disk of %s is used up".formatted(folder))
                .hasMessageContaining("have it raised or choose another folder");
    }

    @Test
    void theRoomOfAFolderThatIsYetToBeMadeIsThatOfTheOneAbove() {
        try (SmallDisk disk = SmallDisk.mount(folder, 512)) {
            assertThat(DiskRoom.at(disk.folder().resolve("a/b")).total()).isEqualTo(512 * 1024);
        }
    }
}
