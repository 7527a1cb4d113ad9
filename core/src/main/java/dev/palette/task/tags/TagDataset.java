package dev.palette.task.tags;

import dev.palette.task.Batch;
import dev.palette.task.Dataset;
import dev.palette.task.Loss;
import dev.palette.task.Metric;
import dev.palette.task.Outputs;
import dev.palette.task.Prediction;
import dev.palette.task.Scores;
import dev.palette.task.Sequences;
import dev.palette.task.tags.TaggedSentences.Sentence;
import dev.palette.text.WordPiece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sentences as the model reads them, a tag at each token's first piece. */
final class TagDataset implements Dataset {
    private final TaggedSentences sentences;
    private final List<int[]> places;
    private final Sequences sequences;

    private TagDataset(TaggedSentences sentences, List<int[]> places, Sequences sequences) {
        this.sentences = sentences;
        this.places = places;
        this.sequences = sequences;
    }

    static TagDataset of(TaggedSentences sentences, List<TokenPieces> pieces, WordPiece wordPiece) {
        return new TagDataset(
                sentences,
                pieces.stream().map(TokenPieces::places).toList(),
                new Sequences(pieces.stream().map(TokenPieces::sequence).toList(), wordPiece));
    }

    @Override
    public int[] lengths() {
        return sequences.lengths();
    }

    @Override
    public TagDataset select(int[] items) {
        return new TagDataset(
                new TaggedSentences(
                        sentences.tags(),
                        Arrays.stream(items).mapToObj(sentences.list()::get).toList()),
                Arrays.stream(items).mapToObj(places::get).toList(),
                sequences.select(items));
    }

    /** Of tokens that were cut off nothing is seen; they are predicted as outside of everything, and scored. */
    @Override
    public List<String> remarks() {
        int tokens = 0;
        for (int i = 0; i < places.size(); i++) {
            tokens += sentence(i).tokens().size() - places.get(i).length;
        }
        return tokens == 0
                ? List.of()
                : List.of("%d tokens lie beyond maxLength and are predicted as %s"
                        .formatted(tokens, sentences.tags().get(unseen())));
    }

    @Override
    public Batch batch(int[] indices) {
        int[] lengths = lengths();
        int width = Arrays.stream(indices).map(i -> lengths[i]).max().orElseThrow();
        float[] labels = new float[indices.length * width];
        Arrays.fill(labels, Loss.UNLABELLED);
        for (int row = 0; row < indices.length; row++) {
            List<String> tags = sentence(indices[row]).tags();
            int[] own = places.get(indices[row]);
            for (int token = 0; token < own.length && !tags.isEmpty(); token++) {
                if (own[token] != TokenPieces.NONE) {
                    labels[row * width + own[token]] = sentences.tags().indexOf(tags.get(token));
                }
            }
        }
        return sequences.batch(indices, labels);
    }

    @Override
    public Optional<float[]> commonest() {
        return sentences.commonest();
    }

    @Override
    public Outputs constant(float[] row) {
        List<float[]> rows = new ArrayList<>();
        for (int length : lengths()) {
            float[] all = new float[length * row.length];
            for (int i = 0; i < length; i++) {
                System.arraycopy(row, 0, all, i * row.length, row.length);
            }
            rows.add(all);
        }
        return new Outputs(rows);
    }

    @Override
    public Scores scores(Outputs outputs) {
        List<List<String>> predicted = predicted(outputs);
        List<List<String>> expected =
                sentences.list().stream().map(Sentence::tags).toList();
        Map<Metric, Double> values = new LinkedHashMap<>();
        TagMetric.of(sentences.tags()).forEach(metric -> values.put(metric, metric.of(predicted, expected)));
        return new Scores(values);
    }

    /**
     * One file, {@code .conll}: a token a line, its tag where that is known and its predicted tag behind it, parted by tabs; a blank line
     * ends a sentence.
     */
    @Override
    public Map<String, String> predictions(Outputs outputs) {
        StringBuilder text = new StringBuilder();
        List<List<String>> predicted = predicted(outputs);
        for (int i = 0; i < predicted.size(); i++) {
            Sentence sentence = sentence(i);
            for (int token = 0; token < sentence.tokens().size(); token++) {
                text.append(sentence.tokens().get(token).replaceAll("\\s+", " ").strip());
                if (!sentence.tags().isEmpty()) {
                    text.append('\t').append(sentence.tags().get(token));
                }
                text.append('\t').append(predicted.get(i).get(token)).append('\n');
            }
            text.append('\n');
        }
        return Map.of(".conll", text.toString());
    }

    /** Each token's tag, parted by blanks. */
    @Override
    public List<Prediction> answers(Outputs outputs) {
        return predicted(outputs).stream()
                .map(tags -> new Prediction(String.join(" ", tags), Map.of()))
                .toList();
    }

    private Sentence sentence(int index) {
        return sentences.list().get(index);
    }

    /** What is predicted of tokens of which no piece is seen. */
    private int unseen() {
        List<String> tags = sentences.tags();
        for (int i = 0; i < tags.size(); i++) {
            if (TagSpan.isOutside(tags.get(i))) {
                return i;
            }
        }
        return 0;
    }

    /** Every token's tag: the one of the largest value at its first piece, the first of equals. */
    private List<List<String>> predicted(Outputs outputs) {
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            float[] values = outputs.rows().get(i);
            int[] own = places.get(i);
            List<String> tags = new ArrayList<>();
            for (int token = 0; token < sentence(i).tokens().size(); token++) {
                boolean seen = token < own.length && own[token] != TokenPieces.NONE;
                int tag = seen ? largest(values, own[token]) : unseen();
                tags.add(sentences.tags().get(tag));
            }
            all.add(tags);
        }
        return all;
    }

    private int largest(float[] values, int place) {
        int width = sentences.tags().size();
        int best = 0;
        for (int tag = 1; tag < width; tag++) {
            best = values[place * width + tag] > values[place * width + best] ? tag : best;
        }
        return best;
    }
}
