package dev.palette.model;

import dev.palette.adapter.Declaration;
import dev.palette.adapter.Declaration.Start;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values a trial starts from: the encoder's are pretrained, everything new is initialised. Each new parameter has a random
 * stream of its own, keyed by (seed, its name): variants of one seed that share a parameter start it at the same values.
 *
 * <p>Where the pretrained file is a whole saved model, adapters and heads that it has are taken from it too ({@link #orSaved}).
 */
public final class StartingWeights implements Function<Declaration, TensorData> {
    private final @Nullable SafetensorsFile pretrained;
    private final RandomStreams random;
    private final List<OriginalNames> names;
    private final boolean normalLayerNorms;
    private final Function<Declaration, Optional<TensorData>> trained;

    private StartingWeights(
            @Nullable SafetensorsFile pretrained,
            RandomStreams random,
            List<OriginalNames> names,
            boolean normalLayerNorms,
            Function<Declaration, Optional<TensorData>> trained) {
        this.pretrained = pretrained;
        this.random = random;
        this.names = names;
        this.normalLayerNorms = normalLayerNorms;
        this.trained = trained;
    }

    /**
     * Starting values for one seed.
     *
     * @param pretrained the encoder's weights, or null to start the encoder at random too
     */
    public StartingWeights(@Nullable SafetensorsFile pretrained, RandomStreams random) {
        this(pretrained, random, List.of(), false, declaration -> Optional.empty());
    }

    /**
     * The same, but that adapters and heads start from the pretrained file where it has them.
     *
     * @param savedNames what they may be called there beside our own names
     */
    public StartingWeights orSaved(List<OriginalNames> savedNames) {
        return new StartingWeights(pretrained, random, List.copyOf(savedNames), normalLayerNorms, trained);
    }

    /** The same, but that scale and shift of new layer norms are drawn like kernels, instead of starting as 1 and 0. */
    public StartingWeights withNormalLayerNorms() {
        return new StartingWeights(pretrained, random, names, true, trained);
    }

    /** The same, but that a parameter starts from a trained value where there is one, whatever else it would start from. */
    public StartingWeights orTrained(Function<Declaration, Optional<TensorData>> values) {
        return new StartingWeights(pretrained, random, names, normalLayerNorms, values);
    }

    @Override
    public TensorData apply(Declaration declaration) {
        Optional<TensorData> value = trained.apply(declaration);
        if (value.isPresent()) {
            return value.get().named(declaration.name());
        }
        String pretrainedName = BertParameters.pretrainedName(declaration.name());
        if (pretrainedName != null && pretrained != null) {
            return pretrained(pretrained, pretrainedName).named(declaration.name());
        }
        return saved(declaration).orElseGet(() -> initialised(declaration));
    }

    /** Whether a parameter is the encoder's. */
    public boolean isPretrained(Declaration declaration) {
        return BertParameters.pretrainedName(declaration.name()) != null;
    }

    /** Where the pretrained file has a parameter that is not the encoder's, if it has. */
    public Optional<TensorData> saved(Declaration declaration) {
        if (pretrained == null || names.isEmpty()) {
            return Optional.empty();
        }
        Set<String> present = pretrained.names();
        return Stream.concat(
                        Stream.of(declaration.name()),
                        names.stream().flatMap(n -> n.originals(declaration.name()).stream()))
                .filter(present::contains)
                .findFirst()
                .map(found -> pretrained.tensor(found).named(declaration.name()));
    }

    private static TensorData pretrained(SafetensorsFile file, String name) {
        if (!file.names().contains(name)) {
            throw new PaletteException("weights don't fit the configuration: %s has no tensor '%s'%s"
                    .formatted(
                            file.path(),
                            name,
                            NearestWord.to(name, file.names())
                                    .map(near -> "; the nearest is '" + near + "'")
                                    .orElse("")));
        }
        return file.tensor(name);
    }

    private TensorData initialised(Declaration declaration) {
        boolean drawn = normalLayerNorms && declaration.isLayerNorm();
        Start start = drawn ? Start.NORMAL : declaration.start();
        return TensorData.ofFloats(
                declaration.name(),
                start.values(declaration, random, encoder -> apply(encoder).toFloats()),
                declaration.shape().stream().mapToLong(Integer::longValue).toArray());
    }
}
