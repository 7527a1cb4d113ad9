package dev.palette.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.task.rows.Row;
import dev.palette.task.rows.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a {@link Table} hold a text or a pair and its label.
 *
 * @param textA the column of the text, or of a pair's first
 * @param textB the column of a pair's second text
 * @param label the column of the label; null in a file without labels
 */
public record TextColumns(
        String textA, @Nullable String textB, @Nullable String label) {
    /**
     * The examples of a table; at least one.
     *
     * @throws dev.palette.spec.PaletteException when there is none, or a row is malformed; names file, line and column
     */
    public LabelledTexts read(Table table, Target target, List<? extends PairedMetric> metrics) {
        List<Example> examples = new ArrayList<>();
        int rows = table.readSome(row -> examples.add(example(row, target)));
        return new LabelledTexts(target, metrics, examples, remarks(rows - examples.size()));
    }

    private static List<String> remarks(int skipped) {
        return skipped == 0 ? List.of() : List.of(skipped + " rows without all columns left out, as the original does");
    }

    private Example example(Row row, Target target) {
        double known = label == null ? Double.NaN : label(row, label, target);
        return new Example(row.number(), row.text(textA), textB == null ? null : row.text(textB), known);
    }

    /**
     * A row's label: what the target takes its text for. A whole number that is no class's name is a class's number, from 0: so are labels
     * kept whose names stand elsewhere, as in Parquet files of Hugging Face's.
     *
     * @throws dev.palette.spec.PaletteException when it is none of the target's
     */
    public static double label(Row row, String column, Target target) {
        JsonNode cell = row.cell(column);
        OptionalDouble named = target.parse(row.text(column));
        if (named.isPresent()) {
            return named.getAsDouble();
        }
        boolean number = cell.isIntegralNumber()
                && target instanceof Target.Classification classes
                && cell.canConvertToInt()
                && cell.intValue() >= 0
                && cell.intValue() < classes.labels().size();
        if (number) {
            return cell.intValue();
        }
        throw row.problem("%s '%s'".formatted(column, row.text(column)), target.expected());
    }
}
