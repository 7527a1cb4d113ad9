package dev.palette.task;

import dev.palette.tensor.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Labelled texts, pairs or sets of choices as the model reads them: tokenised once, in the order of their file. */
public final class TextDataset implements Dataset {
    private static final String ROWS = "rows";
    private static final String LABELS = "labels";

    private final Target target;
    private final List<? extends PairedMetric> metrics;
    private final int[] rows;
    private final double[] labels;
    private final Sequences sequences;
    private final List<String> remarks;

    TextDataset(
            Target target,
            List<? extends PairedMetric> metrics,
            int[] rows,
            double[] labels,
            Sequences sequences,
            List<String> remarks) {
        this.target = target;
        this.metrics = metrics;
        this.rows = rows;
        this.labels = labels;
        this.sequences = sequences;
        this.remarks = remarks;
    }

    /** The dataset of texts that have just been tokenised. */
    static TextDataset of(LabelledTexts texts, Sequences sequences) {
        int[] rows = texts.list().stream().mapToInt(Example::row).toArray();
        return new TextDataset(texts.target(), texts.metrics(), rows, texts.labels(), sequences, texts.remarks());
    }

    /**
     * The dataset that kept these arrays.
     *
     * @param perExample sequences of each example
     */
    static TextDataset of(Target target, List<? extends PairedMetric> metrics, DatasetArrays kept, int perExample) {
        SequenceArrays arrays = SequenceArrays.of(kept);
        int n = arrays.size() / perExample;
        Sequences sequences = new Sequences(arrays, perExample);
        return new TextDataset(target, metrics, kept.copy(ROWS, n), kept.doubles(LABELS, n), sequences, kept.remarks());
    }

    /** What is predicted. */
    public Target target() {
        return target;
    }

    /** How predictions are scored, the most important first. */
    public List<? extends PairedMetric> metrics() {
        return metrics;
    }

    /** (n) the labels, in the units of the target; NaN without. */
    public double[] labels() {
        return labels.clone();
    }

    @Override
    public int[] lengths() {
        return sequences.lengths();
    }

    @Override
    public TextDataset select(int[] items) {
        return new TextDataset(
                target,
                metrics,
                Arrays.stream(items).map(i -> rows[i]).toArray(),
                Arrays.stream(items).mapToDouble(i -> labels[i]).toArray(),
                sequences.select(items),
                List.of());
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public Batch batch(int[] indices) {
        float[] wanted = new float[indices.length];
        for (int row = 0; row < indices.length; row++) {
            wanted[row] = target.trainingLabel(labels[indices[row]]);
        }
        return sequences.batch(indices, wanted);
    }

    /** The labels' own, where they are classes. */
    @Override
    public int[] classes() {
        return target instanceof Target.Classification
                ? Arrays.stream(labels).mapToInt(label -> (int) label).toArray()
                : Dataset.super.classes();
    }

    @Override
    public Optional<float[]> commonest() {
        return Optional.of(target.commonest(labels));
    }

    @Override
    public Scores scores(Outputs outputs) {
        return Scores.of(metrics, target.predictions(outputs), labels);
    }

    /** One file, {@code .tsv}: index, prediction, label where it is known, and the head's values. */
    @Override
    public Map<String, String> predictions(Outputs outputs) {
        return PredictionTable.of(target, example -> rows[example], example -> labels[example], outputs);
    }

    @Override
    public List<Prediction> answers(Outputs outputs) {
        return outputs.rows().stream().map(target::answer).toList();
    }

    @Override
    public Optional<DatasetArrays> arrays() {
        List<TensorData> tensors = new ArrayList<>(sequences.arrays().tensors());
        tensors.add(TensorData.ofInts(ROWS, rows));
        tensors.add(TensorData.ofDoubles(LABELS, labels));
        return Optional.of(DatasetArrays.of(tensors, remarks));
    }
}
