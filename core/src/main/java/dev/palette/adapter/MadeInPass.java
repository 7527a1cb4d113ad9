package dev.palette.adapter;

import java.util.function.Function;

/**
 * A method whose weights are made of its parameters anew in each pass: mixed, multiplied out, generated.
 *
 * @param making makes it
 */
record MadeInPass(Function<LayerContext, LayerAdapter> making) implements LayerAdapter {
    @Override
    public LayerAdapter in(LayerContext context) {
        return making.apply(context);
    }
}
