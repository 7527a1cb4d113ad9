package dev.palette.table;

import dev.palette.table.Table.Heading;
import java.util.List;

/**
 * A column of figures.
 *
 * @param key for programs
 * @param text its heading
 * @param measures one or more, side by side as on GLUE's leaderboard
 * @param format how they are written
 */
record TableColumn(String key, String text, List<Measure> measures, NumberFormat format) {
    /** Copies the list. */
    TableColumn {
        measures = List.copyOf(measures);
    }

    static TableColumn of(Measure measure, NumberFormat format) {
        return new TableColumn(measure.key(), measure.title(), List.of(measure), format);
    }

    Heading heading() {
        return new Heading(key, text, true);
    }
}
