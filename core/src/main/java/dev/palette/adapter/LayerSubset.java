package dev.palette.adapter;

import dev.palette.pretrained.BertConfig;
import dev.palette.spec.OptionException;
import java.util.List;
import java.util.stream.IntStream;

/** The option {@code layers} of a method that can join some of the encoder's layers only: indices from 0; none stand for all. */
final class LayerSubset {
    private static final String OPTION = "layers";

    private LayerSubset() {}

    /** The same layers, ascending. */
    static List<Integer> ascending(List<Integer> layers) {
        for (int layer : layers) {
            if (layer < 0) {
                throw new OptionException(
                        OPTION, "layers has %d, expected layers counted from 0, e.g. layers 6..11".formatted(layer));
            }
        }
        return layers.stream().sorted().distinct().toList();
    }

    /** Whether a layer is among the chosen. */
    static boolean has(List<Integer> layers, int layer) {
        return layers.isEmpty() || layers.contains(layer);
    }

    /** The chosen layers of an encoder, ascending. */
    static List<Integer> in(BertConfig encoder, List<Integer> layers) {
        for (int layer : layers) {
            if (layer >= encoder.layers()) {
                throw new OptionException(
                        OPTION,
                        "layers has %d, but the encoder's %d layers are 0 to %d"
                                .formatted(layer, encoder.layers(), encoder.layers() - 1));
            }
        }
        return IntStream.range(0, encoder.layers())
                .filter(layer -> has(layers, layer))
                .boxed()
                .toList();
    }

    /** {@code , layers 6-11} for a label; empty for all layers. */
    static String label(List<Integer> layers) {
        if (layers.isEmpty()) {
            return "";
        }
        int first = layers.get(0);
        int last = layers.get(layers.size() - 1);
        boolean oneRun = last - first == layers.size() - 1;
        return ", layers "
                + (oneRun && last > first
                        ? first + "-" + last
                        : layers.toString().replaceAll("[\\[\\]]", ""));
    }
}
