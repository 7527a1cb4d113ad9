package dev.palette.tensor;

import dev.palette.spec.PaletteException;
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

    private final TensorFile file;
    private final BertNaming naming;
    private final Map<String, TensorPart> parts = new LinkedHashMap<>(); // by our names
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
        naming.parts(source).forEach(this::add);
    }

    private void add(TensorPart part) {
        String name = part.name();
        TensorPart before = parts.put(name, part);
        if (before != null) {
            throw new PaletteException("%s has two tensors for '%s': '%s' and '%s'; remove the one that is not wanted"
                    .formatted(
                            path(), name, before.source().name(), part.source().name()));
        }
        TensorEntry laid =
                transposed(part.source()) ? BertNames.entryFromTensorFlow(part.source(), name) : part.entry();
        entries.put(name, new TensorEntry(name, laid.type().inSinglePrecision(), laid.shape()));
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
                ours.put(naming.ours(alias), naming.ours(name)); // embeddings and what reads them backwards
            }
        });
        return ours;
    }

    @Override
    public TensorData tensor(String name) {
        TensorPart part = part(name);
        TensorData data = file.tensor(part.source().name());
        TensorData laid = transposed(part.source()) ? BertNames.dataFromTensorFlow(data, name) : part.of(data);
        return laid.toSinglePrecision();
    }

    /**
     * A tensor as it stands in the file.
     *
     * @param name its name here
     * @throws PaletteException when there is none
     */
    public TensorEntry source(String name) {
        return part(name).source();
    }

    private TensorPart part(String name) {
        TensorPart part = parts.get(name);
        if (part == null) {
            throw new PaletteException("%s has no tensor '%s' among its %d; is it the file of another model?"
                    .formatted(path(), name, parts.size()));
        }
        return part;
    }

    /** The file's weights as they are named and laid out there, in single precision. */
    public List<TensorEntry> stored() {
        return parts.values().stream()
                .map(TensorPart::source)
                .distinct()
                .map(source -> new TensorEntry(source.name(), source.type().inSinglePrecision(), source.shape()))
                .toList();
    }

    /** One of {@link #stored}, by its name in the file. */
    public TensorData storedTensor(String name) {
        return file.tensor(name).toSinglePrecision();
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
