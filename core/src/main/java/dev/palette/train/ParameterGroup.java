package dev.palette.train;

import dev.palette.model.ModelPart;
import dev.palette.model.ParameterSet;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.spec.PaletteException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parameters with a learning rate or a weight decay of their own: {@code group { names 'adapter.*'; learningRate 3e-4 }}.
 *
 * @param names patterns of parameters' names, as in {@link ParameterSet}
 * @param layers of the encoder, counted from 0, with the adapters in them
 * @param parts of the model
 * @param except patterns of the names that are left out
 * @param learningRate at the top of the schedule; null for the optimizer's own
 * @param weightDecay of those that decay at all: biases, layer norms and scales never do; null for the optimizer's own
 */
public record ParameterGroup(
        List<String> names,
        List<Integer> layers,
        List<ModelPart> parts,
        List<String> except,
        @Limit(least = 0, above = true) @Nullable Double learningRate,
        @Limit(least = 0, most = 1) @Nullable Double weightDecay) {
    /** Checks that it names parameters, and gives them something. */
    public ParameterGroup {
        Limits.check(ParameterGroup.class, names, layers, parts, except, learningRate, weightDecay);
        ParameterSet set = new ParameterSet(names, layers, parts, except);
        names = set.names();
        layers = set.layers();
        parts = set.parts();
        except = set.except();
        if (set.isEmpty()) {
            throw new PaletteException(
                    "group has no names, layers or parts; say which parameters it is of: names 'adapter.*'");
        }
        if (learningRate == null && weightDecay == null) {
            throw new PaletteException(
                    "group has neither learningRate nor weightDecay; give it what its parameters have of their own: learningRate 3e-4");
        }
    }

    /** A group configured by a block: {@code ParameterGroup.of(g -> g.names("adapter.*").learningRate(3e-4))}. */
    public static ParameterGroup of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    /** The parameters it is of. */
    public ParameterSet set() {
        return new ParameterSet(names, layers, parts, except);
    }

    /** Options of {@code group}. */
    public static final class Options extends ParameterSet.Options<Options, ParameterGroup> {
        private @Nullable Double learningRate;
        private @Nullable Double weightDecay;

        /** Learning rate at the top of the schedule, whatever their layer; the optimizer's own by default. */
        public Options learningRate(double value) {
            learningRate = value;
            return this;
        }

        /** Decoupled weight decay; the optimizer's own by default. Biases, layer norms and scales have none. */
        public Options weightDecay(double value) {
            weightDecay = value;
            return this;
        }

        @Override
        public ParameterGroup build() {
            return new ParameterGroup(names, layers, parts, except, learningRate, weightDecay);
        }
    }
}
