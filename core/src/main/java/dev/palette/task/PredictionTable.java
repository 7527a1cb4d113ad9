package dev.palette.task;

import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * The file of predicted labels, {@code .tsv}: the example's row in its file, from 0, the predicted label as the files write it, and
 * the head's values, to the last digit.
 */
final class PredictionTable {
    private PredictionTable() {}

    /**
     * The table as {@link Dataset#predictions} gives it.
     *
     * @param rowOf the row in its file of each example
     */
    static Map<String, String> of(Target target, IntUnaryOperator rowOf, Outputs outputs) {
        StringBuilder table = new StringBuilder("index\tprediction");
        int width = outputs.rows().get(0).length;
        for (int i = 0; i < width; i++) {
            table.append("\tlogit_").append(i);
        }
        for (int i = 0; i < outputs.size(); i++) {
            float[] row = outputs.rows().get(i);
            table.append('\n').append(rowOf.applyAsInt(i));
            table.append('\t').append(target.text(target.prediction(row)));
            for (float value : row) {
                table.append('\t').append(value);
            }
        }
        return Map.of(".tsv", table.append('\n').toString());
    }
}
