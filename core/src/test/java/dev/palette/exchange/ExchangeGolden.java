package dev.palette.exchange;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.AdapterFile;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.model.Dropout;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.storage.FileDigest;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.testing.Golden;
import dev.palette.testing.MethodGolden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The tiny encoder and batch of the methods' golden files, and folders that {@code peft} and {@code adapters} wrote for it. */
final class ExchangeGolden {
    private static final String FOLDER = "exchange/";

    private ExchangeGolden() {}

    static Path folder(String name) {
        return Golden.find(FOLDER + name);
    }

    /** What the library made of the batch with a folder's adapter. */
    static float[] logits(String name) throws IOException {
        return Golden.floats(Golden.read(FOLDER + "logits.json").get("logits").get(name));
    }

    static EncoderFiles encoder() {
        Path weights = Golden.find("adapters/encoder.safetensors");
        return new EncoderFiles(MethodGolden.CONFIG, weights, weights, true, FileDigest.sha256(weights));
    }

    /** What Palette makes of the batch with the adapter in a file. */
    static float[] logits(Adapter adapter, AdapterFile adapters, Path encoder) {
        try (SafetensorsFile pretrained = SafetensorsFile.open(encoder);
                Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1))) {
            ModelParameters parameters = new ModelParameters(
                    MultiTaskModel.parameters(MethodGolden.CONFIG, adapter, MethodGolden.heads()),
                    d -> adapters.names().contains(d.name()) ? adapters.tensor(d.name()) : pretrained.tensor(d.name()),
                    kernel.memory());
            MultiTaskModel model = new MultiTaskModel(MethodGolden.CONFIG, adapter, MethodGolden.heads(), parameters);
            return model.pass(MethodGolden.read("lora").input(kernel.memory()), MethodGolden.TASK, Dropout.OFF)
                    .logits(kernel.ops())
                    .toFloatArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
