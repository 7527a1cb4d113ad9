package dev.palette.pretrained;

import dev.palette.spec.PaletteException;
import dev.palette.tensor.BertNaming;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a conversion writes, told by the destination's name. */
enum ConversionTarget {
    SAFETENSORS("safetensors file", BertNaming.HUGGING_FACE),
    PYTORCH("PyTorch archive", BertNaming.ORIGINAL),
    DIRECTORY("directory in Hugging Face's layout", BertNaming.HUGGING_FACE);

    private static final List<String> ARCHIVES = List.of(".bin", ".pth", ".pt");
    private static final List<String> OTHERS = List.of(".ckpt", ".index", ".h5", ".npz", ".onnx", ".pb", ".msgpack");

    private final String label;
    private final BertNaming usual;

    ConversionTarget(String label, BertNaming usual) {
        this.label = label;
        this.usual = usual;
    }

    /**
     * The target of a name.
     *
     * @throws PaletteException when the name stands for a format that is not written
     */
    static ConversionTarget of(Path destination) {
        String name = destination.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".safetensors")) {
            return SAFETENSORS;
        }
        if (ARCHIVES.stream().anyMatch(name::endsWith)) {
            return PYTORCH;
        }
        if (OTHERS.stream().anyMatch(name::endsWith)) {
            throw new PaletteException(
                    "%s is of a format that is not written, expected .safetensors, .bin, .pth, .pt or a directory"
                            .formatted(destination));
        }
        return DIRECTORY;
    }

    /** What a person calls it. */
    String label() {
        return label;
    }

    /** The names that it usually has. */
    BertNaming usualNaming() {
        return usual;
    }
}
