package dev.palette.task;

import dev.palette.task.rows.TsvTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of one tab-separated file hold.
 *
 * @param file its name in the task's folder
 * @param header whether the first line names the columns
 * @param columns the columns, in order
 * @param textA the column of the text, or of a pair's first
 * @param textB the column of a pair's second text
 * @param label the column of the label; null in a file without labels
 * @param shortRowsSkipped rows with too few columns are left out and counted, instead of an error
 */
record TsvLayout(
        String file,
        boolean header,
        List<String> columns,
        String textA,
        @Nullable String textB,
        @Nullable String label,
        boolean shortRowsSkipped) {

    /** The columns that are read. */
    List<String> read() {
        List<String> names = new ArrayList<>(List.of(textA));
        if (textB != null) {
            names.add(textB);
        }
        if (label != null) {
            names.add(label);
        }
        return names;
    }

    /** A file's examples. */
    LabelledTexts read(Path path, Target target, List<? extends PairedMetric> metrics) {
        TsvTable table = new TsvTable(path, columns, header ? read() : List.of(), shortRowsSkipped);
        return new TextColumns(textA, textB, label).read(table, target, metrics);
    }

    /** The files of one data set, which name the columns they share alike. One whose columns lack the label has no labels. */
    static final class Files {
        private final String textA;
        private final @Nullable String textB;
        private final String label;
        private final Map<Split, TsvLayout> bySplit = new EnumMap<>(Split.class);
        private boolean skipShortRows;

        private Files(String textA, @Nullable String textB, String label) {
            this.textA = textA;
            this.textB = textB;
            this.label = label;
        }

        static Files ofTexts(String text, String label) {
            return new Files(text, null, label);
        }

        static Files ofPairs(String textA, String textB, String label) {
            return new Files(textA, textB, label);
        }

        /** In the labelled files added from here on, rows with too few columns are left out. */
        Files skippingShortRows() {
            skipShortRows = true;
            return this;
        }

        /** A file with a header; {@code columns} are separated by {@code |}. */
        Files with(Split split, String file, String columns) {
            return add(split, file, true, columns);
        }

        /** A file without a header. */
        Files headless(Split split, String file, String columns) {
            return add(split, file, false, columns);
        }

        private Files add(Split split, String file, boolean header, String columns) {
            List<String> names = List.of(columns.split("\\|"));
            boolean labelled = names.contains(label);
            bySplit.put(
                    split,
                    new TsvLayout(
                            file, header, names, textA, textB, labelled ? label : null, labelled && skipShortRows));
            return this;
        }

        Map<Split, TsvLayout> bySplit() {
            return bySplit;
        }
    }
}
