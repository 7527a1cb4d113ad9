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

    /** One file, {@code .tsv}: index, prediction and the head's values. */
    @Override
    public Map<String, String> predictions(Outputs outputs) {
        return PredictionTable.of(
                texts.target(), example -> texts.list().get(example).row(), outputs);
    }
}
