package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of BERT's weights, seen as Palette names and lays them: Hugging Face's names with {@code bert.}, dense kernels as
 * [out, in], numbers of other precisions as single precision. Heads and adapters are there too; what is no weight (an optimizer's
 * moments, the step) is left over.
 *
 * <p>Values are renamed, transposed and widened when they are asked for, one tensor at a time.
 */
public final class BertTensors implements TensorFile {
    /** Rows of RoBERTa's table of positions before the first position. */
    public static final int ROBERTA_PADDING = 2;

    private static final String POSITIONS = "bert.embeddings.position_embeddings.weight";

    private final TensorFile file;
    private final BertNaming naming;
    private final Map<String, TensorEntry> sources = new LinkedHashMap<>(); // by our names
    private final Map<String, TensorEntry> entries = new LinkedHashMap<>();
    private final List<String> leftOver = new ArrayList<>();

    private BertTensors(TensorFile file, BertNaming naming) {
        this.file = file;
        this.naming = naming;
    }

    /**
     * The view of an open file, which is closed with it.
     *
     * @throws PaletteException when the names fit no known naming, or two tensors have one name here
     */
    public static BertTensors of(TensorFile file) {
        return of(file, BertNaming.of(file));
    }

    /**
     * The view of an open file whose naming is known, which is closed with it.
     *
     * @throws PaletteException when two tensors have one name here
     */
    public static BertTensors of(TensorFile file, BertNaming naming) {
        BertTensors tensors = new BertTensors(file, naming);
        file.entries().forEach(tensors::add);
        return tensors;
    }

    private void add(TensorEntry source) {
        if (BertNames.isBookkeeping(source.name())) {
            leftOver.add(source.name());
            return;
        }
        String name = naming.ours(source.name());
        TensorEntry before = sources.put(name, source);
        if (before != null) {
            throw new PaletteException("%s has two tensors for '%s': '%s' and '%s'; remove the one that is not wanted"
                    .formatted(path(), name, before.name(), source.name()));
        }
        TensorEntry laid = transposed(source) ? BertNames.entryFromTensorFlow(source, name) : source.named(name);
        List<Long> shape = isPositionsAfterPadding(name) ? withoutPadding(laid.shape()) : laid.shape();
        entries.put(name, new TensorEntry(name, laid.type().inSinglePrecision(), shape));
    }

    /** RoBERTa counts positions from 2 on: row 0 of its table is never read, and row 1 for padding alone. */
    private boolean isPositionsAfterPadding(String name) {
        return naming == BertNaming.ROBERTA && name.equals(POSITIONS);
    }

    private static List<Long> withoutPadding(List<Long> shape) {
        return List.of(shape.get(0) - ROBERTA_PADDING, shape.get(1));
    }

    private static TensorData withoutPadding(TensorData table) {
        ByteBuffer rows = table.bytes();
        int skipped = Math.toIntExact(
                ROBERTA_PADDING * table.shape().get(1) * table.type().bytes());
        ByteBuffer kept = rows.slice(skipped, rows.remaining() - skipped).order(rows.order());
        return new TensorData(table.name(), table.type(), withoutPadding(table.shape()), kept);
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public String format() {
        return file.format();
    }

    /** How the file names its tensors. */
    public BertNaming naming() {
        return naming;
    }

    @Override
    public List<TensorEntry> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public Map<String, String> aliases() {
        Map<String, String> ours = new LinkedHashMap<>();
        file.aliases().forEach((alias, name) -> {
            if (!BertNames.isBookkeeping(alias) && !BertNames.isBookkeeping(name)) {
                ours.put(naming.ours(alias), naming.ours(name));
            }
        });
        return ours;
    }

    @Override
    public TensorData tensor(String name) {
        TensorEntry source = source(name);
        TensorData data = file.tensor(source.name());
        TensorData laid = transposed(source) ? BertNames.dataFromTensorFlow(data, name) : data.named(name);
        return (isPositionsAfterPadding(name) ? withoutPadding(laid) : laid).toSinglePrecision();
    }

    /**
     * A tensor as it stands in the file.
     *
     * @param name its name here
     * @throws PaletteException when there is none
     */
    public TensorEntry source(String name) {
        TensorEntry source = sources.get(name);
        if (source == null) {
            throw new PaletteException("%s has no tensor '%s' among its %d; is it the file of another model?"
                    .formatted(path(), name, sources.size()));
        }
        return source;
    }

    /** Whether a tensor of the file is turned round on its way. */
    public boolean isTransposed(String name) {
        return transposed(source(name));
    }

    /** The file's tensors that are no weights, under their names there. */
    public List<String> leftOver() {
        return List.copyOf(leftOver);
    }

    @Override
    public void close() {
        file.close();
    }

    private boolean transposed(TensorEntry source) {
        return naming == BertNaming.TENSORFLOW
                && BertNames.isKernel(source.name())
                && source.shape().size() == 2
                && BertNames.fromTensorFlow(source.name()).isPresent();
    }
}
