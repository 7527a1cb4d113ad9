package dev.palette.task.superglue;

import dev.palette.task.Batch;
import dev.palette.task.Dataset;
import dev.palette.task.DatasetArrays;
import dev.palette.task.Outputs;
import dev.palette.task.Scores;
import dev.palette.task.SequenceArrays;
import dev.palette.task.Sequences;
import dev.palette.tensor.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Questions as the model reads them: candidates, question after question. A question is an item, a candidate an example. */
final class CandidateDataset implements Dataset {
    private static final String ENDS = "ends of questions";
    private static final String LABELS = "labels";

    private final Judging judging;
    private final Supplier<List<Question>> questions;
    private final int[] ends;
    private final double[] labels;
    private final SequenceArrays all;
    private final int[] items;
    private final int[] candidates;
    private final Sequences sequences;

    private CandidateDataset(
            Judging judging,
            Supplier<List<Question>> questions,
            int[] ends,
            double[] labels,
            SequenceArrays all,
            int[] items) {
        this.judging = judging;
        this.questions = questions;
        this.ends = ends;
        this.labels = labels;
        this.all = all;
        this.items = items;
        this.candidates = Arrays.stream(items)
                .flatMap(item -> IntStream.range(begin(item), ends[item]))
                .toArray();
        this.sequences = new Sequences(all, 1).select(candidates);
    }

    /**
     * All questions.
     *
     * @param questions gives them; only scores and predictions ask
     * @param ends (questions) where the candidates of each end
     * @param labels (candidates) 0 or 1, NaN without
     */
    static CandidateDataset of(
            Judging judging, Supplier<List<Question>> questions, int[] ends, double[] labels, SequenceArrays all) {
        int[] items = IntStream.range(0, ends.length).toArray();
        return new CandidateDataset(judging, questions, ends, labels, all, items);
    }

    /** The dataset that kept these arrays. */
    static CandidateDataset of(Judging judging, Supplier<List<Question>> questions, DatasetArrays kept) {
        SequenceArrays sequences = SequenceArrays.of(kept);
        return of(judging, questions, kept.copy(ENDS), kept.doubles(LABELS, sequences.size()), sequences);
    }

    private int begin(int question) {
        return question == 0 ? 0 : ends[question - 1];
    }

    @Override
    public int[] lengths() {
        return sequences.lengths();
    }

    @Override
    public int items() {
        return items.length;
    }

    @Override
    public CandidateDataset select(int[] chosen) {
        int[] among = Arrays.stream(chosen).map(i -> items[i]).toArray();
        return new CandidateDataset(judging, questions, ends, labels, all, among);
    }

    @Override
    public Batch batch(int[] indices) {
        float[] wanted = new float[indices.length];
        for (int row = 0; row < indices.length; row++) {
            wanted[row] = (float) labels[candidates[indices[row]]];
        }
        return sequences.batch(indices, wanted);
    }

    @Override
    public Optional<float[]> commonest() {
        float[] counts = new float[2];
        for (int candidate : candidates) {
            counts[labels[candidate] == 1 ? 1 : 0]++;
        }
        return Optional.of(counts);
    }

    @Override
    public Scores scores(Outputs outputs) {
        return judging.scores(judged(outputs));
    }

    /**
     * {@code .jsonl} as SuperGLUE's server takes it, and where the answers are known {@code -scores.tsv}, how well each question is
     * answered.
     */
    @Override
    public Map<String, String> predictions(Outputs outputs) {
        List<Judged> judged = judged(outputs);
        boolean labelled = !Double.isNaN(labels[candidates[0]]);
        String file = judging.file(judged);
        return labelled ? Map.of(".jsonl", file, "-scores.tsv", judging.table(judged)) : Map.of(".jsonl", file);
    }

    /** What the model says of each question. */
    private List<Judged> judged(Outputs outputs) {
        List<Question> asked = questions.get();
        List<Judged> judged = new ArrayList<>();
        int from = 0;
        for (int item : items) {
            int to = from + ends[item] - begin(item);
            double[] preferred = outputs.rows().subList(from, to).stream()
                    .mapToDouble(row -> (double) row[1] - row[0])
                    .toArray();
            judged.add(new Judged(asked.get(item), preferred));
            from = to;
        }
        return judged;
    }

    @Override
    public Optional<DatasetArrays> arrays() {
        if (items.length < ends.length) {
            return Optional.empty();
        }
        List<TensorData> tensors = new ArrayList<>(all.tensors());
        tensors.add(TensorData.ofInts(ENDS, ends));
        tensors.add(TensorData.ofDoubles(LABELS, labels));
        return Optional.of(DatasetArrays.of(tensors, List.of()));
    }
}
