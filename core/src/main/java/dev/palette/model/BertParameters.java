package dev.palette.model;

import dev.palette.adapter.Declaration;
import dev.palette.adapter.Declaration.Start;
import dev.palette.pretrained.BertConfig;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a BERT encoder, under Hugging Face's names. */
final class BertParameters {
    static final String EMBEDDINGS = "bert.embeddings.";
    static final String POOLER = "bert.pooler.dense";

    private BertParameters() {}

    static String layer(int layer) {
        return "bert.encoder.layer." + layer + ".";
    }

    static List<Declaration> of(BertConfig c) {
        List<Declaration> all = new ArrayList<>();
        all.add(table("word_embeddings", c.vocabularySize(), c));
        all.add(table("position_embeddings", c.positions(), c));
        all.add(table("token_type_embeddings", c.tokenTypes(), c));
        all.addAll(norm(EMBEDDINGS + "LayerNorm", c));
        for (int layer = 0; layer < c.layers(); layer++) {
            String prefix = layer(layer);
            for (String projection : List.of("query", "key", "value")) {
                all.addAll(square(prefix + "attention.self." + projection, c));
            }
            all.addAll(square(prefix + "attention.output.dense", c));
            all.addAll(norm(prefix + "attention.output.LayerNorm", c));
            all.addAll(Declaration.linear(prefix + "intermediate.dense", c.hiddenSize(), c.intermediateSize(), null));
            all.addAll(Declaration.linear(prefix + "output.dense", c.intermediateSize(), c.hiddenSize(), null));
            all.addAll(norm(prefix + "output.LayerNorm", c));
        }
        all.addAll(square(POOLER, c));
        return all;
    }

    private static Declaration table(String name, int rows, BertConfig c) {
        return new Declaration(EMBEDDINGS + name + ".weight", List.of(rows, c.hiddenSize()), Start.NORMAL, null);
    }

    private static List<Declaration> square(String prefix, BertConfig c) {
        return Declaration.linear(prefix, c.hiddenSize(), c.hiddenSize(), null);
    }

    private static List<Declaration> norm(String prefix, BertConfig c) {
        return List.of(
                new Declaration(prefix + ".weight", List.of(c.hiddenSize()), Start.ONE, null),
                new Declaration(prefix + ".bias", List.of(c.hiddenSize()), Start.ZERO, null));
    }
}
