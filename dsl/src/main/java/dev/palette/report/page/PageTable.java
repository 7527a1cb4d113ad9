package dev.palette.report.page;

import java.util.List;

/**
 * A table as the page shows it.
 *
 * @param title its caption
 * @param headings of its columns
 * @param names how many of the first columns name a line
 * @param rows the cells as they are read
 * @param notes what stands below
 */
public record PageTable(String title, List<String> headings, int names, List<List<String>> rows, List<String> notes) {
    /** Copies the lists. */
    public PageTable {
        headings = List.copyOf(headings);
        rows = rows.stream().map(List::copyOf).toList();
        notes = List.copyOf(notes);
    }
}
