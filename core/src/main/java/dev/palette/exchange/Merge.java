package dev.palette.exchange;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.LayerAdapter;
import dev.palette.adapter.LayerContext;
import dev.palette.adapter.LinearMap;
import dev.palette.adapter.ParameterSource;
import dev.palette.adapter.Projection;
import dev.palette.adapter.Shared;
import dev.palette.experiment.Vocabulary;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Layout;
import dev.palette.kernel.Linear;
import dev.palette.kernel.Ops;
import dev.palette.kernel.Product;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderFolder;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One task's adapter put into the encoder's own weights, which gives an ordinary encoder: the same outputs, and no more work than without
 * an adapter.
 *
 * <p>This is possible for what does nothing but change linear maps to linear maps or put other biases in their place. A map is asked what
 * it makes of each unit vector, which are the columns of its weight, so that every such method, and any sum of them, is merged by one
 * rule.
 */
public final class Merge {
    private final Adapter adapter;
    private final String task;
    private final BertConfig config;
    private final ModelParameters parameters;
    private final Ops ops;
    private final Map<String, TensorData> merged = new LinkedHashMap<>();

    private Merge(Adapter adapter, String task, BertConfig config, ModelParameters parameters, Ops ops) {
        this.adapter = adapter;
        this.task = task;
        this.config = config;
        this.parameters = parameters;
        this.ops = ops;
    }

    /**
     * Writes the encoder with a task's adapter in it, and the task's head as {@code classifier}, as Hugging Face calls it.
     *
     * @param adapters where the adapter is
     * @param encoder on which it was trained
     * @param folder must not exist yet; it is written whole or not at all
     * @param vocabulary the words that the file's description may use
     * @throws PaletteException when the method cannot be merged, the encoder is another or the folder exists
     */
    public static void into(
            AdapterFile adapters, String task, EncoderFiles encoder, Path folder, Vocabulary vocabulary) {
        adapters.requireBase("the encoder given", encoder.fingerprint());
        Adapter adapter = SavedAdapters.adapter(adapters, vocabulary);
        BertConfig config = adapters.manifest().kept(encoder.config());
        List<Declaration> own = new ArrayList<>(MultiTaskModel.parameters(config, new Shared(), Map.of()));
        own.addAll(adapter.parameters(config, adapters.manifest().tasks()));
        try (SafetensorsFile weights = SafetensorsFile.open(Objects.requireNonNull(encoder.weights()));
                Kernel kernel = Kernel.open(
                        new KernelChoice(Product.MATMUL, Runtime.getRuntime().availableProcessors()))) {
            ModelParameters parameters = new ModelParameters(
                    own,
                    d -> adapters.names().contains(d.name()) || !MultiTaskModel.isOfEncoder(d.name())
                            ? adapters.tensor(d.name())
                            : weights.tensor(d.name()),
                    kernel.memory());
            Merge merge = new Merge(adapter, task, config, parameters, kernel.ops());
            merge.requireMergeable(adapters.path());
            merge.encoder(own);
            merge.head(adapters);
            EncoderFolder.write(folder, config, encoder, merge.merged.values());
        }
    }

    private LayerAdapter inLayer(int layer, NDManager scope) {
        return adapter.inLayer(layer, task, parameters).in(context(1, scope));
    }

    private LayerContext context(int rows, NDManager scope) {
        return new LayerContext(ops, Layout.packed(new int[] {rows}, scope));
    }

    private void requireMergeable(Path file) {
        boolean elsewhere = !adapter.sharesEncoder()
                || adapter.prompt(task, parameters) != null
                || adapter.onTop(config, task, parameters) != null;
        for (int layer = 0; layer < config.layers() && !elsewhere; layer++) {
            elsewhere = !inLayer(layer, ops.scope()).changesLinearMapsAlone();
        }
        if (elsewhere) {
            throw new PaletteException(
                    "%s cannot be merged: %s adds something beside the encoder's linear maps, for which their weights have no place; LoRA, DoRA, (IA)³, BitFit, MTL-LoRA and Polytropon can"
                            .formatted(file, adapter.label()));
        }
    }

    private void encoder(List<Declaration> declared) {
        for (Declaration each : declared) {
            if (MultiTaskModel.isOfEncoder(each.name())) {
                put(each.name(), parameters.get(adapter.inPlaceOf(each.name(), task)));
            }
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Projection projection : Projection.values()) {
                projection(layer, projection);
            }
        }
    }

    /** The weight and bias of one linear map, where the adapter changes it. */
    private void projection(int layer, Projection projection) {
        String name = "bert.encoder.layer." + layer + "." + projection.path();
        ParameterSource ofTask = parameters.under(each -> adapter.inPlaceOf(each, task));
        Linear own = (config.form().biases() ? ofTask : ofTask.unbiased()).linear(name);
        try (NDManager scope = ops.scope().newSubManager()) {
            LayerAdapter joined = inLayer(layer, scope);
            LinearMap unbiased = joined.projection(projection, LinearMap.of(new Linear(own.weight(), null)));
            if (unbiased.isPlain()) {
                return;
            }
            int inputs = projection.inputs(config);
            NDArray unit = scope.eye(inputs);
            NDArray columns = unbiased.apply(unit, context(inputs, scope)); // (I, O)
            put(name + ".weight", columns.transpose().duplicate());
            if (own.bias() != null) {
                LinearMap biased = joined.projection(projection, LinearMap.of(own));
                NDArray bias = biased.apply(scope.zeros(new Shape(1, inputs)), context(1, scope)); // (1, O)
                put(name + ".bias", bias.flatten());
            }
        }
    }

    private void put(String name, NDArray values) {
        merged.put(
                name,
                TensorData.ofFloats(
                        name, values.toFloatArray(), values.getShape().getShape()));
    }

    private void head(AdapterFile adapters) {
        for (String kind : List.of("weight", "bias")) {
            String name = OneAdapter.head(task, kind);
            if (adapters.names().contains(name)) {
                merged.put(name, adapters.tensor(name).named("classifier." + kind));
            }
        }
    }
}
