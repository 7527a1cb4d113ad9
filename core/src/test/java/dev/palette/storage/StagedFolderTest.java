package dev.palette.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFolderTest {
    @TempDir
    private Path parent;

    @Test
    void aFolderAppearsWhenItIsComplete() throws IOException {
        Path target = parent.resolve("data");
        try (StagedFolder staged = StagedFolder.of(target)) {
            Files.writeString(staged.path().resolve("train.tsv"), "rows");
            assertThat(target).doesNotExist();
            staged.commit();
        }
        assertThat(target.resolve("train.tsv")).hasContent("rows");
        assertThat(parent.toFile().list()).containsExactly("data");
    }

    @Test
    void aFolderThatIsNotCompletedDisappears() throws IOException {
        try (StagedFolder staged = StagedFolder.of(parent.resolve("data"))) {
            Files.createDirectories(staged.path().resolve("one/two"));
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsThereIsNotReplaced() throws IOException {
        Path target = Files.createDirectory(parent.resolve("data"));
        Path mine = Files.writeString(target.resolve("mine"), "mine");
        try (StagedFolder staged = StagedFolder.of(target)) {
            assertThatThrownBy(staged::commit)
                    .isInstanceOf(PaletteException.class)
                    .hasMessageStartingWith("cannot write " + target);
        }
        assertThat(mine).hasContent("mine");
        assertThat(parent.toFile().list()).containsExactly("data");
    }

    @Test
    void onlyUnfinishedFoldersAreSweptAway() throws IOException {
        Files.createDirectories(parent.resolve(".data.1234.tmp/one"));
        Files.createDirectories(parent.resolve("data.tmp"));
        Files.writeString(parent.resolve(".file.tmp"), "");

        StagedFolder.sweep(parent);

        assertThat(parent.toFile().list()).containsExactlyInAnyOrder("data.tmp", ".file.tmp");
    }
}
