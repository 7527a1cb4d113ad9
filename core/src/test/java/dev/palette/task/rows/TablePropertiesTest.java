package dev.palette.task.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Whatever the cells hold, a reader gives back what a writer of its format wrote; and whatever a file holds, it is read or refused. */
class TablePropertiesTest {
    private static final List<String> COLUMNS = List.of("text", "label", "more");

    @Property(tries = 200)
    void csvIsReadAsItWasWritten(@ForAll("tables") List<List<String>> rows) throws IOException {
        StringWriter text = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
            printer.printRecord(COLUMNS);
            printer.printRecords(rows);
        }

        assertThat(read(TableFormat.CSV, text.toString())).isEqualTo(rows);
    }

    @Property(tries = 200)
    void jsonLinesAreReadAsTheyWereWritten(@ForAll("tables") List<List<String>> rows) throws IOException {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            Map<String, String> cells = new LinkedHashMap<>();
            for (int i = 0; i < COLUMNS.size(); i++) {
                cells.put(COLUMNS.get(i), row.get(i));
            }
            text.append(new ObjectMapper().writeValueAsString(cells)).append('\n');
        }

        assertThat(read(TableFormat.JSON_LINES, text.toString())).isEqualTo(rows);
    }

    @Property(tries = 200)
    void tsvIsReadAsItWasWritten(@ForAll("plainTables") List<List<String>> rows) {
        StringBuilder text = new StringBuilder(String.join("\t", COLUMNS)).append('\n');
        rows.forEach(row -> text.append(String.join("\t", row)).append('\n'));

        assertThat(read(TableFormat.TSV, text.toString())).isEqualTo(rows);
    }

    @Property(tries = 200)
    void anyTextIsReadOrRefusedWithItsFile(@ForAll("noise") String content, @ForAll TableFormat format) {
        assertThatCode(() -> {
                    try {
                        read(format, content);
                    } catch (PaletteException refused) {
                        assertThat(refused).hasMessageContaining("rows");
                    }
                })
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        return Arbitraries.strings()
                .withChars("ab\"',\t\n #\\\u00e4\u4e2d-")
                .ofMaxLength(6)
                .map(cell -> cell.replace("\r", ""))
                .list()
                .ofSize(COLUMNS.size())
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<List<String>>> plainTables() {
        return Arbitraries.strings()
                .withChars("ab\"', #\\\u00e4\u4e2d-")
                .ofMaxLength(6)
                .list()
                .ofSize(COLUMNS.size())
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.strings()
                .withChars("ab\"{}[]:,\t\n #1\u0000\uFEFFPAR")
                .ofMaxLength(30);
    }

    private static List<List<String>> read(TableFormat format, String content) {
        try {
            Path file = Files.createTempFile("rows", "." + format.word());
            try {
                Files.writeString(file, content);
                List<List<String>> rows = new ArrayList<>();
                format.open(file)
                        .read(row -> rows.add(
                                COLUMNS.stream().filter(row::has).map(row::text).toList()));
                return rows;
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
