package dev.palette.task.rows;

import dev.palette.spec.Word;
import java.nio.file.Path;
import java.util.function.Function;

/** What a file of examples may be. All but Parquet is UTF-8. */
public enum TableFormat {
    /** Columns parted by tabs, the first line their names; a quote is a character like any other. */
    TSV(TsvTable::new),
    /** Columns parted by commas and quoted where need be (RFC 4180), the first record their names. */
    CSV(CsvTable::new),
    /** A JSON object a line, whose members are the columns; blank lines are passed over. */
    JSON_LINES(JsonLinesTable::new),
    /** A token a line, sentences parted by blank lines (CoNLL); columns are numbered from 1, and each holds a list. */
    CONLL(ConllTable::new),
    /** Apache Parquet. */
    PARQUET(ParquetTable::new);

    private final Function<Path, Table> reader;

    TableFormat(Function<Path, Table> reader) {
        this.reader = reader;
    }

    /** The file's table; nothing is read yet. */
    public Table open(Path file) {
        return reader.apply(file);
    }

    /** As scripts write it: {@code tsv}, {@code jsonLines}. */
    public String word() {
        return Word.of(this);
    }
}
