package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import dev.palette.spec.OptionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Several methods at once: {@code pal { size 204; layers 0..5 } + topLayer()}. At each site they are applied in order, each to what
 * the one before it made; what stands beside a layer is added up.
 *
 * <p>The parts' parameters keep their names, but those of a second or third part of one kind begin with {@code adapter.2.} or
 * {@code adapter.3.} in place of {@code adapter.}.
 *
 * @param parts what is added up, in order; two or more, none of them a sum itself
 */
public record Composed(List<Adapter> parts) implements Adapter {
    /** Checks that there is something to add up. */
    public Composed {
        parts = parts.stream().flatMap(part -> part.parts().stream()).toList();
        if (parts.size() < 2) {
            throw new OptionException(
                    "of", "composed: of has %d adapter, expected two or more".formatted(parts.size()));
        }
    }

    /** The sum of some methods. */
    static Composed of(List<Adapter> parts) {
        return new Composed(parts);
    }

    @Override
    public String label() {
        return parts.stream().map(Adapter::label).collect(Collectors.joining(" + "));
    }

    @Override
    public boolean sharesEncoder() {
        return parts.stream().allMatch(Adapter::sharesEncoder);
    }

    @Override
    public List<String> files() {
        return parts.stream().flatMap(part -> part.files().stream()).distinct().toList();
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            int part = i;
            parts.get(i).parameters(encoder, tasks).forEach(d -> all.add(d.named(name(part, d.name()))));
        }
        return all;
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        List<LayerAdapter> joined = IntStream.range(0, parts.size())
                .mapToObj(i -> parts.get(i).inLayer(layer, task, of(i, parameters)))
                .filter(adapter -> adapter != LayerAdapter.NONE)
                .toList();
        return joined.isEmpty() ? LayerAdapter.NONE : new Chain(joined);
    }

    @Override
    public @Nullable Prompt prompt(String task, ParameterSource parameters) {
        Prompt all = null;
        for (int i = 0; i < parts.size(); i++) {
            Prompt own = parts.get(i).prompt(task, of(i, parameters));
            if (own != null) {
                all = all == null ? own : all.then(own);
            }
        }
        return all;
    }

    @Override
    public @Nullable Sublayer onTop(BertConfig encoder, String task, ParameterSource parameters) {
        Sublayer all = null;
        for (int i = 0; i < parts.size(); i++) {
            Sublayer below = all;
            Sublayer own = parts.get(i).onTop(encoder, task, of(i, parameters));
            if (own != null) {
                all = below == null ? own : (h, c) -> own.apply(below.apply(h, c), c); // (N, H)
            }
        }
        return all;
    }

    @Override
    public String inPlaceOf(String parameter, String task) {
        for (int i = 0; i < parts.size(); i++) {
            String own = parts.get(i).inPlaceOf(parameter, task);
            if (!own.equals(parameter)) {
                return name(i, own);
            }
        }
        return parameter;
    }

    private ParameterSource of(int part, ParameterSource parameters) {
        return parameters.under(name -> name(part, name));
    }

    private String name(int part, String name) {
        Set<Class<?>> own = kinds(parts.get(part));
        long earlier = parts.subList(0, part).stream()
                .filter(other -> !Collections.disjoint(kinds(other), own))
                .count();
        return earlier == 0 ? name : name.replaceFirst("^adapter\\.", "adapter." + (earlier + 1) + ".");
    }

    /** The methods whose names a part's parameters bear: LHUC of another method bears both. */
    private static Set<Class<?>> kinds(Adapter part) {
        Set<Class<?>> kinds = new HashSet<>();
        if (!(part instanceof Trained)) { // which has no names of its own
            kinds.add(part.getClass());
        }
        if (part instanceof Wrapping wrapping) {
            wrapping.of().parts().forEach(inner -> kinds.addAll(kinds(inner)));
        }
        return kinds;
    }

    /** Several methods in one layer. */
    private record Chain(List<LayerAdapter> adapters) implements LayerAdapter {
        @Override
        public LayerAdapter in(LayerContext context) {
            return new Chain(
                    adapters.stream().map(adapter -> adapter.in(context)).toList());
        }

        @Override
        public boolean changesLinearMapsAlone() {
            return adapters.stream().allMatch(LayerAdapter::changesLinearMapsAlone);
        }

        @Override
        public LinearMap projection(Projection projection, LinearMap map) {
            LinearMap result = map;
            for (LayerAdapter adapter : adapters) {
                result = adapter.projection(projection, result);
            }
            return result;
        }

        @Override
        public @Nullable Prefix prefix(LayerContext context) {
            Prefix all = null;
            for (LayerAdapter adapter : adapters) {
                Prefix own = adapter.prefix(context);
                if (own != null) {
                    all = all == null ? own : all.then(own, context);
                }
            }
            return all;
        }

        @Override
        public NDArray afterAttention(Residual residual, LayerContext context) {
            Residual result = residual;
            for (LayerAdapter adapter : adapters) {
                result = result.with(adapter.afterAttention(result, context));
            }
            return result.output();
        }

        @Override
        public NDArray afterFeedForward(Residual residual, LayerContext context) {
            Residual result = residual;
            for (LayerAdapter adapter : adapters) {
                result = result.with(adapter.afterFeedForward(result, context));
            }
            return result.output();
        }

        @Override
        public @Nullable NDArray parallel(NDArray input, LayerContext context) {
            NDArray sum = null;
            for (LayerAdapter adapter : adapters) {
                NDArray own = adapter.parallel(input, context);
                if (own != null) {
                    sum = sum == null ? own : context.ops().add(sum, own); // (N, H)
                }
            }
            return sum;
        }

        @Override
        public NDArray output(NDArray output, LayerContext context) {
            NDArray result = output;
            for (LayerAdapter adapter : adapters) {
                result = adapter.output(result, context);
            }
            return result;
        }
    }

    /** Options of {@code composed}, which says the same as {@code +}. */
    public static final class Options implements Block<Composed> {
        private List<Adapter> parts = List.of();

        /** What is added up, in order; must be given. */
        public Options of(Collection<? extends Adapter> adapters) {
            parts = List.copyOf(adapters);
            return this;
        }

        /** What is added up, in order. */
        public Options of(Adapter... adapters) {
            return of(List.of(adapters));
        }

        @Override
        public Composed build() {
            return new Composed(parts);
        }
    }
}
