package dev.palette.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.task.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionsTest {
    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("cola-test.tsv"), content);
    }

    @Test
    void predictionsComeInTheOrderOfTheDataFile() throws IOException {
        Path file = file("index\tprediction\tlogit_0\tlogit_1\n0\t1\t0.5\t1\n1\t0\t1\t0.5\n");

        assertThat(Predictions.read(file).texts()).containsExactly("1", "0");
    }

    @Test
    void aRowThatIsMissingNamesFileAndLine() throws IOException {
        Path file = file("index\tprediction\tlogit_0\n0\t1\t0.5\n2\t1\t0.5\n");

        assertThatThrownBy(() -> Predictions.read(file))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        file
                                + ":3: found '2\t1\t0.5', expected index 1, its prediction and logits; remove the file and predict again");
    }

    @Test
    void aRowThatIsCutOffNamesFileAndLine() throws IOException {
        Path file = file("index\tprediction\tlogit_0\n0\t1");

        assertThatThrownBy(() -> Predictions.read(file))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(file + ":2: found '0\t1'");
    }

    @Test
    void anotherFileIsRefusedByItsHeader() throws IOException {
        for (String content : List.of("", "index\tprediction\n0\t1\n")) {
            Path file = file(content);

            assertThatThrownBy(() -> Predictions.read(file))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageStartingWith(file + ":1: found the header '");
        }
    }

    @Test
    void aMissingFileIsNamed() {
        Path absent = folder.resolve("absent.tsv");

        assertThatThrownBy(() -> Predictions.read(absent))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("cannot read the predictions " + absent);
    }

    @Test
    void mnlisSecondSetsAreFilesOfTheirOwn() {
        assertThat(List.of(Split.DEV, Split.DEV_MISMATCHED, Split.TEST, Split.TEST_MISMATCHED))
                .extracting(split -> new PredictionFile("mnli", split).name())
                .containsExactly("mnli-dev", "mnli-mm-dev", "mnli-test", "mnli-mm-test");
        assertThat(new PredictionFile("ax", Split.TEST).in(folder, PredictionFile.TABLE))
                .isEqualTo(folder.resolve("ax-test.tsv"));
    }
}
