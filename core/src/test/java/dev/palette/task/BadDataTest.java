package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with the data, one message names the place, what was found, what was expected and the remedy. */
class BadDataTest {
    @TempDir
    Path data;

    @Test
    void aRowWithTooFewColumnsNamesFileAndLine() {
        rows("CoLA/train.tsv", "own\t1\t\tThe cat sat.", "own\t1");
        failure(GlueLayout.COLA)
                .hasMessage(data.resolve("CoLA/train.tsv") + ":2: found 2 columns, expected 4 separated by tabs: "
                        + "source, label, mark, sentence");
    }

    @Test
    void aRowWithTooManyColumnsNamesFileAndLine() {
        rows("SST-2/train.tsv", "sentence\tlabel", "good\t1", "good\tor bad\t1");
        failure(GlueLayout.SST).hasMessageContaining("train.tsv:3: found 3 columns, expected 2");
    }

    @Test
    void evenAQuoraRowWithTooManyColumnsIsAnError() {
        rows("QQP/train.tsv", "id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate", "0\t1\t2\tWhy?\tHow\tso?\t1");
        failure(GlueLayout.QQP).hasMessageContaining("train.tsv:2: found 7 columns, expected 6");
    }

    @Test
    void anEmptyLineNamesFileAndLine() {
        rows("CoLA/train.tsv", "own\t1\t\tThe cat sat.", "");
        failure(GlueLayout.COLA).hasMessageContaining("train.tsv:2: found 1 column, expected 4");
    }

    @Test
    void aLabelOutsideTheSetNamesTheSet() {
        rows("RTE/train.tsv", "index\tsentence1\tsentence2\tlabel", "0\tIt rained.\tIt was wet.\tmaybe");
        failure(GlueLayout.RTE)
                .hasMessageContaining("train.tsv:2: found label 'maybe', expected one of entailment, not_entailment");
    }

    @Test
    void aScoreOutsideTheRangeNamesTheRange() {
        rows(
                "STS-B/train.tsv",
                "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore",
                "0\tg\tf\t2012\t1\tnone\tnone\tA dog runs.\tA dog is running.\t5.5");
        failure(GlueLayout.STS)
                .hasMessageContaining("train.tsv:2: found score '5.5', expected a number from 0.0 to 5.0");
    }

    @Test
    void anotherDataSetsHeaderIsNoticed() {
        rows("QNLI/train.tsv", "index\tsentence1\tsentence2\tlabel", "0\tIt rained.\tIt was wet.\tentailment");
        failure(GlueLayout.QNLI)
                .hasMessageContaining("train.tsv:1: found column 2 is headed 'sentence1', expected 'question'");
    }

    @Test
    void anEmptySplitIsAnError() {
        rows("SST-2/train.tsv", "sentence\tlabel");
        failure(GlueLayout.SST).hasMessageContaining("train.tsv has no examples in 0 rows");
    }

    @Test
    void anEmptyFileIsAnError() {
        rows("CoLA/train.tsv");
        failure(GlueLayout.COLA).hasMessageContaining("train.tsv has no examples in 0 rows");
    }

    @Test
    void aMissingDataDirectoryNamesTheSetting() {
        assertThatThrownBy(() -> GlueTasks.of(GlueLayout.COLA).read(Split.TRAIN, data.resolve("absent")))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(data.resolve("absent") + " does not exist")
                .hasMessageContaining("--set data.dir=<folder>");
    }

    @Test
    void aMissingFolderSuggestsItsSibling() {
        rows("SST2/train.tsv", "sentence\tlabel", "good\t1");
        failure(GlueLayout.SST)
                .hasMessageContaining("no folder 'SST-2' in " + data)
                .hasMessageContaining("did you mean 'SST2'?")
                .hasMessageContaining("It holds SST2.");
    }

    @Test
    void aMissingFileSuggestsItsSibling() {
        rows("SST-2/trian.tsv", "sentence\tlabel", "good\t1");
        failure(GlueLayout.SST)
                .hasMessageContaining("no file 'train.tsv' in " + data.resolve("SST-2"))
                .hasMessageContaining("did you mean 'trian.tsv'?");
    }

    @Test
    void aMissingFolderAmongNoneSaysSo() {
        failure(GlueLayout.SST).hasMessageContaining("It is empty.");
    }

    @Test
    void aFileInAnotherEncodingIsNamed() throws IOException {
        Path file = data.resolve("CoLA/train.tsv");
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {'o', '\t', '1', '\t', '\t', (byte) 0xe9, '\n'});
        failure(GlueLayout.COLA).hasMessageContaining("train.tsv is not UTF-8 text");
    }

    private AbstractThrowableAssert<?, ?> failure(GlueLayout layout) {
        return assertThatThrownBy(() -> GlueTasks.of(layout).read(Split.TRAIN, data))
                .isInstanceOf(PaletteException.class);
    }

    private void rows(String file, String... lines) {
        TsvFile.write(data.resolve(file), lines);
    }
}
