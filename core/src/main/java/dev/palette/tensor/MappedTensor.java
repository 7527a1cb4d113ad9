package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** Regions of files as tensors, without reading them. */
final class MappedTensor {
    private MappedTensor() {}

    /**
     * The tensor whose bytes begin at {@code position}; the caller has checked that the file is long enough.
     *
     * @throws PaletteException when the tensor is larger than the 2 GiB that a buffer holds, or cannot be mapped
     */
    static TensorData map(Path file, FileChannel channel, TensorEntry entry, long position) {
        long size = entry.sizeInBytes();
        if (size > Integer.MAX_VALUE) {
            throw new PaletteException("tensor '%s' (%s) in %s has %d bytes, expected at most %d; split it"
                    .formatted(entry.name(), entry.layout(), file, size, Integer.MAX_VALUE));
        }
        try {
            return new TensorData(
                    entry.name(), entry.type(), entry.shape(), channel.map(MapMode.READ_ONLY, position, size));
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
    }
}
