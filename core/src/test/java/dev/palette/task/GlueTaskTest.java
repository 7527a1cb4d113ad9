package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.pretrained.FingerprintMemory;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlueTaskTest {
    @TempDir
    Path data;

    @Test
    void everyDataSetIsAWord() {
        assertThat(GlueTasks.words().keySet().stream().map(word -> word.replaceFirst("^glue\\.", "")))
                .containsExactlyInAnyOrder("cola", "sst", "mrpc", "sts", "qqp", "mnli", "qnli", "rte", "wnli", "ax");
        assertThat(GlueTasks.words().get("glue.sts").newBlock().get().build())
                .isEqualTo(new GlueTask(GlueLayout.STS, "sts", "STS-B"));
    }

    @Test
    void theEightAreInTheOriginalsOrder() {
        assertThat(GlueTasks.eight())
                .extracting(Task::name)
                .containsExactly("cola", "mrpc", "mnli", "rte", "sts", "sst", "qqp", "qnli");
    }

    @Test
    void colaHasNoHeader() {
        rows("CoLA/train.tsv", "own\t1\t\tThe cat sat.", "own\t0\t*\tSat cat the.");
        assertThat(read(GlueLayout.COLA, Split.TRAIN).list())
                .containsExactly(new Example(0, "The cat sat.", null, 1), new Example(1, "Sat cat the.", null, 0));
    }

    @Test
    void aByteOrderMarkAndAWindowsLineEndAreNotText() {
        rows(
                "MRPC/train.tsv",
                "\uFEFFQuality\t#1 ID\t#2 ID\t#1 String\t#2 String\r",
                "1\t7\t8\tIt rained .\tRain fell .\r");
        assertThat(read(GlueLayout.MRPC, Split.TRAIN).list())
                .containsExactly(new Example(0, "It rained .", "Rain fell .", 1));
    }

    @Test
    void quotesAreText() {
        rows("QNLI/dev.tsv", "index\tquestion\tsentence\tlabel", "0\t\"Who?\tShe said \"\"I\"\".\tentailment");
        assertThat(read(GlueLayout.QNLI, Split.DEV).list())
                .containsExactly(new Example(0, "\"Who?", "She said \"\"I\"\".", 0));
    }

    @Test
    void scoresAreRead() {
        rows(
                "STS-B/dev.tsv",
                "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore",
                "0\tg\tf\t2012\t1\tnone\tnone\tA dog runs.\tA dog is running.\t4.250");
        assertThat(read(GlueLayout.STS, Split.DEV).list())
                .containsExactly(new Example(0, "A dog runs.", "A dog is running.", 4.25));
    }

    @Test
    void testFilesHaveOtherColumnsAndNoLabels() {
        rows("RTE/test.tsv", "index\tsentence1\tsentence2", "0\tIt rained.\tIt was wet.");
        Example example = read(GlueLayout.RTE, Split.TEST).list().get(0);
        assertThat(example.textB()).isEqualTo("It was wet.");
        assertThat(example.label()).isNaN();
    }

    @Test
    void mnliIsEvaluatedOnTwoSets() {
        Task mnli = new GlueTask.Options(GlueLayout.MNLI).name("inference").build();
        assertThat(mnli.evaluations())
                .containsExactly(
                        new Evaluation("inference", Split.DEV), new Evaluation("inference-mm", Split.DEV_MISMATCHED));
    }

    @Test
    void shortQuoraRowsAreSkippedAndCounted() {
        rows(
                "QQP/train.tsv",
                "id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate",
                "0\t1\t2\tWhy?\tHow so?\t1",
                "1\t3\t4\tbroken by a",
                "line end\tand so on\t0",
                "2\t5\t6\tWhen?\tWhere?\t0");
        LabelledTexts examples = read(GlueLayout.QQP, Split.TRAIN);
        assertThat(examples.remarks()).containsExactly("2 rows without all columns left out, as the original does");
        assertThat(examples.list()).extracting(Example::row).containsExactly(0, 3);
    }

    @Test
    void theDiagnosticSetCanBeReadButNotTrainedOn() {
        rows("diagnostic/diagnostic.tsv", "index\tsentence1\tsentence2", "0\tIt rained.\tIt did not.");
        Task ax = GlueTasks.of(GlueLayout.AX);
        assertThat(ax.testOnly()).isTrue();
        assertThat(ax.read(Split.TEST, data).size()).isEqualTo(1);
        assertThatThrownBy(() -> ax.read(Split.TRAIN, data))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("task 'ax' has no train split, only test")
                .hasMessageContaining("leave it out of what is trained");
    }

    @Test
    void ownDataMayTakeALayout() {
        rows("acceptability/train.tsv", "own\t1\t\tThe cat sat.");
        Task task = new GlueTask.Options(GlueLayout.COLA)
                .name("acceptability")
                .directory("acceptability")
                .build();
        assertThat(task.name()).isEqualTo("acceptability");
        assertThat(task.read(Split.TRAIN, data).size()).isEqualTo(1);
        assertThat(task.files(data).get(Split.DEV)).isEqualTo(data.resolve("acceptability/dev.tsv"));
    }

    @Test
    void aNameFitsFilesAndParameters() {
        assertThatThrownBy(() ->
                        new GlueTask.Options(GlueLayout.COLA).name("a.b/c").build())
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("'a.b/c'");
    }

    @Test
    void aFingerprintFollowsTheContentNotThePlace(@TempDir Path elsewhere) {
        rows("CoLA/train.tsv", "own\t1\t\tThe cat sat.");
        TsvFile.write(elsewhere.resolve("CoLA/train.tsv"), "own\t1\t\tThe cat sat.");
        assertThat(fingerprints(data)).containsOnlyKeys(Split.TRAIN);
        assertThat(fingerprints(elsewhere)).isEqualTo(fingerprints(data));
        rows("CoLA/train.tsv", "own\t0\t\tThe cat sat.");
        assertThat(fingerprints(elsewhere)).isNotEqualTo(fingerprints(data));
    }

    private Map<Split, String> fingerprints(Path folder) {
        return DataFingerprint.of(GlueTasks.of(GlueLayout.COLA), folder, FingerprintMemory.in(data.resolve("cache")));
    }

    @Test
    void everyLayoutHasTheColumnsItReads() {
        for (GlueLayout layout : GlueLayout.values()) {
            for (Map.Entry<Split, TsvLayout> file : layout.files().entrySet()) {
                List<String> columns = file.getValue().columns();
                assertThat(columns)
                        .as("%s %s", layout, file.getKey())
                        .containsAll(file.getValue().read());
                assertThat(columns).doesNotHaveDuplicates();
            }
        }
    }

    private LabelledTexts read(GlueLayout layout, Split split) {
        return new GlueTask.Options(layout).build().read(split, data);
    }

    private void rows(String file, String... lines) {
        TsvFile.write(data.resolve(file), lines);
    }
}
