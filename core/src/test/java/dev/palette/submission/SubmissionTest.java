package dev.palette.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.submission.Submission.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubmissionTest {
    private static final Map<GlueTable, String> ANSWERS = Map.ofEntries(
            Map.entry(GlueTable.COLA, "1"),
            Map.entry(GlueTable.SST, "0"),
            Map.entry(GlueTable.MRPC, "1"),
            Map.entry(GlueTable.STS, "2.71828"),
            Map.entry(GlueTable.QQP, "0"),
            Map.entry(GlueTable.MNLI, "neutral"),
            Map.entry(GlueTable.MNLI_MISMATCHED, "contradiction"),
            Map.entry(GlueTable.QNLI, "not_entailment"),
            Map.entry(GlueTable.RTE, "entailment"),
            Map.entry(GlueTable.WNLI, "0"),
            Map.entry(GlueTable.AX, "entailment"));

    @TempDir
    private Path folder;

    private Path run;
    private Path data;

    @BeforeEach
    void aRunWithAllPredictions() throws IOException {
        run = folder.resolve("runs/glue/0123456789abcdef");
        data = folder.resolve("glue_data");
        for (GlueTable table : GlueTable.values()) {
            predict(run, table, 2);
        }
    }

    private static Path predict(Path run, GlueTable table, int rows) throws IOException {
        StringBuilder text = new StringBuilder("index\tprediction\tlogit_0\n");
        for (int row = 0; row < rows; row++) {
            text.append(row).append('\t').append(ANSWERS.get(table)).append("\t0.5\n");
        }
        Path file = file(run, table);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static Path file(Path run, GlueTable table) {
        return table.predictions().in(run.resolve("predictions"), ".tsv");
    }

    private void data(String file, String content) throws IOException {
        Path path = data.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private void wnliData() throws IOException {
        data("WNLI/train.tsv", "index\tsentence1\tsentence2\tlabel\n0\ta\tb\t1\n1\ta\tb\t0\n2\ta\tb\t1\n");
        data("WNLI/test.tsv", "index\tsentence1\tsentence2\n0\ta\tb\n1\ta\tb\n2\ta\tb\n");
    }

    private static Map<String, String> archive(Path zip) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : archive.stream().toList()) {
                files.put(
                        entry.getName(),
                        new String(archive.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private Map<String, String> write(@Nullable Path dataFolder, Path... runs) throws IOException {
        Path zip = folder.resolve("submission.zip");
        Submission.of(List.of(runs), dataFolder).write(zip);
        return archive(zip);
    }

    @Test
    void theArchiveHasElevenTablesUnderTheServersNames() throws IOException {
        assertThat(write(null, run).keySet())
                .containsExactly(
                        "CoLA.tsv",
                        "SST-2.tsv",
                        "MRPC.tsv",
                        "STS-B.tsv",
                        "QQP.tsv",
                        "MNLI-m.tsv",
                        "MNLI-mm.tsv",
                        "QNLI.tsv",
                        "RTE.tsv",
                        "WNLI.tsv",
                        "AX.tsv");
    }

    @ParameterizedTest
    @EnumSource(GlueTable.class)
    void everyTableHasItsOwnPredictions(GlueTable table) throws IOException {
        String text = table == GlueTable.STS ? "2.718" : ANSWERS.get(table);

        assertThat(write(null, run))
                .containsEntry(table.file(), "index\tprediction\n0\t%1$s\n1\t%1$s\n".formatted(text));
    }

    @Test
    void theSamePredictionsGiveTheSameBytes() throws IOException {
        Submission.of(List.of(run), null).write(folder.resolve("one.zip"));
        Submission.of(List.of(run), null).write(folder.resolve("two.zip"));

        assertThat(folder.resolve("one.zip")).hasSameBinaryContentAs(folder.resolve("two.zip"));
    }

    @Test
    void scoresAreCutToTheirRange() throws IOException {
        Files.writeString(
                file(run, GlueTable.STS), "index\tprediction\tlogit_0\n0\t5.00001\t1\n1\t-0.2\t0\n2\t1e-9\t0\n");

        assertThat(write(null, run)).containsEntry("STS-B.tsv", "index\tprediction\n0\t5.000\n1\t0.000\n2\t0.000\n");
    }

    @Test
    void aTaskWithoutAModelIsFilledWithTheCommonestLabelAndSaysSo() throws IOException {
        Files.delete(file(run, GlueTable.WNLI));
        wnliData();

        Submission submission = Submission.of(List.of(run), data);

        assertThat(submission.tables())
                .filteredOn(Table::isFilled)
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.of()).isEqualTo(GlueTable.WNLI);
                    assertThat(table.predictions()).containsExactly("1", "1", "1");
                });
    }

    @Test
    void theDiagnosticSetIsFilledWithMnlisCommonestLabelAndAMissingTestSetHasItsOfficialRows() throws IOException {
        Files.delete(file(run, GlueTable.AX));
        String mnli = "\t\t\t\t\t\t\t\ta\tb\t\t";
        data(
                "MNLI/train.tsv",
                "index\tpromptID\tpairID\tgenre\tsentence1_binary_parse\tsentence2_binary_parse\tsentence1_parse"
                        + "\tsentence2_parse\tsentence1\tsentence2\tlabel1\tgold_label\n"
                        + "0" + mnli + "neutral\n1" + mnli + "entailment\n2" + mnli + "neutral\n");

        Table filled = Submission.of(List.of(run), data).tables().get(10);

        assertThat(filled.isFilled()).isTrue();
        assertThat(filled.predictions()).hasSize(1_104).containsOnly("neutral");
        assertThat(filled.warning()).isEmpty();
    }

    @Test
    void aFilledScoreIsTheMean() throws IOException {
        Files.delete(file(run, GlueTable.STS));
        String row = "\t\t\t\t\t\t\ta\tb\t";
        data(
                "STS-B/train.tsv",
                "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore\n" + "0" + row
                        + "1\n1" + row + "2\n2" + row + "5\n");

        assertThat(Submission.of(List.of(run), data).tables().get(3).predictions())
                .hasSize(1_379)
                .containsOnly("2.667");
    }

    @Test
    void withoutDataAMissingTaskIsNamed() throws IOException {
        Files.delete(file(run, GlueTable.WNLI));
        Files.delete(file(run, GlueTable.AX));

        assertThatThrownBy(() -> Submission.of(List.of(run), null))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("nothing predicts WNLI.tsv, AX.tsv; name GLUE's data with --data DIR");
    }

    @Test
    void aRunThatPredictsDevAloneSaysHowToPredictTest() throws IOException {
        Path other = folder.resolve("other");
        Files.createDirectories(other.resolve("predictions"));
        Files.writeString(other.resolve("predictions/cola-dev.tsv"), "");

        assertThatThrownBy(() -> Submission.of(List.of(other), data))
                .isInstanceOf(PaletteException.class)
                .hasMessage("no test set of GLUE is predicted in " + other
                        + "; predict them first: palette predict RUN --data DIR --splits test");
    }

    @Test
    void rowsThatDifferFromTheTestSetsAreRefused() throws IOException {
        wnliData();

        assertThatThrownBy(() -> Submission.of(List.of(run), data))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "%s has 2 predictions, but the test set in %s has 3 examples; predict again, or name the data it was made with",
                        file(run, GlueTable.WNLI), data);
    }

    @Test
    void rowsThatDifferFromGluesAreWarnedOf() throws IOException {
        predict(run, GlueTable.WNLI, 146);

        List<Table> tables = Submission.of(List.of(run), null).tables();

        assertThat(tables.get(9).warning()).isEmpty();
        assertThat(tables.get(4).warning())
                .contains("QQP.tsv has 2 rows, GLUE's test set has 390,965: the server will refuse it");
    }

    @Test
    void aPredictionOfAnotherTaskNamesFileAndLine() throws IOException {
        Path file = file(run, GlueTable.RTE);
        Files.writeString(file, "index\tprediction\tlogit_0\n0\tentailment\t1\n1\tneutral\t0\n");

        assertThatThrownBy(() -> Submission.of(List.of(run), null))
                .isInstanceOf(PaletteException.class)
                .hasMessage(file + ":3: found the prediction 'neutral', expected one of entailment, not_entailment");

        Files.writeString(file(run, GlueTable.STS), "index\tprediction\tlogit_0\n0\thigh\t1\n");
        assertThatThrownBy(() -> Submission.of(List.of(run), null)).hasMessageContaining("'high', expected a number");
    }

    @Test
    void singleTaskRunsOfOneExperimentAreTakenTogether() throws IOException {
        Path experiment = folder.resolve("single");
        for (GlueTable table : GlueTable.values()) {
            predict(experiment.resolve("run-of-" + table), table, 1);
        }
        predict(experiment.resolve("run-of-RTE.stale-1"), GlueTable.RTE, 5);

        assertThat(Submission.of(List.of(experiment), null).tables())
                .allSatisfy(table -> assertThat(table.predictions()).hasSize(1));
    }

    @Test
    void ofTwoRunsThatPredictOneTaskAPersonMustChoose() throws IOException {
        Path first = predict(folder.resolve("runs/glue/first"), GlueTable.COLA, 1);

        assertThatThrownBy(() -> Submission.of(List.of(folder.resolve("runs/glue")), null))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "2 runs have predictions cola-test: %s, %s; name those runs that you want, one of these among them"
                                .formatted(file(run, GlueTable.COLA), first));
    }

    @Test
    void predictionsInTheNamedFolderGoBeforeThoseOfRunsBeneath() throws IOException {
        Path output = folder.resolve("runs/glue");
        predict(output, GlueTable.COLA, 7);

        assertThat(Submission.of(List.of(output), null).tables().get(0).predictions())
                .hasSize(7);
        assertThat(Submission.of(List.of(run.resolve("predictions")), null).tables())
                .hasSize(11);
    }

    @Test
    void aFolderWithoutPredictionsIsNamed() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> Submission.of(List.of(run, empty), null))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(empty + " holds no folder 'predictions'");
        assertThatThrownBy(() -> Submission.of(List.of(folder.resolve("absent")), null))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("there is no folder ");
    }
}
