package dev.palette.task.rows;

import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** One file of examples as rows of named columns. Each call reads the file anew; nothing is kept. */
public interface Table {
    /** The file. */
    Path file();

    /** Where the columns are named, for messages: the file, and the line where there is such a thing. */
    String heading();

    /**
     * The columns, in the file's order; where every row names its own, those of the first row.
     *
     * @throws PaletteException when the file cannot be read
     */
    List<String> columns();

    /**
     * Gives every row, in order.
     *
     * @return how many rows there are, those left out counted
     * @throws PaletteException when the file cannot be read or a row is malformed
     */
    int read(Consumer<Row> rows);

    /**
     * Gives every row, of which there must be some that are not left out.
     *
     * @return how many rows there are, those left out counted
     * @throws PaletteException when there is none, the file cannot be read or a row is malformed
     */
    default int readSome(Consumer<Row> rows) {
        boolean[] some = {false};
        int count = read(row -> {
            some[0] = true;
            rows.accept(row);
        });
        if (!some[0]) {
            throw new PaletteException("%s has no examples in %d rows; fetch it again".formatted(file(), count));
        }
        return count;
    }

    /**
     * Lets a file pass that has these columns.
     *
     * @throws PaletteException when one is missing; names what is near it, and the columns that there are
     */
    default void require(Collection<String> wanted) {
        List<String> there = columns();
        for (String column : wanted) {
            if (!there.contains(column)) {
                throw new PaletteException("%s: %s"
                        .formatted(
                                heading(),
                                NearestWord.unknown("column", column, there).getMessage()));
            }
        }
    }
}
