package dev.palette.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the names that a BERT weight bears elsewhere to the one it has here: Hugging Face's, such as
 * {@code bert.encoder.layer.0.attention.self.query.weight}.
 *
 * <ul>
 *   <li>Google's TensorFlow names: {@code bert/encoder/layer_0/attention/self/query/kernel}, in a TensorFlow Hub module under
 *       {@code module/}. A kernel is stored [in, out] for x·W; ours is [out, in] for x·Wᵀ, so it is transposed.
 *   <li>The names of the first PyTorch translation, which the code of BERT and PALs uses: as Hugging Face's, but
 *       {@code LayerNorm.gamma} and {@code LayerNorm.beta}.
 * </ul>
 */
public final class BertNames {
    private static final Pattern MODULE = Pattern.compile("^module/");
    private static final Pattern LAYER = Pattern.compile("/layer_(\\d+)/");
    private static final Pattern EMBEDDING = Pattern.compile("^bert/embeddings/\\w+_embeddings$");
    private static final Pattern HEAD = Pattern.compile("^cls/(\\w+)/output_(weights|bias)$");
    private static final Pattern LEAF = Pattern.compile("^(?:bert|cls)/(?:.*/)?(kernel|bias|gamma|beta)$");

    private BertNames() {}

    /**
     * The name that a TensorFlow variable has here; empty when it belongs to no BERT encoder or pretraining head, as an
     * optimizer's moments and the global step.
     */
    public static Optional<String> fromTensorFlow(String variable) {
        String name = MODULE.matcher(variable).replaceFirst("");
        if (EMBEDDING.matcher(name).matches()) {
            return Optional.of(dotted(name) + ".weight");
        }
        Matcher head = HEAD.matcher(name);
        if (head.matches()) {
            return Optional.of("cls." + head.group(1) + (head.group(2).equals("bias") ? ".bias" : ".weight"));
        }
        Matcher leaf = LEAF.matcher(name);
        if (!leaf.matches()) {
            return Optional.empty();
        }
        String owner = dotted(name.substring(0, leaf.start(1)));
        return Optional.of(
                owner + (leaf.group(1).equals("bias") || leaf.group(1).equals("beta") ? "bias" : "weight"));
    }

    /** The name that a parameter of the first PyTorch translation has here; Hugging Face's own names stay as they are. */
    public static String fromPyTorch(String parameter) {
        return parameter
                .replaceFirst("LayerNorm\\.gamma$", "LayerNorm.weight")
                .replaceFirst("LayerNorm\\.beta$", "LayerNorm.bias");
    }

    /** Whether a TensorFlow variable is a kernel, stored [in, out]. */
    public static boolean isKernel(String variable) {
        return variable.endsWith("/kernel");
    }

    /** Type and shape that a TensorFlow variable has here: a kernel's sizes swapped. */
    public static TensorEntry entryFromTensorFlow(TensorEntry variable, String name) {
        List<Long> shape = variable.shape();
        boolean swapped = isKernel(variable.name()) && shape.size() == 2;
        return new TensorEntry(name, variable.type(), swapped ? List.of(shape.get(1), shape.get(0)) : shape);
    }

    /** The values of a TensorFlow variable as they stand here: a kernel transposed to [out, in]. */
    public static TensorData dataFromTensorFlow(TensorData variable, String name) {
        TensorEntry entry = entryFromTensorFlow(variable.entry(), name);
        if (entry.shape().equals(variable.shape())
                && !(isKernel(variable.name()) && entry.shape().size() == 2)) {
            return variable.named(name);
        }
        ByteBuffer bytes = transposed(variable);
        return new TensorData(name, entry.type(), entry.shape(), bytes);
    }

    private static ByteBuffer transposed(TensorData matrix) {
        int rows = Math.toIntExact(matrix.shape().get(0));
        int columns = Math.toIntExact(matrix.shape().get(1));
        int width = matrix.type().bytes();
        ByteBuffer from = matrix.bytes();
        ByteBuffer to = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                to.put((column * rows + row) * width, from, (row * columns + column) * width, width);
            }
        }
        return to;
    }

    private static String dotted(String path) {
        return LAYER.matcher(path).replaceAll("/layer/$1/").replace('/', '.');
    }
}
