package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/**
 * Losses on their way from the device. On a processor each is read at once. A GPU is asked for many steps ahead, and reading waits
 * until it has done all it was asked for; so there several are read together.
 */
final class LossReader {
    private static final int TOGETHER_ON_GPU = 10;

    private final Reader reader;
    private final int together;
    private final List<Step> steps = new ArrayList<>();
    private final NDList losses = new NDList();
    private long start;

    /**
     * A batch of a step, whose loss is to be read.
     *
     * @param number steps done before it
     * @param examples the batch's, by their rows
     * @param tokens word pieces in the batch
     */
    record Step(long number, String task, int[] examples, long tokens) {}

    /** Hears of losses in the order of the steps. */
    interface Reader {
        /**
         * A batch's loss is known.
         *
         * @param seconds time it took; of batches that are read together, their mean
         */
        void read(Step step, double loss, double seconds);
    }

    LossReader(boolean gpu, Reader reader) {
        this.reader = reader;
        this.together = gpu ? TOGETHER_ON_GPU : 1;
    }

    /** A step begins, which {@link #add} will tell of. */
    void begin() {
        if (steps.isEmpty()) {
            start = System.nanoTime();
        }
    }

    /**
     * Takes a step's losses.
     *
     * @param ofBatches scalars, one for each of its batches; closed when they have been read
     */
    void add(List<Step> batches, List<NDArray> ofBatches) {
        steps.addAll(batches);
        losses.addAll(ofBatches);
        if (steps.size() >= together) {
            readAll();
        }
    }

    /** Reads what has not been read. */
    void readAll() {
        if (steps.isEmpty()) {
            return;
        }
        float[] values;
        try (NDArray all = NDArrays.stack(losses)) {
            values = all.toFloatArray();
        }
        List<Step> read = List.copyOf(steps);
        forget();
        double seconds = (System.nanoTime() - start) / 1e9 / read.size();
        for (int i = 0; i < values.length; i++) {
            reader.read(read.get(i), values[i], seconds);
        }
    }

    /** Drops what has not been read. */
    void forget() {
        steps.clear();
        losses.close();
        losses.clear();
    }
}
