package dev.palette.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Choices as the model reads them: one example is as many sequences as it has choices. */
final class ChoiceDataset implements Dataset {
    private final LabelledChoices examples;
    private final Sequences sequences;

    ChoiceDataset(LabelledChoices examples, Sequences sequences) {
        this.examples = examples;
        this.sequences = sequences;
    }

    @Override
    public int[] lengths() {
        return sequences.lengths();
    }

    @Override
    public ChoiceDataset select(int[] items) {
        return new ChoiceDataset(examples.select(items), sequences.select(items));
    }

    @Override
    public List<String> remarks() {
        return examples.remarks();
    }

    @Override
    public Optional<float[]> commonest() {
        return examples.commonest();
    }

    @Override
    public Batch batch(int[] indices) {
        float[] labels = new float[indices.length];
        for (int row = 0; row < indices.length; row++) {
            labels[row] = (float) examples.list().get(indices[row]).label();
        }
        return sequences.batch(indices, labels);
    }

    @Override
    public Scores scores(Outputs outputs) {
        return Scores.of(examples.metrics(), examples.target().predictions(outputs), examples.labels());
    }

    @Override
    public List<Prediction> answers(Outputs outputs) {
        return outputs.rows().stream().map(examples.target()::answer).toList();
    }

    /** One file, {@code .tsv}: index, the index of the choice, that of the right one where it is known, and the value of each choice. */
    @Override
    public Map<String, String> predictions(Outputs outputs) {
        return PredictionTable.of(
                examples.target(),
                example -> examples.list().get(example).row(),
                example -> examples.list().get(example).label(),
                outputs);
    }
}
