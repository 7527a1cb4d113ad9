package dev.palette.task.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.spec.PaletteException;
import dev.palette.testing.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    @TempDir
    private Path folder;

    @Test
    void aQuoteInTsvIsACharacterLikeAnyOther() throws IOException {
        Table table = file(TableFormat.TSV, "\uFEFFtext\tlabel\nsaid \"no\tno\n\"yes\"\tyes\n");

        assertThat(table.columns()).containsExactly("text", "label");
        assertThat(texts(table, "text")).containsExactly("said \"no", "\"yes\"");
        assertThat(places(table)).containsExactly(folder + "/rows:2", folder + "/rows:3");
    }

    @Test
    void aQuotedFieldOfCsvMayHoldCommasQuotesAndLineEnds() throws IOException {
        Table table = file(TableFormat.CSV, "\uFEFFtext,label\r\n\"a, \"\"b\"\"\nc\",1\r\n\r\nd,2\r\n");

        assertThat(table.columns()).containsExactly("text", "label");
        assertThat(texts(table, "text")).containsExactly("a, \"b\"\nc", "d");
        assertThat(places(table).get(0)).endsWith(":2");
    }

    @Test
    void aCsvRowOfAnotherWidthNamesFileAndLine() throws IOException {
        Table table = file(TableFormat.CSV, "text,label\n\"two\nlines\",1\nx,y,z\n");

        assertThatThrownBy(() -> texts(table, "text"))
                .isInstanceOf(PaletteException.class)
                .hasMessageEndingWith("rows:4: found 3 columns, expected 2 separated by commas: text, label");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text,label\n\"a\" b,1\n", "text,label\n\"a,1\n"})
    void aQuoteOutOfPlaceIsAnErrorOfItsLine(String content) throws IOException {
        Table table = file(TableFormat.CSV, content);

        assertThatThrownBy(() -> texts(table, "text"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("rows:2: not CSV: ");
    }

    @Test
    void jsonLinesHaveNumbersBooleansAndLists() throws IOException {
        Table table = file(
                TableFormat.JSON_LINES,
                "{\"text\": \"a\", \"n\": 3, \"yes\": true, \"list\": [\"x\", 1]}\n\n{\"text\": \"b\", \"n\": 0.5}\n");

        assertThat(table.columns()).containsExactly("text", "n", "yes", "list");
        assertThat(texts(table, "n")).containsExactly("3", "0.5");
        assertThat(rows(table).get(0).texts("list")).containsExactly("x", "1");
        assertThat(rows(table).get(0).text("yes")).isEqualTo("true");
        assertThat(places(table)).containsExactly(folder + "/rows:1", folder + "/rows:3");
        assertThatThrownBy(() -> texts(table, "yes"))
                .hasMessageEndingWith("rows:3: found no value in column 'yes', expected one in every row");
        assertThatThrownBy(() -> texts(table, "list"))
                .hasMessageEndingWith("rows:1: found [\"x\",1] in column 'list', expected a text");
        assertThatThrownBy(() -> rows(table).get(0).texts("n"))
                .hasMessageEndingWith("rows:1: found 3 in column 'n', expected a list of texts");
    }

    @Test
    void whatIsNoObjectNamesItsLine() throws IOException {
        assertThatThrownBy(() -> texts(file(TableFormat.JSON_LINES, "{\"a\": 1}\n[1]\n"), "a"))
                .hasMessageContaining("rows:2: found a JSON array, expected an object");
        assertThatThrownBy(() -> texts(file(TableFormat.JSON_LINES, "{\"a\": 1}\n{\"a\": \n"), "a"))
                .hasMessageContaining("rows:2:")
                .hasMessageContaining(": not JSON: ");
        assertThatThrownBy(() -> texts(file(TableFormat.JSON_LINES, "{\"a\": 1} {\"a\": 2}\n"), "a"))
                .hasMessageContaining("rows:1:");
    }

    @Test
    void aSentenceOfConllIsARow() throws IOException {
        Table table = file(
                TableFormat.CONLL,
                "-DOCSTART- -X- O\n\n# a comment\nEU NNP B-ORG\nrejects\tVBZ  O\n\n\nPeter NNP B-PER");

        assertThat(table.columns()).containsExactly("1", "2", "3");
        assertThat(rows(table).stream().map(row -> row.texts("1")))
                .containsExactly(List.of("EU", "rejects"), List.of("Peter"));
        assertThat(rows(table).stream().map(row -> row.texts("3")))
                .containsExactly(List.of("B-ORG", "O"), List.of("B-PER"));
        assertThat(places(table)).containsExactly(folder + "/rows:4", folder + "/rows:8");
        assertThatThrownBy(() -> texts(file(TableFormat.CONLL, "EU O\nrejects\n"), "1"))
                .hasMessageContaining("rows:2: found 1 column, expected 2 separated by white space");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "snappy", "zstd", "gzip"})
    void parquetHoldsWhatPyarrowWrote(String codec) throws IOException {
        Table table = TableFormat.PARQUET.open(Golden.find("tasks/kinds-" + codec + ".parquet"));
        JsonNode golden = Golden.read("tasks/tasks.json").get("parquet");

        List<Row> rows = rows(table);

        assertThat(rows).hasSize(golden.size());
        for (int i = 0; i < rows.size(); i++) {
            for (String column : table.columns()) {
                JsonNode wanted = golden.get(i).get(column);
                if (wanted.isNull()) {
                    assertThat(rows.get(i).has(column))
                            .as("%s of row %d", column, i)
                            .isFalse();
                } else if (column.equals("place")) {
                    assertThat(rows.get(i).cell(column).get("start").asInt())
                            .isEqualTo(wanted.get("start").asInt());
                } else {
                    assertThat(rows.get(i).cell(column)).hasToString(wanted.toString());
                }
            }
        }
        assertThat(rows.get(3).place()).endsWith(".parquet row 4");
    }

    @Test
    void whatIsNoParquetIsNamed() throws IOException {
        Table table = file(TableFormat.PARQUET, "text,label\na,1\n");

        assertThatThrownBy(table::columns)
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("cannot read " + folder.resolve("rows"))
                .hasMessageContaining("it must be a file of Apache Parquet");
    }

    @Test
    void anotherEncodingIsNamed() throws IOException {
        for (TableFormat format :
                List.of(TableFormat.TSV, TableFormat.CSV, TableFormat.JSON_LINES, TableFormat.CONLL)) {
            Path file = Files.write(folder.resolve("latin"), "gr\u00fc\u00df\n".getBytes(StandardCharsets.ISO_8859_1));

            assertThatThrownBy(() -> rows(format.open(file)))
                    .as(format.word())
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining("latin is not UTF-8 text");
        }
    }

    @Test
    void aMissingColumnNamesTheNearestAndAll() throws IOException {
        assertThatThrownBy(() -> file(TableFormat.CSV, "text,intent\n").require(List.of("text", "intend")))
                .hasMessageEndingWith("rows:1: unknown column 'intend'; did you mean 'intent'? Known: intent, text.");
    }

    @Test
    void aFileWithoutRowsIsAnError() throws IOException {
        for (TableFormat format : TableFormat.values()) {
            if (format != TableFormat.PARQUET) {
                assertThatThrownBy(() -> file(format, "").readSome(row -> {}))
                        .as(format.word())
                        .hasMessageContaining("rows has no examples in 0 rows");
            }
        }
    }

    @Test
    void aSketchHasItsColumnsAndNoMore() throws IOException {
        for (TableFormat format : TableFormat.values()) {
            Path file = folder.resolve("sketch/" + format.word());
            List<String> columns = format == TableFormat.CONLL ? List.of("1", "3") : List.of("a text", "its, label");

            TableSketch.write(format, file, columns);

            format.open(file).require(columns);
        }
    }

    private Table file(TableFormat format, String content) throws IOException {
        return format.open(Files.writeString(folder.resolve("rows"), content));
    }

    private static List<Row> rows(Table table) {
        List<Row> rows = new ArrayList<>();
        assertThat(table.read(rows::add)).isEqualTo(rows.size());
        return rows;
    }

    private static List<String> texts(Table table, String column) {
        return rows(table).stream().map(row -> row.text(column)).toList();
    }

    private static List<String> places(Table table) {
        return rows(table).stream().map(Row::place).toList();
    }
}
