package dev.palette.task.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.task.Task;
import dev.palette.task.own.OwnTask;
import dev.palette.task.superglue.SuperGlueFiles;
import dev.palette.task.superglue.SuperGlueLayout;
import dev.palette.task.superglue.SuperGlueTasks;
import dev.palette.text.RealVocabulary;
import dev.palette.text.WordPiece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataCardTest {
    @TempDir
    private Path data;

    @Test
    void itCountsLabelsLengthsAndWhatStandsTwice() throws IOException {
        Files.writeString(
                data.resolve("train.csv"), "a,b,y\na cat,a dog,no\na cat,a dog,yes\nthe cat sat,a dog,no\nx,y,no\n");
        Files.writeString(data.resolve("dev.csv"), "a,b,y\nx,y,no\na,b,yes\n");
        Files.writeString(data.resolve("test.csv"), "a,b\nx,z\n");
        Task task = OwnTask.of(
                        "t", t -> t.csv("*.csv").text("a", "b").label("y").trainExamples(2))
                .readFrom(data);

        DataCard card = card(task, 7);

        assertThat(card.trainExamples()).isEqualTo(2);
        assertThat(card.splits()).extracting(SplitCard::split).containsExactly("train", "dev", "test");
        SplitCard train = card.splits().get(0);
        assertThat(train.file()).isEqualTo("train.csv");
        assertThat(train.examples()).isEqualTo(4);
        assertThat(train.labels()).containsExactly(Map.entry("no", 3L), Map.entry("yes", 1L));
        assertThat(train.pieces().least()).isEqualTo(5);
        assertThat(train.pieces().median()).isEqualTo(7);
        assertThat(train.pieces().most()).isEqualTo(8);
        assertThat(train.cut()).isEqualTo(0.25);
        assertThat(train.repeated()).isOne();
        assertThat(train.majority()).isEmpty();
        SplitCard dev = card.splits().get(1);
        assertThat(dev.inTrain()).isOne();
        assertThat(dev.majority()).isEqualTo(Map.of("accuracy", 0.5));
        assertThat(card.splits().get(2).labels()).isEmpty();
    }

    @Test
    void scoresHaveASpread() throws IOException {
        Path sts = Files.createDirectories(data.resolve("STS-B"));
        String header = "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore\n";
        String row = "0\tg\tf\t2012\t1\tn\tn\ta dog\ta cat\t%s\n";
        Files.writeString(sts.resolve("train.tsv"), header + row.formatted("1") + row.formatted("4"));

        SplitCard train = card(GlueTasks.of(GlueLayout.STS), 128).splits().get(0);

        assertThat(train.labels()).isEmpty();
        assertThat(train.scores()).hasValueSatisfying(scores -> {
            assertThat(scores.least()).isOne();
            assertThat(scores.mean()).isEqualTo(2.5);
            assertThat(scores.most()).isEqualTo(4);
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyTaskOfSuperGlueHasACard(SuperGlueLayout layout) throws IOException {
        SuperGlueFiles.write(data, 2);

        List<SplitCard> splits = card(SuperGlueTasks.of(layout), 128).splits();

        assertThat(splits).extracting(SplitCard::split).containsExactly("train", "dev", "test");
        SplitCard dev = splits.get(1);
        assertThat(dev.inTrain())
                .isEqualTo(dev.examples())
                .isEqualTo(splits.get(0).repeated());
        assertThat(dev.labels()).isNotEmpty();
        assertThat(splits.get(2).labels()).isEmpty();
        assertThat(dev.majority()).isNotEmpty();
        assertThat(dev.cut()).isZero();
    }

    @Test
    void tagsAndChoicesHaveCardsToo() throws IOException {
        Files.writeString(data.resolve("train.txt"), "Ann B-PER\nsings O\n\nshe O\nsings O\n");
        Files.writeString(data.resolve("dev.txt"), "Ann B-PER\nsings O\n");
        Task tags = OwnTask.of("ner", t -> t.conll("*.txt").tags("2")).readFrom(data);

        List<SplitCard> splits = card(tags, 128).splits();

        assertThat(splits.get(0).labels()).containsExactly(Map.entry("B-PER", 1L), Map.entry("O", 3L));
        assertThat(splits.get(1).majority()).containsEntry("accuracy", 0.5).containsEntry("f1", 0.0);
        assertThat(splits.get(1).inTrain()).isOne();
    }

    @Test
    void quantilesAreNumbersOfTheirOwn() {
        Spread spread = Spread.of(IntStream.rangeClosed(1, 200).asDoubleStream().toArray());

        assertThat(spread).isEqualTo(new Spread(1, 50, 100, 150, 190, 198, 200, 100.5));
        assertThat(Spread.of(new double[] {3})).isEqualTo(new Spread(3, 3, 3, 3, 3, 3, 3, 3));
    }

    @Test
    void withoutFilesItSaysWhichIsNotThere() {
        assertThatThrownBy(() -> card(GlueTasks.of(GlueLayout.COLA), 128))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("no folder 'CoLA'");
    }

    private DataCard card(Task task, int maxLength) {
        try (WordPiece wordPiece = RealVocabulary.wordPiece(true)) {
            return DataCard.of(task, data, wordPiece, maxLength);
        }
    }
}
