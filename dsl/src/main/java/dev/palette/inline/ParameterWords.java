package dev.palette.inline;

import dev.palette.adapter.Declaration.Start;
import dev.palette.inline.Parameter.Kind;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.PaletteException;
import dev.palette.task.TaskName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words between the braces of {@code parameters { … }} and {@code shared { … }}. Public, because Groovy calls them. */
public final class ParameterWords {
    private final BertConfig encoder;
    private final int layer;
    private final @Nullable String task;
    private final List<Parameter> listed = new ArrayList<>();

    ParameterWords(BertConfig encoder, int layer, @Nullable String task) {
        this.encoder = encoder;
        this.layer = layer;
        this.task = task;
    }

    /** Width of the hidden states. */
    public int getHidden() {
        return encoder.hiddenSize();
    }

    /** Width inside the feed-forward part. */
    public int getIntermediate() {
        return encoder.intermediateSize();
    }

    /** Attention heads of a layer. */
    public int getHeads() {
        return encoder.heads();
    }

    /** Layers of the encoder. */
    public int getLayers() {
        return encoder.layers();
    }

    /** The layer that the parameters are for, from 0. */
    public int getLayer() {
        return layer;
    }

    /** The task that they are for; null where all share them. */
    public @Nullable String getTask() {
        return task;
    }

    /** All zero, to begin with. */
    public Start getZero() {
        return Start.ZERO;
    }

    /** All one, to begin with. */
    public Start getOne() {
        return Start.ONE;
    }

    /** Normal with mean 0 and standard deviation 0.02, to begin with. */
    public Start getNormal() {
        return Start.NORMAL;
    }

    /** A linear layer, called as {@code name(h)}: (…, in) → (…, out). */
    public void linear(String name, int in, int out) {
        add(new Parameter(name, Kind.LINEAR, List.of(in, out), Start.NORMAL));
    }

    /** A layer norm, called as {@code name(h)}. */
    public void norm(String name, int size) {
        add(new Parameter(name, Kind.NORM, List.of(size), Start.ONE));
    }

    /** A vector that begins with normal values. */
    public void vector(String name, int size) {
        vector(name, size, Start.NORMAL);
    }

    /** A vector. */
    public void vector(String name, int size, Start start) {
        add(new Parameter(name, Kind.TENSOR, List.of(size), start));
    }

    /** The parameters that were listed. */
    List<Parameter> listed() {
        return List.copyOf(listed);
    }

    private void add(Parameter parameter) {
        TaskName.check(parameter.name());
        if (listed.stream().anyMatch(other -> other.name().equals(parameter.name()))) {
            throw new PaletteException("two parameters of an adapter are called '%s'".formatted(parameter.name()));
        } else if (parameter.shape().stream().anyMatch(size -> size < 1)) {
            throw new PaletteException("parameter '%s' of an adapter has the sizes %s, expected each at least 1"
                    .formatted(parameter.name(), parameter.shape()));
        }
        listed.add(parameter);
    }
}
