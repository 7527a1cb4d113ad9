package dev.palette.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.RealData;
import dev.palette.remote.RemoteFile;
import dev.palette.storage.FileDigest;
import dev.palette.task.GlueLayout;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    private static Stream<RemoteFile> sources() {
        return Stream.concat(Catalogue.glue().stream(), Catalogue.squad().stream())
                .flatMap(data -> data.sources().stream());
    }

    @Test
    void everyTaskOfGlueIsThereInTheFolderItIsReadFrom() {
        assertThat(Catalogue.glue())
                .extracting(DataSet::task)
                .containsExactlyInAnyOrder(
                        Stream.of(GlueLayout.values()).map(GlueLayout::word).toArray(String[]::new));
        assertThat(Catalogue.glue())
                .extracting(DataSet::folder)
                .containsExactlyInAnyOrder(Stream.of(GlueLayout.values())
                        .map(GlueLayout::directory)
                        .toArray(String[]::new));
    }

    @Test
    void everyFileHasASizeAChecksumAndASafeName() {
        assertThat(sources()).allSatisfy(source -> {
            assertThat(source.checksum().hex()).matches("[0-9a-f]{64}");
            assertThat(source.bytes()).isPositive();
            assertThat(source.name()).matches("[A-Za-z0-9_.-]+");
            assertThat(source.address()).hasScheme("https");
        });
        assertThat(sources().map(RemoteFile::checksum)).doesNotHaveDuplicates();
    }

    @Test
    void aMirrorTakesThePlaceOfTheHost() {
        RemoteFile ax = new RemoteFile(URI.create("https://dl.fbaipublicfiles.com/glue/data/AX.tsv"), 1, "0");

        assertThat(ax.from(URI.create("http://mirror.example:8080/copies/")).address())
                .isEqualTo(URI.create("http://mirror.example:8080/copies/glue/data/AX.tsv"));
    }

    @Test
    void aFileIsTakenAsItIsUnderTheNameItsTaskReads(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("AX.tsv"), "index\tsentence1\tsentence2\n");
        Path into = Files.createDirectory(folder.resolve("into"));
        DataSet ax = Catalogue.glue().get(9);

        ax.assembly().assemble(List.of(source), into);

        assertThat(ax.missingIn(into)).isEmpty();
        assertThat(into.resolve("diagnostic.tsv")).hasSameTextualContentAs(source);
    }

    /** The only files of the catalogue that are laid out as they were fetched. */
    @Test
    void theChecksumsAreThoseOfTheRealFiles() {
        Path glue = RealData.glue();
        DataSet ax = Catalogue.glue().get(9);
        Path diagnostic = glue.resolve(ax.folder()).resolve("diagnostic.tsv");

        assertThat(FileDigest.sha256(diagnostic))
                .isEqualTo(ax.sources().get(0).checksum().hex());
    }
}
