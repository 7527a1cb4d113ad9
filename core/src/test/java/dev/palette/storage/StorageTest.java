package dev.palette.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
    @TempDir
    Path folder;

    @Test
    void aWrittenFileIsThereAndNothingElse() throws IOException {
        Path file = folder.resolve("new/folder/file.json");
        AtomicFile.writeText(file, "ä1");
        AtomicFile.writeText(file, "ä2");

        assertThat(file).hasContent("ä2");
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aWriteThatFailsLeavesTheOldContent() throws IOException {
        Path file = folder.resolve("file");
        AtomicFile.writeText(file, "old");

        assertThatThrownBy(() -> AtomicFile.write(file, channel -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("cannot write " + file)
                .hasMessageContaining("disk full");
        assertThat(file).hasContent("old");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aFolderWithoutPermissionIsNamed() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "the file system has no permissions");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeTrue(!Files.isWritable(closed), "this user may write everywhere");

        assertThatThrownBy(() -> AtomicFile.writeText(closed.resolve("file"), ""))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("no permission")
                .hasMessageContaining(closed.toString());
    }

    @Test
    void aFileWhereAFolderShouldBeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> LockedFolder.lock(file.resolve("below")))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aLockedFolderIsLockedUntilItIsClosed() {
        try (LockedFolder first = LockedFolder.lock(folder)) {
            assertThat(first).isNotNull();
            assertThat(LockedFolder.tryLock(folder)).isEmpty();
        }
        assertThat(LockedFolder.tryLock(folder)).isPresent().get().satisfies(LockedFolder::close);
    }

    @Test
    void threadsTakeTurns() throws InterruptedException {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = Stream.of("a", "b", "c")
                .map(name -> new Thread(() -> {
                    try (LockedFolder locked = LockedFolder.lock(folder)) {
                        assertThat(locked).isNotNull();
                        order.add(name);
                        Thread.yield();
                        order.add(name);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(order).hasSize(6);
        for (int i = 0; i < 6; i += 2) {
            assertThat(order.get(i)).isEqualTo(order.get(i + 1));
        }
    }

    @Test
    void checksumsAreTheStandardsOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("check"), "123456789");
        assertThat(FileDigest.crc32c(file)).isEqualTo("e3069283"); // RFC 3720's check value
        assertThat(FileDigest.sha256(file))
                .isEqualTo("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
    }
}
