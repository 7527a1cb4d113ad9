package dev.palette.table;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables for LaTeX with the package booktabs, and no other: a float with its caption, notes small below. */
final class LatexRenderer {
    private static final Map<Character, String> ESCAPES = Map.ofEntries(
            Map.entry('\\', "\\textbackslash{}"),
            Map.entry('&', "\\&"),
            Map.entry('%', "\\%"),
            Map.entry('$', "\\$"),
            Map.entry('#', "\\#"),
            Map.entry('_', "\\_"),
            Map.entry('{', "\\{"),
            Map.entry('}', "\\}"),
            Map.entry('~', "\\textasciitilde{}"),
            Map.entry('^', "\\textasciicircum{}"),
            Map.entry('±', "$\\pm$"),
            Map.entry('×', "$\\times$"),
            Map.entry('−', "$-$"),
            Map.entry('≈', "$\\approx$"),
            Map.entry('•', "$\\bullet$"),
            Map.entry('→', "$\\to$"),
            Map.entry('<', "$<$"),
            Map.entry('>', "$>$"),
            Map.entry('–', "--"),
            Map.entry('…', "\\ldots{}"));
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private LatexRenderer() {}

    static String render(Table table) {
        String alignment = table.headings().stream()
                .map(heading -> heading.figures() ? "r" : "l")
                .collect(Collectors.joining());
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        lines.add("\\begin{table}")
                .add("\\centering")
                .add("\\caption{%s}".formatted(escaped(table.title())))
                .add("\\begin{tabular}{%s}".formatted(alignment))
                .add("\\toprule")
                .add(row(table.headings().stream()
                        .map(heading -> escaped(heading.text()))
                        .toList()));
        for (Table.Group group : table.groups()) {
            if (!group.rows().isEmpty()) {
                lines.add("\\midrule");
                group.rows()
                        .forEach(row -> lines.add(row(
                                row.cells().stream().map(LatexRenderer::cell).toList())));
            }
        }
        lines.add("\\bottomrule").add("\\end{tabular}");
        List<String> notes = IntStream.range(0, table.footnotes().size())
                .mapToObj(i -> CellText.raised(i) + " " + table.footnotes().get(i))
                .collect(Collectors.toList());
        notes.addAll(table.notes());
        notes.forEach(note -> lines.add("\n{\\footnotesize %s\\par}".formatted(escaped(note))));
        return lines.add("\\end{table}").toString();
    }

    private static String row(List<String> cells) {
        return String.join(" & ", cells) + " \\\\";
    }

    private static String cell(Cell cell) {
        CellText text = CellText.of(cell);
        String whole = escaped(text.whole());
        return text.best() ? "\\textbf{" + whole + "}" : whole;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            int digit = RAISED.indexOf(letter);
            escaped.append(digit >= 0 ? "$^{" + digit + "}$" : ESCAPES.getOrDefault(letter, String.valueOf(letter)));
        }
        return escaped.toString();
    }
}
