package dev.palette.result;

import java.util.ArrayList;
import java.util.List;

/** Lists of text cells for terminals. The first columns name things and stand left; figures stand right. */
final class TableText {
    private TableText() {}

    /** Columns two spaces apart, each as wide as its widest cell. */
    static String aligned(List<String> headings, List<List<String>> rows, int named) {
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, headings);
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                String padding = " ".repeat(width(all, i) - cell.length());
                cells.add(i < named ? cell + padding : padding + cell);
            }
            text.append(String.join("  ", cells).stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
