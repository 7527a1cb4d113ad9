package dev.palette.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Translations between the names that a BERT weight bears ({@link BertNaming}) and the one it has here: Hugging Face's with the
 * prefix, such as {@code bert.encoder.layer.0.attention.self.query.weight}.
 *
 * <p>Google's kernels are stored [in, out] for x·W; ours are [out, in] for x·Wᵀ, so they are transposed.
 */
public final class BertNames {
    private static final String PREFIX = "bert.";
    private static final Pattern MODULE = Pattern.compile("^module/");
    private static final Pattern LAYER = Pattern.compile("/layer_(\\d+)/");
    private static final Pattern EMBEDDING = Pattern.compile("^bert/embeddings/\\w+_embeddings$");
    private static final Pattern HEAD = Pattern.compile("^(?:cls/(\\w+)/)?output_(weights|bias)$");
    private static final Pattern LEAF = Pattern.compile("^(?:bert|cls)/(?:.*/)?(kernel|bias|gamma|beta)$");
    private static final Pattern UNPREFIXED = Pattern.compile("^(?:embeddings|embeddings_project|encoder|pooler)\\..*");
    private static final Pattern BOOKKEEPING =
            Pattern.compile("(?:.*/)?(?:adam_[mv]|Adam(?:_1)?|global_step|beta[12]_power)|.*embeddings\\.position_ids");
    private static final String LINEAR = "(?:weight|bias)";
    private static final String NORM = "LayerNorm\\.(?:weight|bias|gamma|beta)";
    private static final Pattern ENCODER = Pattern.compile("bert\\.(?:"
            + "embeddings\\.(?:(?:word|position|token_type|rel)_embeddings\\.weight|(?:rel_embeddings\\.)?" + NORM + ")"
            + "|encoder\\.layer\\.\\d+\\.(?:"
            + "(?:attention\\.(?:self\\.(?:query|key|value)|output\\.dense)|intermediate\\.dense|output\\.dense)\\."
            + LINEAR
            + "|(?:(?:attention\\.)?output|attention|intermediate)\\." + NORM + ")"
            + "|(?:pooler\\.dense|embeddings_project)\\." + LINEAR
            + "|" + NORM + ")");
    private static final Pattern PRETRAINING_HEAD = Pattern.compile("cls\\.(?:predictions|seq_relationship)\\..+");

    private BertNames() {}

    /** Whether a tensor, under its name here, is one of the encoder itself: embeddings, layers, pooler. */
    public static boolean isEncoder(String name) {
        return ENCODER.matcher(name).matches();
    }

    /** Whether a tensor, under its name here, belongs to the heads that BERT was pretrained with. */
    public static boolean isPretrainingHead(String name) {
        return PRETRAINING_HEAD.matcher(name).matches();
    }

    /** Whether a file's tensor is no weight but what training or a framework keeps beside them: moments, steps, positions. */
    static boolean isBookkeeping(String name) {
        return BOOKKEEPING.matcher(name).matches();
    }

    /**
     * The name that a TensorFlow variable has here; empty when it belongs to no BERT encoder or head, as an optimizer's moments
     * and the global step.
     */
    public static Optional<String> fromTensorFlow(String variable) {
        String name = MODULE.matcher(variable).replaceFirst("");
        if (EMBEDDING.matcher(name).matches()) {
            return Optional.of(dotted(name) + ".weight");
        }
        Matcher head = HEAD.matcher(name);
        if (head.matches()) {
            return Optional.of(head(head.group(1)) + (head.group(2).equals("bias") ? ".bias" : ".weight"));
        }
        Matcher leaf = LEAF.matcher(name);
        if (!leaf.matches()) {
            return Optional.empty();
        }
        String owner = dotted(name.substring(0, leaf.start(1)));
        return Optional.of(
                owner + (leaf.group(1).equals("bias") || leaf.group(1).equals("beta") ? "bias" : "weight"));
    }

    /**
     * The name that a parameter of a PyTorch translation has here. What belongs neither to the encoder nor to its pretraining
     * heads, such as an adapter, keeps the name that follows {@code bert.}.
     */
    public static String fromPyTorch(String parameter) {
        String name = parameter.replaceFirst("^module\\.", ""); // torch.nn.DataParallel puts it there
        String prefixed = UNPREFIXED.matcher(name).matches() ? PREFIX + name : name;
        if (!isEncoder(prefixed) && !isPretrainingHead(prefixed)) {
            return prefixed;
        }
        return prefixed.replaceFirst("LayerNorm\\.gamma$", "LayerNorm.weight")
                .replaceFirst("LayerNorm\\.beta$", "LayerNorm.bias");
    }

    /** The name that one of our tensors has in the code of BERT and PALs; the inverse of {@link #fromPyTorch}. */
    public static String toOriginal(String name) {
        if (!isEncoder(name) && !isPretrainingHead(name)) {
            return name;
        }
        return name.replaceFirst("LayerNorm\\.weight$", "LayerNorm.gamma")
                .replaceFirst("LayerNorm\\.bias$", "LayerNorm.beta");
    }

    /** The name without {@code bert.}, as the encoder alone is saved. */
    public static String withoutPrefix(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
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

    /** The owner of a head's output: Google's code for a task of its own calls it nothing, and SQuAD's {@code squad}. */
    private static String head(@Nullable String task) {
        if (task == null) {
            return "classifier";
        }
        return task.equals("squad") ? "qa_outputs" : "cls." + task;
    }

    private static String dotted(String path) {
        return LAYER.matcher(path).replaceAll("/layer/$1/").replace('/', '.');
    }
}
