package dev.palette.exchange;

import dev.palette.adapter.Lora;
import dev.palette.tensor.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The sum of several low-rank updates as one, exactly: the rows of all A one below the other, and the columns of all w s B side by side.
 *
 * @param loras what is added up; of the same linear maps
 * @param weights w of each
 * @param values the tensors of each, under one task's names
 */
record LoraSum(List<Lora> loras, List<Double> weights, List<Map<String, TensorData>> values) {
    private static final String DOWN = ".down.weight";
    private static final String UP = ".up.weight";

    LoraSum {
        for (Lora lora : loras) {
            Lora first = loras.get(0);
            if (!lora.projections().equals(first.projections())
                    || !lora.layers().equals(first.layers())) {
                throw TaskArithmetic.different(first, lora);
            }
        }
    }

    OneAdapter of(String task) {
        int rank = loras.stream().mapToInt(Lora::rank).sum();
        Lora first = loras.get(0);
        Lora sum = new Lora(rank, rank, first.dropout(), false, first.projections(), first.layers());
        List<TensorData> tensors = new ArrayList<>();
        for (String name : values.get(0).keySet()) {
            if (name.endsWith(DOWN)) {
                String up = name.replace(DOWN, UP);
                tensors.add(below(name));
                tensors.add(beside(up));
            }
        }
        return new OneAdapter(sum, task, tensors);
    }

    private TensorData of(int i, String name) {
        return Objects.requireNonNull(values.get(i).get(name), name);
    }

    /** All A: (Σ r, I). */
    private TensorData below(String name) {
        int rank = loras.stream().mapToInt(Lora::rank).sum();
        int inputs = Math.toIntExact(of(0, name).shape().get(1));
        float[] all = new float[rank * inputs];
        int row = 0;
        for (int i = 0; i < loras.size(); i++) {
            float[] own = of(i, name).toFloats();
            System.arraycopy(own, 0, all, row * inputs, own.length);
            row += loras.get(i).rank();
        }
        return TensorData.ofFloats(name, all, rank, inputs);
    }

    /** All w s B: (O, Σ r). */
    private TensorData beside(String name) {
        int rank = loras.stream().mapToInt(Lora::rank).sum();
        int outputs = Math.toIntExact(of(0, name).shape().get(0));
        float[] all = new float[outputs * rank];
        int column = 0;
        for (int i = 0; i < loras.size(); i++) {
            Lora lora = loras.get(i);
            float[] own = WeightedSum.times(of(i, name), weights.get(i) * lora.scale())
                    .toFloats();
            for (int row = 0; row < outputs; row++) {
                System.arraycopy(own, row * lora.rank(), all, row * rank + column, lora.rank());
            }
            column += lora.rank();
        }
        return TensorData.ofFloats(name, all, outputs, rank);
    }
}
