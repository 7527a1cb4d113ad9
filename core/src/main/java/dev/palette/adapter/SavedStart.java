package dev.palette.adapter;

import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import dev.palette.tensor.TensorData;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A parameter that starts from its trained value in a file of adapters.
 *
 * @param file the {@link AdapterFile}
 * @param parameter its name there
 * @param label what the file must hold, by {@link Adapter#label}
 * @param whole whether heads, and layer norms that were trained too, start from the file as well
 */
public record SavedStart(String file, String parameter, String label, boolean whole) implements Declaration.Start {
    @Override
    public float[] values(Declaration declaration, RandomStreams random, Function<Declaration, float[]> encoder) {
        try (AdapterFile saved = AdapterFile.open(Path.of(file))) {
            return fitting(saved, parameter, declaration).toFloats();
        }
    }

    /**
     * A tensor in the shape that is declared.
     *
     * @throws PaletteException when it is missing or has another
     */
    public static TensorData fitting(AdapterFile saved, String parameter, Declaration declaration) {
        TensorData tensor = saved.tensor(parameter);
        List<Long> expected =
                declaration.shape().stream().map(Integer::longValue).toList();
        if (!tensor.shape().equals(expected)) {
            throw new PaletteException(
                    "%s: tensor '%s' has the shape %s, expected %s; describe the adapter with the options it was trained with"
                            .formatted(saved.path(), parameter, tensor.shape(), expected));
        }
        return tensor;
    }
}
