package dev.palette.table;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What stands where a row and a column meet. */
public sealed interface Cell {
    /** Nothing is known. */
    Cell NONE = new Text("–", List.of());

    /** Which of the table's footnotes belong to it, from 0. */
    List<Integer> footnotes();

    /** The same with a footnote more. */
    Cell with(int footnote);

    /** Words. */
    record Text(String text, List<Integer> footnotes) implements Cell {
        /** Copies the list. */
        public Text {
            footnotes = List.copyOf(footnotes);
        }

        @Override
        public Cell with(int footnote) {
            return new Text(text, and(footnotes, footnote));
        }
    }

    /**
     * One figure, or several that belong together, as on GLUE's leaderboard.
     *
     * @param figures in the order of the heading
     * @param format how they are written
     * @param showsN whether the number of seeds stands beside them, because it is not the row's
     * @param marks what is to be seen at once
     */
    record Figures(List<Figure> figures, NumberFormat format, boolean showsN, Set<Mark> marks, List<Integer> footnotes)
            implements Cell {
        /** Copies lists and marks. */
        public Figures {
            figures = List.copyOf(figures);
            marks = Set.copyOf(marks);
            footnotes = List.copyOf(footnotes);
        }

        /** Without anything beside the figures. */
        public Figures(List<Figure> figures, NumberFormat format) {
            this(figures, format, false, Set.of(), List.of());
        }

        @Override
        public Cell with(int footnote) {
            return new Figures(figures, format, showsN, marks, and(footnotes, footnote));
        }

        /** The same with a mark more. */
        public Figures with(Mark mark) {
            Set<Mark> more = EnumSet.of(mark);
            more.addAll(marks);
            return new Figures(figures, format, showsN, more, footnotes);
        }
    }

    /** Words without a footnote. */
    static Cell of(String text) {
        return new Text(text, List.of());
    }

    private static List<Integer> and(List<Integer> list, int more) {
        return Stream.concat(list.stream(), Stream.of(more)).distinct().toList();
    }
}
