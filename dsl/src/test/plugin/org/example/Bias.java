package org.example;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.LayerAdapter;
import dev.palette.adapter.LayerContext;
import dev.palette.adapter.ParameterSource;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.ReplacedBy;
import dev.palette.spec.Range;
import java.util.ArrayList;
import java.util.List;

/** A vector for each task and layer, added to the layer's output. */
public record Bias(double scale) implements Adapter {
    public Bias {
        Range.positive("scale", scale);
    }

    @Override
    public String label() {
        return "bias(" + scale + ")";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (String task : tasks) {
            for (int layer = 0; layer < encoder.layers(); layer++) {
                all.add(new Declaration(name(task, layer), List.of(encoder.hiddenSize()), Declaration.Start.ZERO, task));
            }
        }
        return all;
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        NDArray bias = parameters.get(name(task, layer));
        return new LayerAdapter() {
            @Override
            public NDArray output(NDArray output, LayerContext context) {
                return output.add(bias.mul(scale));
            }
        };
    }

    private static String name(String task, int layer) {
        return "adapter.bias." + task + "." + layer;
    }

    /** Options of {@code bias}. */
    public static final class Options implements Block<Bias> {
        private double scale = 1;

        /** What the vectors are multiplied by; 1 by default. */
        public Options scale(double value) {
            scale = value;
            return this;
        }

        /** What {@code scale} was called once. */
        @ReplacedBy("scale")
        public Options factor(double value) {
            return scale(value);
        }

        @Override
        public Bias build() {
            return new Bias(scale);
        }
    }
}
