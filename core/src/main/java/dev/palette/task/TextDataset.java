package dev.palette.task;

import java.util.Map;

/** Labelled texts as the model reads them: tokenised once, in the order of their file. */
public final class TextDataset implements Dataset {
    private final LabelledTexts texts;
    private final Sequences sequences;

    TextDataset(LabelledTexts texts, Sequences sequences) {
        this.texts = texts;
        this.sequences = sequences;
    }

    /** The examples, untokenised. */
    public LabelledTexts texts() {
        return texts;
    }

    @Override
    public int[] lengths() {
        return sequences.lengths();
    }

    @Override
    public Batch batch(int[] indices) {
        float[] labels = new float[indices.length];
        for (int row = 0; row < indices.length; row++) {
            labels[row] =
                    texts.target().trainingLabel(texts.list().get(indices[row]).label());
        }
        return sequences.batch(indices, labels);
    }

    @Override
    public Scores scores(Outputs outputs) {
        return Scores.of(texts.metrics(), texts.target().predictions(outputs), texts.labels());
    }

    /**
     * One file, {@code .tsv}: the example's row in its file, from 0, the predicted label as the files write it, and the head's
     * values.
     */
    @Override
    public Map<String, String> predictions(Outputs outputs) {
        StringBuilder table = new StringBuilder("index\tprediction");
        for (int i = 0; i < texts.target().head().values(0); i++) {
            table.append("\tlogit_").append(i);
        }
        for (int i = 0; i < outputs.size(); i++) {
            float[] row = outputs.rows().get(i);
            table.append('\n').append(texts.list().get(i).row());
            table.append('\t').append(texts.target().text(texts.target().prediction(row)));
            for (float value : row) {
                table.append('\t').append(value);
            }
        }
        return Map.of(".tsv", table.append('\n').toString());
    }
}
