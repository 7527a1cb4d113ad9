package dev.palette.exchange;

import dev.palette.spec.PaletteException;
import dev.palette.tensor.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tensors of several adapters, number by number, in double precision. */
final class WeightedSum {
    private WeightedSum() {}

    /**
     * c + Σ wᵢ (xᵢ − c): what was learnt is the distance from the value that parameters start from.
     *
     * @param start c
     */
    static List<TensorData> around(double start, List<Map<String, TensorData>> values, List<Double> weights) {
        List<TensorData> sums = new ArrayList<>();
        for (TensorData first : values.get(0).values()) {
            double[] sum = new double[first.toFloats().length];
            for (int i = 0; i < values.size(); i++) {
                float[] term = same(values.get(i).get(first.name()), first).toFloats();
                for (int j = 0; j < sum.length; j++) {
                    sum[j] += weights.get(i) * (term[j] - start);
                }
            }
            sums.add(with(first, sum, start));
        }
        return sums;
    }

    /** All tensors, those whose names end so times a number. */
    static List<TensorData> scaled(Map<String, TensorData> values, String ending, double factor) {
        return values.values().stream()
                .map(tensor -> tensor.name().endsWith(ending) ? times(tensor, factor) : tensor)
                .toList();
    }

    /** A tensor times a number. */
    static TensorData times(TensorData tensor, double factor) {
        float[] values = tensor.toFloats();
        double[] products = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            products[i] = values[i] * factor;
        }
        return with(tensor, products, 0);
    }

    private static TensorData same(@Nullable TensorData other, TensorData first) {
        if (other == null || !other.shape().equals(first.shape())) {
            throw new PaletteException(
                    "tensor '%s' is %s in another of the files, expected %s; give adapters of one kind"
                            .formatted(first.name(), other == null ? "missing" : other.shape(), first.shape()));
        }
        return other;
    }

    private static TensorData with(TensorData like, double[] values, double added) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) (values[i] + added);
        }
        return TensorData.ofFloats(
                like.name(),
                rounded,
                like.shape().stream().mapToLong(Long::longValue).toArray());
    }
}
