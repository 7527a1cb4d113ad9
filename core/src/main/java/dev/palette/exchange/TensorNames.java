package dev.palette.exchange;

import dev.palette.spec.PaletteException;
import dev.palette.tensor.TensorData;
import dev.palette.tensor.TensorEntry;
import dev.palette.tensor.TensorFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tensors on their way between another library's names and Palette's. */
final class TensorNames {
    private TensorNames() {}

    /** A weights file's tensors in single precision, by name; of several names the first that is there. */
    static Map<String, TensorData> read(Path folder, List<String> names) {
        Path file = names.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new PaletteException("%s has none of %s; name the whole folder of an adapter"
                        .formatted(folder, String.join(", ", names))));
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        try (TensorFile open = TensorFile.open(file)) {
            for (TensorEntry entry : open.entries()) {
                tensors.put(entry.name(), open.tensor(entry.name()).toSinglePrecision());
            }
        }
        return tensors;
    }

    /**
     * Tensors under other names.
     *
     * @param names gives a tensor's other name, or null where it has none
     * @throws PaletteException when one has none
     */
    static Map<String, TensorData> renamed(
            Path folder, Map<String, TensorData> tensors, Function<String, @Nullable String> names) {
        Map<String, TensorData> renamed = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            String other = names.apply(name);
            if (other == null) {
                throw new PaletteException(
                        "%s: tensor '%s' has no place in what Palette has of this adapter, so that the adapter would be another without it"
                                .formatted(folder, name));
            }
            renamed.put(other, tensor.named(other));
        });
        return renamed;
    }

    /** The same values in another shape of as many. */
    static TensorData reshaped(TensorData tensor, long... shape) {
        return TensorData.ofFloats(tensor.name(), tensor.toFloats(), shape);
    }
}
