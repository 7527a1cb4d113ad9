package dev.palette.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuickstartDataTest {
    private static final List<List<Table>> TRAIN_AND_DEV = List.of(
            List.of(Table.acceptability("train"), Table.acceptability("dev")),
            List.of(Table.paraphrase("train"), Table.paraphrase("dev")),
            List.of(Table.similarity("train"), Table.similarity("dev")));

    @Test
    void theShippedFilesAreWhatTheGeneratorWrites() throws IOException {
        for (Map.Entry<String, String> file : QuickstartData.files().entrySet()) {
            assertThat(Files.readString(Table.SHIPPED.resolve(file.getKey())))
                    .as(file.getKey())
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void filesHaveTheLayoutsOfGlue() throws IOException {
        assertThat(firstLine("acceptability/dev.tsv")).matches("[a-z]+\t(1\t|0\t\\*)\t[A-Z].*[.?]");
        assertThat(firstLine("paraphrase/dev.tsv")).isEqualTo("\uFEFFQuality\t#1 ID\t#2 ID\t#1 String\t#2 String");
        assertThat(firstLine("similarity/dev.tsv"))
                .isEqualTo("index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore");
    }

    @Test
    void theStarMarksExactlyTheFaultySentences() throws IOException {
        assertThat(Files.readAllLines(Table.SHIPPED.resolve("acceptability/train.tsv")))
                .allMatch(line -> line.contains("\t0\t*\t") != line.contains("\t1\t\t"));
    }

    @Test
    void noSentenceOfDevStandsInTrain() {
        for (List<Table> splits : TRAIN_AND_DEV) {
            assertThat(sentences(splits.get(1))).doesNotContainAnyElementsOf(sentences(splits.get(0)));
        }
    }

    @Test
    void manyDevSentencesHoldAWordThatTrainingNeverShows() {
        for (List<Table> splits : TRAIN_AND_DEV) {
            Set<String> known = new HashSet<>();
            splits.get(0).rows().forEach(row -> known.addAll(row.bag()));
            long unseen = splits.get(1).rows().stream()
                    .filter(row -> !known.containsAll(row.bag()))
                    .count();
            assertThat((double) unseen / splits.get(1).rows().size()).isGreaterThan(0.3);
        }
    }

    @Test
    void classesAreBalancedAndScoresSpreadOverTheirRange() {
        for (List<Table> splits : TRAIN_AND_DEV.subList(0, 2)) {
            for (Table table : splits) {
                assertThat(table.rows().stream().mapToDouble(Table.Row::target).average())
                        .hasValueCloseTo(0.5, within(1e-9));
            }
        }
        for (Table table : TRAIN_AND_DEV.get(2)) {
            assertThat(table.rows())
                    .extracting(Table.Row::target)
                    .allSatisfy(s -> assertThat(s).isBetween(0.0, 5.0));
            assertThat(table.rows().stream().mapToDouble(Table.Row::target).average())
                    .hasValueCloseTo(2.5, within(0.1));
        }
    }

    @Test
    void sentencesAreShort() {
        for (List<Table> splits : TRAIN_AND_DEV) {
            assertThat(sentences(splits.get(0)))
                    .allSatisfy(
                            sentence -> assertThat(sentence.split(" ").length).isBetween(5, 14));
        }
    }

    private static Set<String> sentences(Table table) {
        Set<String> sentences = new HashSet<>();
        table.rows().forEach(row -> sentences.addAll(row.sentences()));
        return sentences;
    }

    private static String firstLine(String file) throws IOException {
        return Files.readAllLines(Table.SHIPPED.resolve(file)).get(0);
    }
}
