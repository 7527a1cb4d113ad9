package dev.palette.model;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.BertLayer;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Declaration.Start;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.Positions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a BERT encoder, under Hugging Face's names. Where each task has an encoder of its own, {@code separate.<task>.}
 * stands before them.
 *
 * @param prefix before every name; empty for an encoder that all tasks share
 * @param task the one task that uses the encoder, or null
 */
record BertParameters(String prefix, @Nullable String task) {
    /** The encoder that all tasks share. */
    static final BertParameters SHARED = new BertParameters("", null);

    private static final String POOLER = "bert.pooler.dense";
    private static final String NEW_POOLER = "pooler.dense";
    private static final Pattern NEW = Pattern.compile("(?:separate\\.[^.]+\\.)?pooler\\.dense\\..*");
    private static final Pattern PRETRAINED = Pattern.compile("(?:separate\\.[^.]+\\.)?(bert\\..*)");

    /** The encoder that a task uses: the shared one, unless the adapter gives each of several tasks its own. */
    static BertParameters of(Adapter adapter, Collection<String> tasks, String task) {
        return adapter.sharesEncoder() || tasks.size() == 1
                ? SHARED
                : new BertParameters("separate." + task + ".", task);
    }

    /** Every encoder there is. */
    static List<BertParameters> all(Adapter adapter, Collection<String> tasks) {
        return tasks.isEmpty()
                ? List.of(SHARED)
                : tasks.stream()
                        .map(task -> of(adapter, tasks, task))
                        .distinct()
                        .toList();
    }

    /** The name that a parameter has in the pretrained weights, or null when it is none of an encoder's. */
    static @Nullable String pretrainedName(String name) {
        Matcher matcher = PRETRAINED.matcher(name);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** Whether a parameter is of a pooler that was not pretrained. */
    static boolean isNewPooler(String name) {
        return NEW.matcher(name).matches();
    }

    String embeddings() {
        return prefix + "bert.embeddings.";
    }

    String layer(int layer) {
        return prefix + "bert.encoder.layer." + layer + ".";
    }

    /** The linear map from the embeddings to the hidden states. */
    String projection() {
        return prefix + "bert.embeddings_project";
    }

    /** The vectors of distances that all layers read, and their norm. */
    String distances() {
        return embeddings() + "rel_embeddings";
    }

    /** The norm after the last layer, where norms stand first. */
    String lastNorm() {
        return prefix + "bert.LayerNorm";
    }

    /** The dense layer of the pooled vector: the pretrained one, or one that is new and goes by no name of the encoder's. */
    String pooler(BertConfig config) {
        return prefix + (config.pooler() ? POOLER : NEW_POOLER);
    }

    List<Declaration> declarations(BertConfig c) {
        List<Declaration> all = new ArrayList<>();
        all.add(table("word_embeddings", c.vocabularySize(), c));
        if (c.form().positions() instanceof Positions.Table) {
            all.add(table("position_embeddings", c.positions(), c));
        }
        if (c.form().positions() instanceof Positions.Relative relative) {
            all.add(new Declaration(
                    distances() + ".weight", List.of(relative.rows(), c.hiddenSize()), Start.NORMAL, task));
            all.addAll(norm(distances() + ".LayerNorm", c.hiddenSize(), c));
        }
        if (c.tokenTypes() > 0) {
            all.add(table("token_type_embeddings", c.tokenTypes(), c));
        }
        all.addAll(norm(embeddings() + "LayerNorm", c.embeddingSize(), c));
        if (c.projectsEmbeddings()) {
            all.addAll(Declaration.linear(projection(), c.embeddingSize(), c.hiddenSize(), task));
        }
        for (int layer = 0; layer < c.layers(); layer++) {
            all.addAll(BertLayer.parameters(c, layer, layer(layer), task));
        }
        if (c.form().normsFirst()) {
            all.addAll(norm(lastNorm(), c.hiddenSize(), c));
        }
        all.addAll(Declaration.linear(pooler(c), c.hiddenSize(), c.hiddenSize(), task));
        return all;
    }

    private List<Declaration> norm(String name, int size, BertConfig c) {
        List<Declaration> norm = Declaration.norm(name, size, task);
        return c.form().biases() ? norm : Declaration.unbiased(norm);
    }

    private Declaration table(String name, int rows, BertConfig c) {
        return new Declaration(embeddings() + name + ".weight", List.of(rows, c.embeddingSize()), Start.NORMAL, task);
    }
}
