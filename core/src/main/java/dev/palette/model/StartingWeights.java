package dev.palette.model;

import dev.palette.adapter.Declaration;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import java.util.Arrays;
import java.util.function.Function;

/**
 * The values a trial starts from: the encoder's are pretrained, everything new is initialised. Each new parameter has a random
 * stream of its own, keyed by (seed, its name): variants of one seed that share a parameter start it at the same values.
 */
public final class StartingWeights implements Function<Declaration, TensorData> {
    private static final double DEVIATION = 0.02; // Devlin et al. 2019

    private final SafetensorsFile pretrained;
    private final RandomStreams random;

    /** Starting values for one seed. */
    public StartingWeights(SafetensorsFile pretrained, RandomStreams random) {
        this.pretrained = pretrained;
        this.random = random;
    }

    @Override
    public TensorData apply(Declaration declaration) {
        String pretrainedName = BertParameters.pretrainedName(declaration.name());
        return pretrainedName == null
                ? initialised(declaration)
                : pretrained(pretrainedName).named(declaration.name());
    }

    private TensorData pretrained(String name) {
        if (!pretrained.names().contains(name)) {
            throw new PaletteException("weights don't fit the configuration: %s has no tensor '%s'%s"
                    .formatted(
                            pretrained.path(),
                            name,
                            NearestWord.to(name, pretrained.names())
                                    .map(near -> "; the nearest is '" + near + "'")
                                    .orElse("")));
        }
        return pretrained.tensor(name);
    }

    private TensorData initialised(Declaration declaration) {
        int size = Math.toIntExact(declaration.size());
        float[] values = switch (declaration.start()) {
            case NORMAL -> random.normal("initialise " + declaration.name(), size, DEVIATION);
            case ZERO -> new float[size];
            case ONE -> filled(size, 1);
        };
        return TensorData.ofFloats(
                declaration.name(),
                values,
                declaration.shape().stream().mapToLong(Integer::longValue).toArray());
    }

    private static float[] filled(int size, float value) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return values;
    }
}
