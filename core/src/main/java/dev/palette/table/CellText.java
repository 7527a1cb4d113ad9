package dev.palette.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A cell in letters, which renderers align or decorate.
 *
 * @param parts of a cell of figures one a figure; else one
 * @param figures whether the parts are figures
 * @param tail number of seeds, marks and footnotes
 * @param best whether it is the best of its column
 */
record CellText(List<String> parts, boolean figures, String tail, boolean best) {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    static CellText of(Cell cell) {
        if (cell instanceof Cell.Text words) {
            return new CellText(List.of(words.text()), false, footnotes(cell), false);
        }
        Cell.Figures figures = (Cell.Figures) cell;
        List<String> parts = new ArrayList<>();
        figures.figures().forEach(figure -> parts.add(figures.format().text(figure)));
        String seeds = figures.showsN()
                ? figures.figures().stream()
                        .map(figure -> Integer.toString(figure.n()))
                        .distinct()
                        .collect(Collectors.joining("/", "(", ")"))
                : "";
        String marks = figures.marks().stream()
                .sorted()
                .filter(mark -> mark != Mark.BEST)
                .map(Mark::sign)
                .collect(Collectors.joining());
        return new CellText(
                parts, true, seeds + marks + footnotes(cell), figures.marks().contains(Mark.BEST));
    }

    /** Everything, as it is read. */
    String whole() {
        return String.join("/", parts) + tail;
    }

    /** A footnote's number, raised. */
    static String raised(int footnote) {
        return Integer.toString(footnote + 1)
                .chars()
                .mapToObj(digit -> String.valueOf(SUPERSCRIPTS.charAt(digit - '0')))
                .collect(Collectors.joining());
    }

    private static String footnotes(Cell cell) {
        return cell.footnotes().stream().sorted().map(CellText::raised).collect(Collectors.joining("˒"));
    }
}
