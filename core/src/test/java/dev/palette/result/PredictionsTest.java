package dev.palette.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.DivergedException;
import dev.palette.spec.PaletteException;
import dev.palette.task.Example;
import dev.palette.task.Examples;
import dev.palette.task.GlueLayout;
import dev.palette.task.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionsTest {
    private static Path forProperties = Path.of("");

    @TempDir
    private Path folder;

    @BeforeContainer
    static void aFolder() throws IOException {
        forProperties = Files.createTempDirectory("predictions");
    }

    @AfterContainer
    static void noFolder() throws IOException {
        Files.deleteIfExists(forProperties.resolve("logits.tsv"));
        Files.delete(forProperties);
    }

    private static Examples examples(int... rows) {
        return new Examples(
                IntStream.of(rows)
                        .mapToObj(row -> new Example(row, "text", null, Double.NaN))
                        .toList(),
                0);
    }

    @Test
    void aClassIsWrittenAsTheDataFilesWriteIt() throws IOException {
        Path file = folder.resolve("predictions/mnli-dev.tsv");
        Predictions.of(GlueLayout.MNLI.target(), examples(0, 1), new float[] {-1, 2.5f, 0.1f, 3, -2, 1e-9f})
                .write(file);

        assertThat(file).hasContent("""
                        index\tprediction\tlogit_0\tlogit_1\tlogit_2
                        0\tentailment\t-1.0\t2.5\t0.1
                        1\tcontradiction\t3.0\t-2.0\t1.0E-9
                        """);
    }

    @Test
    void aScoreIsOnTheScaleOfTheLabelsAndItsLogitIsWhatTheHeadSaid() throws IOException {
        Path file = folder.resolve("sts-dev.tsv");
        Predictions.of(GlueLayout.STS.target(), examples(0, 1, 2), new float[] {0.5f, 1.25f, -0.25f})
                .write(file);

        assertThat(file).hasContent("""
                        index\tprediction\tlogit_0
                        0\t2.5\t0.5
                        1\t5.0\t1.25
                        2\t0.0\t-0.25
                        """);
    }

    @Test
    void theIndexIsTheRowOfTheFileThoughRowsBeforeItWereSkipped() {
        Predictions predictions = Predictions.of(GlueLayout.QQP.target(), examples(0, 3), new float[] {1, 0, 0, 1});

        assertThat(predictions.rows()).extracting(Predictions.Row::index).containsExactly(0, 3);
        assertThat(predictions.rows()).extracting(Predictions.Row::prediction).containsExactly("0", "1");
    }

    @Test
    void anOutputThatIsNotANumberIsRefused() {
        assertThatThrownBy(() -> Predictions.of(GlueLayout.COLA.target(), examples(0), new float[] {Float.NaN, 0}))
                .isInstanceOf(DivergedException.class);
    }

    @Property(tries = 200)
    void everyDigitComesBack(@ForAll @Size(value = 6) List<Float> outputs) {
        List<Float> finite = outputs.stream().map(x -> Float.isNaN(x) ? 0 : x).toList();
        Predictions written = new Predictions(List.of(
                new Predictions.Row(0, "0", finite.subList(0, 3)), new Predictions.Row(1, "1", finite.subList(3, 6))));
        Path file = forProperties.resolve("logits.tsv");
        written.write(file);

        assertThat(Predictions.read(file)).isEqualTo(written);
    }

    @Test
    void mnlisSecondSetsAreFilesOfTheirOwn() {
        assertThat(List.of(Split.DEV, Split.DEV_MISMATCHED, Split.TEST, Split.TEST_MISMATCHED))
                .extracting(split -> new PredictionFile("mnli", split).name())
                .containsExactly("mnli-dev.tsv", "mnli-mm-dev.tsv", "mnli-test.tsv", "mnli-mm-test.tsv");
    }

    @Test
    void aRowOfTheWrongWidthNamesFileAndLine() throws IOException {
        Path file = folder.resolve("cola-dev.tsv");
        Files.writeString(file, "index\tprediction\tlogit_0\tlogit_1\n0\t1\t0.5\t1\n1\t0\t0.5\n");

        assertThatThrownBy(() -> Predictions.read(file))
                .isInstanceOf(PaletteException.class)
                .hasMessage(file + ":3: found 3 columns, expected 4 separated by tabs; predict it again");
    }

    @Test
    void anotherFileIsRefusedByItsHeader() throws IOException {
        Path file = Files.writeString(folder.resolve("CoLA.tsv"), "index\tprediction\n0\t1\n");

        assertThatThrownBy(() -> Predictions.read(file))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(
                        file + ":1: found the header index, prediction, expected index, prediction, logit_0");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("cola-dev.tsv"), "");

        assertThatThrownBy(() -> Predictions.read(file)).isInstanceOf(PaletteException.class);
    }

    @Test
    void aNumberThatIsNoneNamesFileAndLine() throws IOException {
        Path file = Files.writeString(folder.resolve("c.tsv"), "index\tprediction\tlogit_0\n0\t1\tlow\n");

        assertThatThrownBy(() -> Predictions.read(file))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(file + ":2: found '0\t1\tlow'");
    }
}
