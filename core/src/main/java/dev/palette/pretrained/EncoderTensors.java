package dev.palette.pretrained;

import dev.palette.spec.PaletteException;
import dev.palette.tensor.BertNames;
import dev.palette.tensor.BertNaming;
import dev.palette.tensor.BertTensors;
import dev.palette.tensor.ElementType;
import dev.palette.tensor.TensorEntry;
import dev.palette.tensor.TensorFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tensors that an encoder of given sizes consists of: V, H, L, F of {@link BertConfig}. */
final class EncoderTensors {
    private static final String SEGMENTS = "bert.embeddings.token_type_embeddings.weight";
    private static final String PROJECTION = "bert.embeddings_project";
    private static final String POOLER = "bert.pooler.dense";
    private static final Set<BertNaming> WITHOUT_POOLER =
            EnumSet.of(BertNaming.ROBERTA, BertNaming.DISTILBERT, BertNaming.ELECTRA);
    private static final String DISTANCES = "bert.embeddings.rel_embeddings";
    private static final String WORDS = "bert.embeddings.word_embeddings.weight";
    private static final Pattern LAYER = Pattern.compile("\\.layer\\.(\\d{1,3})\\.");

    private final BertConfig config;
    private final List<TensorEntry> entries = new ArrayList<>();

    private EncoderTensors(BertConfig config) {
        this.config = config;
    }

    /** Names and shapes: embeddings, layers, pooler; 199 for BERT-base. */
    static List<TensorEntry> of(BertConfig config) {
        return new EncoderTensors(config).list();
    }

    /** Whether a file has every tensor of the encoder under its name here, in its shape and in single precision. */
    static boolean fit(TensorFile weights, BertConfig config) {
        return weights.entries().containsAll(of(config));
    }

    /**
     * Checks that weights have every tensor of the encoder in its shape and no further layer; heads and others may be there too.
     *
     * @param source the configuration's file, for messages
     * @throws PaletteException at the first that doesn't fit, with both shapes
     */
    static void check(TensorFile weights, BertConfig config, Path source) {
        List<String> missing = missing(weights, config);
        if (!missing.isEmpty()) {
            TensorEntry first = Objects.requireNonNull(byName(of(config)).get(missing.get(0)));
            throw misfit(weights, "missing", first, source);
        }
        checkPresent(weights, config, source);
    }

    /** Checks as {@link #check} does, but for what is missing. */
    static void checkPresent(TensorFile weights, BertConfig config, Path source) {
        Map<String, TensorEntry> expected = byName(of(config));
        for (TensorEntry found : weights.entries()) {
            TensorEntry right = expected.get(found.name());
            if (right != null && !right.equals(found)) {
                throw misfit(weights, found.layout(), right, source);
            }
            if (right == null && BertNames.isEncoder(found.name())) {
                throw new PaletteException(
                        "%s: tensor '%s' has no place in the %d layers of %s; the two belong to different models"
                                .formatted(weights.path(), found.name(), config.layers(), source));
            }
        }
    }

    /** The names of the encoder's tensors that weights lack. */
    static List<String> missing(TensorFile weights, BertConfig config) {
        Map<String, TensorEntry> found = byName(weights.entries());
        return of(config).stream()
                .map(TensorEntry::name)
                .filter(name -> !found.containsKey(name))
                .toList();
    }

