package dev.palette.adapter;

import dev.palette.pretrained.BertConfig;
import dev.palette.spec.OptionException;
import dev.palette.spec.Word;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The linear maps of an encoder layer: places whose weights an adapter may add to, scale or replace. */
public enum Projection {
    /** Of the attention's input to its queries, (H, H). */
    QUERY("attention.query", "attention.self.query"),
    /** Of the attention's input to its keys, (H, H). */
    KEY("attention.key", "attention.self.key"),
    /** Of the attention's input to its values, (H, H). */
    VALUE("attention.value", "attention.self.value"),
    /** Of what the attention's heads found, back to hidden states, (H, H). */
    ATTENTION_OUTPUT("attention.output", "attention.output.dense"),
    /** Into the feed-forward part, before its activation, (F, H); where that is gated, with the gate below it, (2 F, H). */
    INNER("feedForward.inner", "intermediate.dense"),
    /** Out of the feed-forward part, after its activation, (H, F). */
    OUTER("feedForward.outer", "output.dense");

    private final String inScripts;
    private final String path;

    Projection(String inScripts, String path) {
        this.inScripts = inScripts;
        this.path = path;
    }

    /** What scripts call it: {@code attention.output}. */
    public String inScripts() {
        return inScripts;
    }

    /** Where its weights stand in a layer, by Hugging Face's names for BERT: {@code attention.self.query}. */
    public String path() {
        return path;
    }

    /** Columns of its weight. */
    public int inputs(BertConfig encoder) {
        return this == OUTER ? encoder.intermediateSize() : encoder.hiddenSize();
    }

    /** Rows of its weight. */
    public int outputs(BertConfig encoder) {
        return this == INNER ? encoder.innerRows() : encoder.hiddenSize();
    }

    /** The weight of this map in one of the encoder's layers. */
    Declaration weight(BertConfig encoder, int layer) {
        return new Declaration(
                "bert.encoder.layer." + layer + "." + path + ".weight",
                List.of(outputs(encoder), inputs(encoder)),
                Declaration.Start.NORMAL,
                null);
    }

    /** What names of parameters and messages call it: {@code attentionOutput}. */
    public String word() {
        return Word.of(this);
    }

    /** The same projections, each once and in the order of this enum. */
    static List<Projection> ascending(Collection<Projection> projections) {
        if (projections.isEmpty()) {
            throw new OptionException(
                    "projections",
                    "projections is empty, expected one or more, e.g. projections attention.query, attention.value");
        }
        return projections.stream().distinct().sorted().toList();
    }

    /** {@code , query+key} for a label; empty for the usual ones. */
    static String label(List<Projection> projections, List<Projection> usual) {
        return projections.equals(usual)
                ? ""
                : ", " + projections.stream().map(Projection::word).collect(Collectors.joining("+"));
    }
}
