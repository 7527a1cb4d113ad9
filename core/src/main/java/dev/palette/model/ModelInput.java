package dev.palette.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.kernel.Layout;
import dev.palette.kernel.Ops;
import dev.palette.kernel.PromptRows;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A batch as the encoder takes it: its word pieces one below the other, as the layout says.
 *
 * @param ids word pieces, (N) int64
 * @param types segment of each, (N) int64
 * @param places position of each in its sequence, (N) int64
 * @param layout which rows of hidden states are a sequence
 * @param prompt where prompts go, if there are any
 */
public record ModelInput(
        NDArray ids,
        NDArray types,
        NDArray places,
        Layout layout,
        @Nullable PromptRows prompt) {
    /** A batch without prompts. */
    public ModelInput(NDArray ids, NDArray types, NDArray places, Layout layout) {
        this(ids, types, places, layout, null);
    }

    /**
     * The same batch with rows for a prompt before the word pieces of each sequence.
     *
     * @param length vectors of the prompt, P
     */
    ModelInput prompted(int length) {
        PromptRows rows = PromptRows.before(layout, length, ids.getManager());
        return new ModelInput(ids, types, places, rows.layout(), rows);
    }

    /** Embeddings of word pieces and a prompt, (P, H), as the layout has them: (N, H). */
    NDArray withPrompt(NDArray pieces, NDArray vectors, Ops ops) {
        return ops.pick(
                ops.adapters().below(pieces, vectors),
                Objects.requireNonNull(prompt).source());
    }

    /**
     * A batch of which padding is computed as well, as the original computes it.
     *
     * @param ids word pieces row by row, S × T
     * @param types segments row by row, S × T
     * @param lengths (S) word pieces of each row; what follows is padding
     */
    public static ModelInput padded(NDManager scope, long[] ids, long[] types, int[] lengths) {
        int width = ids.length / lengths.length;
        Layout layout = Layout.padded(lengths, width, scope);
        return new ModelInput(scope.create(ids), scope.create(types), layout.places(), layout);
    }

    /**
     * A batch without its padding.
     *
     * @param ids word pieces row by row, S × T
     * @param types segments row by row, S × T
     * @param lengths (S) word pieces of each row; what follows is padding
     */
    public static ModelInput packed(NDManager scope, long[] ids, long[] types, int[] lengths) {
        int width = ids.length / lengths.length;
        int n = Arrays.stream(lengths).sum();
        long[] packedIds = new long[n];
        long[] packedTypes = new long[n];
        int row = 0;
        for (int sequence : Layout.packedOrder(lengths)) {
            for (int i = 0; i < lengths[sequence]; i++) {
                packedIds[row] = ids[sequence * width + i];
                packedTypes[row++] = types[sequence * width + i];
            }
        }
        Layout layout = Layout.packed(lengths, width, scope);
        return new ModelInput(scope.create(packedIds), scope.create(packedTypes), layout.places(), layout);
    }
}
