package dev.palette.tensor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A file of named tensors, open for reading, whatever its format. Opening reads the table of contents alone and checks it
 * against the file's length; a tensor's values are fetched when it is asked for.
 */
public interface TensorFile extends AutoCloseable {
    /**
     * Opens a file, recognised by its content and not by its name.
     *
     * @param path a safetensors file, the index of several ({@code …safetensors.index.json}), a PyTorch file (an archive, or the older form of torch before 1.6), a TensorFlow
     *     checkpoint (the common beginning of its files' names, or one of them), or the directory of a TensorFlow SavedModel
     * @throws dev.palette.spec.PaletteException when there is no such file, it is of no known format, or it is damaged
     */
    static TensorFile open(Path path) {
        return TensorFormats.open(path);
    }

    /** What was opened, for messages. */
    Path path();

    /** The format as a person calls it, with what part of the file was taken where it holds more than one. */
    String format();

    /** Every tensor's name, type and shape, in the order of the file. */
    List<TensorEntry> entries();

    /**
     * The tensors that are another one under a second name, as tied weights are: each by the name under which it comes first.
     * {@link #entries()} has both.
     */
    default Map<String, String> aliases() {
        return Map.of();
    }

    /**
     * A tensor's values.
     *
     * @throws dev.palette.spec.PaletteException when the file has no tensor of that name, it is larger than the 2 GiB that a
     *     buffer holds, or its bytes are damaged
     */
    TensorData tensor(String name);

    /** Closes the file; tensors already given out stay readable. */
    @Override
    void close();
}
