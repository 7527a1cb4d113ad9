package dev.palette.task;

import dev.palette.text.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The examples of one split of a multiple-choice task, in the order of its file: each a text and some texts of which one goes with
 * it, as in SWAG (Zellers et al. 2018). The task's head is a {@link Head.Choice}, its loss {@link Loss#CROSS_ENTROPY}.
 *
 * @param labels what the choices are called in files, in order; an example has as many
 * @param metrics how predictions are scored, the most important first
 * @param list the examples; at least one
 * @param remarks what a person should hear of how they were read
 */
public record LabelledChoices(
        List<String> labels, List<? extends PairedMetric> metrics, List<Choice> list, List<String> remarks)
        implements Examples {
    /**
     * A text and what may go with it.
     *
     * @param row its row in the file, from 0
     * @param text the beginning of a story, a passage, a question
     * @param choices the endings, the answers
     * @param label the index of the right one; NaN where the split has no labels
     */
    public record Choice(int row, String text, List<String> choices, double label) {
        /** Copies the choices. */
        public Choice {
            choices = List.copyOf(choices);
        }
    }

    /** Copies the lists, and checks that each example has its choices. */
    public LabelledChoices {
        labels = List.copyOf(labels);
        metrics = List.copyOf(metrics);
        list = List.copyOf(list);
        remarks = List.copyOf(remarks);
        for (Choice choice : list) {
            if (choice.choices().size() != labels.size()) {
                throw new IllegalArgumentException("row %d has %d choices, not %d"
                        .formatted(choice.row(), choice.choices().size(), labels.size()));
            }
        }
    }

    @Override
    public int size() {
        return list.size();
    }

    /** Each choice as a sequence: the text and the choice, a pair. */
    @Override
    public TextDataset encode(Tokenizer tokenizer, int maxLength) {
        int choices = labels.size();
        SequenceArrays arrays = SequenceArrays.of(
                list.size() * choices,
                i -> {
                    Choice choice = list.get(i / choices);
                    return tokenizer.features(choice.text(), choice.choices().get(i % choices), maxLength);
                },
                tokenizer);
        int[] rows = list.stream().mapToInt(Choice::row).toArray();
        return new TextDataset(target(), metrics, rows, right(), new Sequences(arrays, choices), remarks);
    }

    @Override
    public Optional<float[]> commonest() {
        return Optional.of(target().commonest(right()));
    }

    @Override
    public Map<String, Long> labelCounts() {
        return target().counts(right());
    }

    @Override
    public List<String> contents() {
        return list.stream()
                .map(choice -> choice.text() + '\0' + String.join("\0", choice.choices()))
                .toList();
    }

    /** The index of each example's right choice, in order; NaN without. */
    public double[] right() {
        return list.stream().mapToDouble(Choice::label).toArray();
    }

    /** The index of a choice. */
    Target target() {
        return new Target.Classification(labels);
    }
}
