package dev.palette.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A column of a table for terminals, all of one width.
 *
 * @param heading the padded heading
 * @param cells the padded cells
 */
record TextColumn(String heading, List<String> cells) {
    private static final String NUMBER = "0123456789+−-<,";

    int width() {
        return heading.length();
    }

    /**
     * Names: to the left, cut where they are too long.
     *
     * @param longest letters that a name may have
     */
    static TextColumn ofNames(String heading, List<CellText> cells, int longest) {
        List<String> texts =
                cells.stream().map(cell -> cut(cell.whole(), longest)).toList();
        int width = Math.max(heading.length(), longestOf(texts));
        return new TextColumn(
                right(heading, width),
                texts.stream().map(text -> right(text, width)).toList());
    }

    /** Figures: each part aligned on its decimal point, words to the right. */
    static TextColumn ofFigures(String heading, List<CellText> cells) {
        int parts = cells.stream()
                .filter(CellText::figures)
                .mapToInt(cell -> cell.parts().size())
                .max()
                .orElse(0);
        List<Decimals> decimals = IntStream.range(0, parts)
                .mapToObj(part -> Decimals.of(cells, part))
                .toList();
        List<String> texts = cells.stream().map(cell -> text(cell, decimals)).toList();
        int inner = longestOf(texts);
        int width = Math.max(heading.length(), inner);
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            padded.add(left(cells.get(i).figures() ? right(texts.get(i), inner) : texts.get(i), width));
        }
        return new TextColumn(left(heading, width), padded);
    }

    private static String text(CellText cell, List<Decimals> decimals) {
        if (!cell.figures()) {
            return cell.whole();
        }
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < cell.parts().size(); i++) {
            padded.add(decimals.get(i).pad(cell.parts().get(i)));
        }
        return String.join("/", padded) + (cell.best() ? Mark.BEST.sign() : "") + cell.tail();
    }

    /**
     * The room that figures of one column need.
     *
     * @param before the decimal point, and what stands before it
     * @param after the decimal point, it and what stands behind it
     */
    private record Decimals(int before, int after) {
        static Decimals of(List<CellText> cells, int part) {
            int before = 0;
            int after = 0;
            for (CellText cell : cells) {
                if (cell.figures() && part < cell.parts().size()) {
                    String text = cell.parts().get(part);
                    before = Math.max(before, point(text));
                    after = Math.max(after, text.length() - point(text));
                }
            }
            return new Decimals(before, after);
        }

        String pad(String text) {
            int point = point(text);
            return " ".repeat(before - point) + text + " ".repeat(after - (text.length() - point));
        }

        /** Where the first number's whole part ends. */
        private static int point(String text) {
            int end = 0;
            while (end < text.length() && NUMBER.indexOf(text.charAt(end)) >= 0) {
                end++;
            }
            return end;
        }
    }

    private static int longestOf(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    private static String right(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String left(String text, int width) {
        return " ".repeat(width - text.length()) + text;
    }
}
