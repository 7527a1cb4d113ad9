package dev.palette.execution;

import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.SavedStart;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.TensorData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What parameters start from that a description takes from files of trained adapters: the adapters themselves, and where a file is
 * taken whole, the heads and the layer norms that it has.
 */
final class TrainedValues implements AutoCloseable {
    private final Map<String, AdapterFile> files = new LinkedHashMap<>();
    private final Map<String, AdapterFile> whole = new LinkedHashMap<>();

    private TrainedValues() {}

    /**
     * Opens the files that declarations name.
     *
     * @param encoder where the encoder comes from, for messages
     * @param fingerprint of its weights
     * @throws PaletteException when a file is missing or damaged, was made on another encoder, or holds another adapter
     */
    static TrainedValues open(List<Declaration> declared, String encoder, String fingerprint) {
        TrainedValues values = new TrainedValues();
        boolean opened = false;
        try {
            for (Declaration declaration : declared) {
                if (declaration.start() instanceof SavedStart start && !values.files.containsKey(start.file())) {
                    values.add(start, encoder, fingerprint);
                }
            }
            opened = true;
            return values;
        } finally {
            if (!opened) {
                values.close();
            }
        }
    }

    private void add(SavedStart start, String encoder, String fingerprint) {
        AdapterFile file = AdapterFile.open(Path.of(start.file()));
        files.put(start.file(), file);
        file.requireBase(encoder, fingerprint);
        if (!file.manifest().label().equals(start.label())) {
            throw new PaletteException(
                    "%s holds %s, but the script says %s; describe the adapter with the options it was trained with"
                            .formatted(file.path(), file.manifest().label(), start.label()));
        }
        if (start.whole()) {
            whole.put(start.file(), file);
        }
    }

    /** The trained value of a parameter, if a file gives one. */
    Optional<TensorData> of(Declaration declaration) {
        if (declaration.start() instanceof SavedStart start) {
            AdapterFile file = files.get(start.file());
            return file == null
                    ? Optional.empty()
                    : Optional.of(SavedStart.fitting(file, start.parameter(), declaration));
        }
        return whole.values().stream()
                .filter(file -> file.names().contains(declaration.name()))
                .findFirst()
                .map(file -> SavedStart.fitting(file, declaration.name(), declaration));
    }

    /** Tells what starts from where. */
    void say(List<Declaration> declared, Consumer<String> messages) {
        long count = declared.stream().filter(d -> of(d).isPresent()).count();
        if (count > 0) {
            messages.accept("%d tensors start from the trained adapters in %s"
                    .formatted(count, String.join(", ", files.keySet())));
        }
    }

    @Override
    public void close() {
        files.values().forEach(AdapterFile::close);
    }
}
