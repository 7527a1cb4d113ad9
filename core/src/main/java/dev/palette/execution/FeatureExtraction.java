package dev.palette.execution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Ops;
import dev.palette.model.Encoder;
import dev.palette.model.ModelInput;
import dev.palette.model.ModelParameters;
import dev.palette.model.StartingWeights;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Batch;
import dev.palette.task.Sequences;
import dev.palette.tensor.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What a pretrained encoder, without any head, makes of texts: the vectors of its layers at every word piece. */
public final class FeatureExtraction {
    private final EncoderFiles encoder;
    private final KernelChoice choice;

    /**
     * An extraction.
     *
     * @param encoder whose vectors are wanted
     * @param choice kernel and threads
     */
    public FeatureExtraction(EncoderFiles encoder, KernelChoice choice) {
        this.encoder = encoder;
        this.choice = choice;
    }

    /**
     * The vectors of one text.
     *
     * @param index of the text, from 0
     * @param ids (T) its word pieces, special ones too
     * @param layers for each layer that was asked for (T × H), row after row
     */
    public record Extracted(int index, int[] ids, List<float[]> layers) {}

    /**
     * Extracts text by text, in order.
     *
     * @param layers 0 for the first encoder layer, −1 for the last
     * @param batchSize texts at a time
     * @throws PaletteException when there is no such layer
     */
    public void extract(Sequences texts, List<Integer> layers, int batchSize, Consumer<Extracted> consumer) {
        int count = texts.lengths().length;
        int[] wanted = layers.stream().mapToInt(this::layer).toArray();
        try (Kernel kernel = Kernel.open(choice)) {
            Encoder model = new Encoder(encoder.config(), parameters(kernel));
            for (int from = 0; from < count; from += batchSize) {
                int[] indices =
                        IntStream.range(from, Math.min(count, from + batchSize)).toArray();
                extract(
                        texts.batch(indices, new float[indices.length]),
                        wanted,
                        model,
                        kernel.ops().withoutGradient(),
                        consumer);
            }
        }
    }

    private void extract(Batch batch, int[] wanted, Encoder model, Ops ops, Consumer<Extracted> consumer) {
        try (NDManager scope = ops.scope().newSubManager()) {
            ModelInput input = ModelInput.packed(scope, batch.inputIds(), batch.tokenTypes(), batch.lengths());
            List<NDArray> outputs = model.encode(input, ops.in(scope)).layers(); // L × (B, T, H)
            List<float[]> values = Arrays.stream(wanted)
                    .mapToObj(layer -> outputs.get(layer).toFloatArray())
                    .toList();
            int width = encoder.config().hiddenSize();
            for (int row = 0; row < batch.lengths().length; row++) {
                int start = row * batch.width();
                int end = start + batch.lengths()[row];
                List<float[]> ofRow = new ArrayList<>();
                for (float[] all : values) {
                    ofRow.add(Arrays.copyOfRange(all, start * width, end * width));
                }
                int[] ids = Arrays.stream(batch.inputIds(), start, end)
                        .mapToInt(Math::toIntExact)
                        .toArray();
                consumer.accept(new Extracted(batch.examples()[row], ids, ofRow));
            }
        }
    }

    private ModelParameters parameters(Kernel kernel) {
        if (encoder.weights() == null) {
            throw new PaletteException("features of an encoder with random weights say nothing; give it weights");
        }
        try (SafetensorsFile weights = SafetensorsFile.open(encoder.weights())) {
            return new ModelParameters(
                    Encoder.parameters(encoder.config()),
                    new StartingWeights(weights, new RandomStreams(0)),
                    kernel.memory());
        }
    }

    private int layer(int named) {
        int count = encoder.config().layers();
        if (named < -count || named >= count) {
            throw new PaletteException(
                    "there is no layer %d: the encoder has %d, numbered 0 to %d from below or -1 to -%d from above"
                            .formatted(named, count, count - 1, count));
        }
        return Math.floorMod(named, count);
    }
}
