package dev.palette.inline;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.AdapterRule;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.LayerAdapter;
import dev.palette.adapter.LayerContext;
import dev.palette.adapter.ParameterSource;
import dev.palette.adapter.Residual;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.PaletteException;
import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code adapter('gated', size: 64) { parameters { … }; parallel { h -> … } }}: parameters of each layer and task, those that the tasks
 * of a layer share, and what is computed at the sites.
 */
final class AdapterClosure implements AdapterRule {
    /** Sizes of BERT-base, by which a layer's parameters are listed where only their names are of interest. */
    private static final BertConfig ANY = new BertConfig(30_522, 768, 12, 12, 3_072, 512, 2, 0, 0, 1e-12);

    private final Sites sites;
    private final CodeErrors errors;

    /** Runs the definition, which gives the closures for parameters and sites. */
    AdapterClosure(Closure<?> definition, CodeErrors errors) {
        this.errors = errors;
        this.sites = new Sites();
        Delegation.run(definition, sites);
        if (sites.parameters == null && sites.shared == null) {
            throw new PaletteException(
                    "an adapter declares no parameters; say which it adds: parameters { linear 'down', hidden, size }");
        } else if (sites.formulas.isEmpty()) {
            throw new PaletteException(
                    "an adapter computes nothing; say what it does at a site: parallel { h -> up(gelu(down(h))) }");
        }
    }

    @Override
    public List<Declaration> parameters(String prefix, BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        for (int layer = 0; layer < encoder.layers(); layer++) {
            for (Parameter each : listed(sites.shared, encoder, layer, null)) {
                all.addAll(each.declared(sharedPrefix(prefix, layer), null));
            }
            for (String task : tasks) {
                for (Parameter each : listed(sites.parameters, encoder, layer, task)) {
                    all.addAll(each.declared(ownPrefix(prefix, layer, task), task));
                }
            }
        }
        return all;
    }

    @Override
    public LayerAdapter inLayer(String prefix, int layer, String task, ParameterSource parameters) {
        Map<String, Object> byName = new LinkedHashMap<>();
        listed(sites.shared, ANY, layer, null)
                .forEach(each -> byName.put(each.name(), each.found(sharedPrefix(prefix, layer), parameters)));
        listed(sites.parameters, ANY, layer, task)
                .forEach(each -> byName.put(each.name(), each.found(ownPrefix(prefix, layer, task), parameters)));
        return byName.isEmpty() ? LayerAdapter.NONE : new Joined(byName);
    }

    private static String sharedPrefix(String prefix, int layer) {
        return prefix + "layer." + layer + ".";
    }

    private static String ownPrefix(String prefix, int layer, String task) {
        return prefix + task + ".layer." + layer + ".";
    }

    private List<Parameter> listed(@Nullable Closure<?> closure, BertConfig encoder, int layer, @Nullable String task) {
        if (closure == null) {
            return List.of();
        }
        ParameterWords words = new ParameterWords(encoder, layer, task);
        errors.explained("adapter", () -> Delegation.run(closure, words));
        return words.listed();
    }

    /** What the closures compute in one layer, with the parameters that it has. */
    private final class Joined implements LayerAdapter {
        private final Map<String, Object> parameters;

        Joined(Map<String, Object> parameters) {
            this.parameters = parameters;
        }

        @Override
        public NDArray afterAttention(Residual residual, LayerContext context) {
            NDArray made = compute("afterAttention", context, residual.output());
            return made == null ? residual.output() : made;
        }

        @Override
        public NDArray afterFeedForward(Residual residual, LayerContext context) {
            NDArray made = compute("afterFeedForward", context, residual.output(), residual.input());
            return made == null ? residual.output() : made;
        }

        @Override
        public @Nullable NDArray parallel(NDArray input, LayerContext context) {
            return compute("parallel", context, input);
        }

        @Override
        public NDArray output(NDArray output, LayerContext context) {
            NDArray made = compute("output", context, output);
            return made == null ? output : made;
        }

        private @Nullable NDArray compute(String site, LayerContext context, NDArray... inputs) {
            Closure<?> formula = sites.formulas.get(site);
            return formula == null
                    ? null
                    : errors.explained(
                            "adapter", () -> new Formula(parameters, context).compute(site, formula, inputs));
        }
    }
}
