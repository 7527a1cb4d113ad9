package dev.palette.task;

import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * The file of predicted labels, {@code .tsv}: the example's row in its file, from 0, the predicted label as the files write it, the true
 * one where it is known, and the head's values, to the last digit. With the true labels beside them predictions can be judged anywhere,
 * without the data they were made for.
 */
final class PredictionTable {
    private PredictionTable() {}

    /**
     * The table as {@link Dataset#predictions} gives it.
     *
     * @param rowOf the row in its file of each example
     * @param labelOf the label of each example; NaN of all, where they are kept secret
     */
    static Map<String, String> of(Target target, IntUnaryOperator rowOf, IntToDoubleFunction labelOf, Outputs outputs) {
        boolean labelled = !Double.isNaN(labelOf.applyAsDouble(0));
        StringBuilder table = new StringBuilder("index\tprediction");
        if (labelled) {
            table.append("\tlabel");
        }
        int width = outputs.rows().get(0).length;
        for (int i = 0; i < width; i++) {
            table.append("\tlogit_").append(i);
        }
        for (int i = 0; i < outputs.size(); i++) {
            float[] row = outputs.rows().get(i);
            table.append('\n').append(rowOf.applyAsInt(i));
            table.append('\t').append(target.text(target.prediction(row)));
            if (labelled) {
                table.append('\t').append(target.text(labelOf.applyAsDouble(i)));
            }
            for (float value : row) {
                table.append('\t').append(value);
            }
        }
        return Map.of(".tsv", table.append('\n').toString());
    }
}
