package dev.palette.exchange;

import dev.palette.adapter.Adapter;
import dev.palette.tensor.TensorData;
import java.util.List;

/**
 * One task's adapter and head, with tensors under the names that the adapter declares them by.
 *
 * @param adapter what it is
 * @param task whose it is
 * @param tensors its parameters, and the head's where there is one
 */
record OneAdapter(Adapter adapter, String task, List<TensorData> tensors) {
    /** The head's two names. */
    static String head(String task, String kind) {
        return "head." + task + "." + kind;
    }
}
