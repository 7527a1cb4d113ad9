package dev.palette.inline;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.LayerContext;
import dev.palette.kernel.LayerNorm;
import dev.palette.kernel.Linear;
import dev.palette.kernel.Ops;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.MissingPropertyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.codehaus.groovy.runtime.InvokerHelper;

/** The words between the braces of {@code parallel { h -> … }} and the other sites: an adapter's parameters, and functions of values. */
final class Formula extends GroovyObjectSupport {
    private static final Map<String, BiFunction<Ops, NDArray, NDArray>> FUNCTIONS = Map.of(
            "gelu", Ops::gelu,
            "relu", Ops::relu,
            "sigmoid", Ops::sigmoid,
            "tanh", Ops::tanh);
    private static final String DROPOUT = "dropout";

    private final Map<String, Object> parameters;
    private final LayerContext context;
    private Ops ops;

    /** @param parameters by the code's names: linear layers, norms, tensors */
    Formula(Map<String, Object> parameters, LayerContext context) {
        this.parameters = parameters;
        this.context = context;
        this.ops = context.ops();
    }

    /** What a closure makes of its inputs; intermediate tensors are freed at once. */
    NDArray compute(String site, Closure<?> formula, NDArray... inputs) {
        return context.ops().scoped(inner -> {
            ops = inner;
            Object[] values =
                    Arrays.stream(inputs).map(each -> new Value(each, inner)).toArray();
            Object made = Delegation.run(formula, this, values);
            if (made instanceof Value value) {
                boolean owned = Stream.concat(Arrays.stream(inputs), parameters.values().stream())
                        .anyMatch(other -> other == value.array());
                return owned ? inner.scale(value.array(), 1) : value.array();
            }
            throw new PaletteException("an adapter's %s gave %s, expected what is computed from the hidden states"
                    .formatted(site, InvokerHelper.toString(made)));
        });
    }

    @Override
    public Object invokeMethod(String name, Object arguments) {
        List<?> given = InvokerHelper.asList(arguments);
        boolean one = given.size() == 1 && given.get(0) instanceof Value;
        Object parameter = parameters.get(name);
        if (one && parameter instanceof Linear linear) {
            return new Value(ops.linear(array(given), linear), ops);
        } else if (one && parameter instanceof LayerNorm norm) {
            return new Value(ops.norm(array(given), norm), ops);
        } else if (one && FUNCTIONS.containsKey(name)) {
            return new Value(FUNCTIONS.get(name).apply(ops, array(given)), ops);
        } else if (one && name.equals(DROPOUT)) {
            return new Value(ops.dropout(array(given), context.hiddenDropout()), ops);
        }
        if (parameter != null || FUNCTIONS.containsKey(name) || name.equals(DROPOUT)) {
            throw new PaletteException("%s takes one value, as in %s(h)".formatted(name, name));
        }
        throw NearestWord.unknown("function of an adapter's formula", name, known());
    }

    @Override
    public Object getProperty(String name) {
        if (parameters.get(name) instanceof NDArray tensor) {
            return new Value(tensor, ops);
        }
        throw new MissingPropertyException(name, Formula.class);
    }

    private List<String> known() {
        List<String> all = new ArrayList<>(new TreeSet<>(FUNCTIONS.keySet()));
        all.add(DROPOUT);
        all.addAll(parameters.keySet());
        return all;
    }

    private static NDArray array(List<?> given) {
        return ((Value) given.get(0)).array();
    }
}
