package dev.palette.exchange;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.AdapterManifest;
import dev.palette.experiment.StrictJson;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.model.Dropout;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.storage.FileDigest;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import dev.palette.testing.Golden;
import dev.palette.testing.MethodGolden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** A file with the adapter and head of one of the methods' golden files. */
    static Path write(Path file, String method, Adapter adapter) throws IOException {
        MethodGolden golden = MethodGolden.read(method);
        List<TensorData> tensors = golden.trained().stream()
                .map(name -> TensorData.ofFloats(name, golden.values("weights", name), golden.shape("weights", name)))
                .toList();
        AdapterFile.write(file, manifest(adapter), tensors);
        return file;
    }

    static AdapterManifest manifest(Adapter adapter) {
        return new AdapterManifest(
                "tiny",
                encoder().fingerprint(),
                0,
                adapter.label(),
                StrictJson.mapper().valueToTree(adapter),
                List.of(MethodGolden.TASK),
                null,
                null,
                List.of());
    }

    /** What Palette makes of the batch with the adapter in a file. */
    static float[] logits(Adapter adapter, @Nullable AdapterFile adapters, Path encoder) {
        try (SafetensorsFile pretrained = SafetensorsFile.open(encoder);
                Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1))) {
            ModelParameters parameters = new ModelParameters(
                    MultiTaskModel.parameters(MethodGolden.CONFIG, adapter, MethodGolden.heads()),
                    d -> adapters != null && adapters.names().contains(d.name())
                            ? adapters.tensor(d.name())
                            : pretrained
                                    .tensor(d.name().replace("head." + MethodGolden.TASK, "classifier"))
                                    .named(d.name()),
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
