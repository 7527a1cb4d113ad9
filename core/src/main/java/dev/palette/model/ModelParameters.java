package dev.palette.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.ParameterSource;
import dev.palette.kernel.Ops;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.ElementType;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The tensors of a model, float32, in the order of their declarations. They live in the memory scope they were made in and are
 * updated in place.
 */
public final class ModelParameters implements ParameterSource {
    private final Predicate<Declaration> trainable;
    private Predicate<Declaration> trained;
    private final Map<String, Declaration> declarations = new LinkedHashMap<>();
    private final Map<String, NDArray> tensors = new LinkedHashMap<>();

    /**
     * Makes every declared tensor from its values.
     *
     * @param source where a declaration's values are, e.g. {@link StartingWeights} or a checkpoint
     * @param memory the scope the tensors live in
     * @throws PaletteException when values don't fit a declaration: which tensor, which shapes
     */
    public ModelParameters(List<Declaration> declared, Function<Declaration, TensorData> source, NDManager memory) {
        this(declared, source, memory, Freeze.none());
    }

    /**
     * Makes every declared tensor from its values, of which some are not to be trained: autograd keeps nothing for those.
     *
     * @param freeze says which
     */
    public ModelParameters(
            List<Declaration> declared, Function<Declaration, TensorData> source, NDManager memory, Freeze freeze) {
        this(declared, source, memory, freeze::trains);
    }

    /**
     * Makes every declared tensor from its values, of which some are not to be trained.
     *
     * @param trainable those that are, sooner or later
     */
    public ModelParameters(
            List<Declaration> declared,
            Function<Declaration, TensorData> source,
            NDManager memory,
            Predicate<Declaration> trainable) {
        this.trainable = declaration -> !declaration.isGiven() && trainable.test(declaration);
        this.trained = this.trainable;
        for (Declaration declaration : declared) {
            if (declarations.put(declaration.name(), declaration) != null) {
                throw new IllegalArgumentException("two parameters are named " + declaration.name());
            }
            NDArray tensor = TensorView.copy(fitting(declaration, source.apply(declaration)), memory);
            tensor.setRequiresGradient(this.trainable.test(declaration));
            tensors.put(declaration.name(), tensor);
        }
    }

    private static TensorData fitting(Declaration declaration, TensorData values) {
        List<Long> expected =
                declaration.shape().stream().map(Integer::longValue).toList();
        if (!values.shape().equals(expected) || values.type() != ElementType.F32) {
            throw new PaletteException(
                    "weights don't fit the configuration: tensor '%s' is %s %s, expected F32 %s; use the configuration that the weights were made with"
                            .formatted(declaration.name(), values.type(), values.shape(), expected));
        }
        return values;
    }

    /** All declarations, in order. */
    public Collection<Declaration> declarations() {
        return declarations.values();
    }

    @Override
    public NDArray get(String name) {
        NDArray tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no parameter was declared as " + name);
        }
        return tensor;
    }

    /** What a name was declared as. */
    public Declaration declaration(String name) {
        Declaration declaration = declarations.get(name);
        if (declaration == null) {
            throw new IllegalArgumentException("no parameter was declared as " + name);
        }
        return declaration;
    }

    /**
     * Says which parameters are trained from here on; autograd keeps nothing for the others.
     *
     * @param now among those that are trained sooner or later
     */
    public void train(Predicate<Declaration> now) {
        trained = trainable.and(now);
        declarations.values().forEach(each -> get(each.name()).setRequiresGradient(trained.test(each)));
    }

    /** The parameters that a step of one task moves now: of those that are trained, what all tasks share and what is its own. */
    public List<String> inPlay(String task) {
        return of(task, trained);
    }

    /** The parameters that steps of one task move sooner or later. */
    public List<String> trainable(String task) {
        return of(task, trainable);
    }

    private List<String> of(String task, Predicate<Declaration> which) {
        List<String> names = new ArrayList<>();
        for (Declaration declaration : declarations.values()) {
            boolean ofTask = declaration.task() == null || declaration.task().equals(task);
            if (ofTask && which.test(declaration)) {
                names.add(declaration.name());
            }
        }
        return names;
    }

    /** Puts a file's values in place of all parameters'. */
    public void overwrite(SafetensorsFile file, Ops ops) {
        for (Declaration declaration : declarations.values()) {
            TensorData values = fitting(declaration, file.tensor(declaration.name()));
            try (NDArray view = TensorView.view(values, ops.scope())) {
                ops.assign(
                        get(declaration.name()), view); // NDArray.set would make the tensor an alias of the mapped file
            }
        }
    }

    /**
     * The values as they are now, for writing; valid until the next update.
     *
     * @param scope what copies belong to that a GPU's tensors need
     */
    public List<TensorData> snapshot(NDManager scope) {
        return tensors.entrySet().stream()
                .map(e -> TensorView.of(e.getKey(), e.getValue(), scope))
                .toList();
    }
}