    /**
     * The sizes that weights themselves show: those of their tables, and their layers counted. How many heads there are, no tensor
     * shows; it stands at 1.
     */
    static BertConfig sizesOf(BertTensors weights) {
        Map<String, TensorEntry> found = byName(weights.entries());
        int layers = found.keySet().stream()
                .filter(BertNames::isEncoder)
                .map(LAYER::matcher)
                .filter(Matcher::find)
                .mapToInt(layer -> Integer.parseInt(layer.group(1)) + 1)
                .max()
                .orElse(1);
        int embedding = rows(found.get("bert.embeddings.LayerNorm.weight"));
        return new BertConfig(
                rows(found.get(WORDS)),
                found.containsKey(PROJECTION + ".weight") ? rows(found.get(PROJECTION + ".weight")) : embedding,
                layers,
                1,
                rows(found.get("bert.encoder.layer.0.intermediate.dense.weight")),
                rows(found.get("bert.embeddings.position_embeddings.weight")),
                weights.naming() == BertNaming.DISTILBERT ? 0 : rows(found.get(SEGMENTS)),
                0,
                0,
                0,
                embedding,
                hasPooler(weights) || !WITHOUT_POOLER.contains(weights.naming()),
                LayerForm.BERT);
    }

    /** Whether weights have a pooler that was pretrained; which many encoders do without. */
    static boolean hasPooler(TensorFile weights) {
        Map<String, TensorEntry> found = byName(weights.entries());
        return found.containsKey(POOLER + ".weight") || found.containsKey(POOLER + ".bias");
    }

    private static int rows(@Nullable TensorEntry table) {
        return table == null || table.shape().isEmpty() || table.shape().get(0) < 1
                ? 1
                : Math.toIntExact(table.shape().get(0));
    }

    private static Map<String, TensorEntry> byName(List<TensorEntry> entries) {
        return entries.stream().collect(Collectors.toMap(TensorEntry::name, Function.identity()));
    }

    private static PaletteException misfit(TensorFile weights, String found, TensorEntry expected, Path source) {
        return new PaletteException("%s: tensor '%s' is %s, expected %s by %s; the two belong to different models"
                .formatted(weights.path(), expected.name(), found, expected.layout(), source));
    }

    private List<TensorEntry> list() {
        int embedding = config.embeddingSize();
        add(WORDS, config.vocabularySize(), embedding);
        if (config.form().positions() instanceof Positions.Table) {
            add("bert.embeddings.position_embeddings.weight", config.positions(), embedding);
        }
        if (config.form().positions() instanceof Positions.Relative relative) {
            add(DISTANCES + ".weight", relative.rows(), config.hiddenSize());
            norm(DISTANCES + ".LayerNorm", config.hiddenSize());
        }
        if (config.tokenTypes() > 0) {
            add(SEGMENTS, config.tokenTypes(), embedding);
        }
        norm("bert.embeddings.LayerNorm", embedding);
        if (config.projectsEmbeddings()) {
            linear(PROJECTION, embedding, config.hiddenSize());
        }
        for (int i = 0; i < config.layers(); i++) {
            layer(i);
        }
        if (config.form().normsFirst()) {
            norm("bert.LayerNorm", config.hiddenSize());
        }
        if (config.pooler()) {
            linear(POOLER, config.hiddenSize(), config.hiddenSize());
        }
        return entries;
    }

    private void layer(int i) {
        int hidden = config.hiddenSize();
        String layer = "bert.encoder.layer." + i;
        linear(layer + ".attention.self.query", hidden, hidden);
        linear(layer + ".attention.self.key", hidden, hidden);
        linear(layer + ".attention.self.value", hidden, hidden);
        linear(layer + ".attention.output.dense", hidden, hidden);
        if (config.form().hasAttentionNorm(i)) {
            norm(layer + "." + config.form().attentionNorm(), hidden);
        }
        linear(layer + ".intermediate.dense", hidden, config.innerRows());
        linear(layer + ".output.dense", config.intermediateSize(), hidden);
        norm(layer + "." + config.form().feedForwardNorm(), hidden);
    }

    private void linear(String name, int in, int out) {
        add(name + ".weight", out, in);
        if (config.form().biases()) {
            add(name + ".bias", out);
        }
    }

    private void norm(String name, int size) {
        add(name + ".weight", size);
        if (config.form().biases()) {
            add(name + ".bias", size);
        }
    }

    private void add(String name, long... shape) {
        entries.add(new TensorEntry(
                name, ElementType.F32, Arrays.stream(shape).boxed().toList()));
    }
}
