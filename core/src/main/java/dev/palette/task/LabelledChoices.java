package dev.palette.task;

import dev.palette.text.Features;
import dev.palette.text.WordPiece;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The examples of one split of a multiple-choice task, in the order of its file: each a text and some texts of which one goes with
 * it, as in SWAG (Zellers et al. 2018). The task's head is a {@link Head.Choice}, its loss {@link Loss#CROSS_ENTROPY}.
 *
 * @param choices texts to choose from, the same number in each example
 * @param metrics how predictions are scored, the most important first
 * @param list the examples; at least one
 * @param remarks what a person should hear of how they were read
 */
public record LabelledChoices(int choices, List<LabelMetric> metrics, List<Choice> list, List<String> remarks)
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
        metrics = List.copyOf(metrics);
        list = List.copyOf(list);
        remarks = List.copyOf(remarks);
        for (Choice choice : list) {
            if (choice.choices().size() != choices) {
                throw new IllegalArgumentException("row %d has %d choices, not %d"
                        .formatted(choice.row(), choice.choices().size(), choices));
            }
        }
    }

    @Override
    public int size() {
        return list.size();
    }

    /** Some of the examples; {@link #remarks} are not repeated. */
    LabelledChoices select(int[] indices) {
        return new LabelledChoices(
                choices, metrics, Arrays.stream(indices).mapToObj(list::get).toList(), List.of());
    }

    /** Each choice as a sequence: the text and the choice, a pair. */
    @Override
    public Dataset encode(WordPiece wordPiece, int maxLength) {
        SequenceArrays arrays = SequenceArrays.of(
                list.size() * choices,
                i -> {
                    Choice choice = list.get(i / choices);
                    return Features.of(
                            wordPiece, choice.text(), choice.choices().get(i % choices), maxLength);
                },
                wordPiece);
        return new ChoiceDataset(this, new Sequences(arrays, choices));
    }

    @Override
    public Optional<float[]> commonest() {
        return Optional.of(target().commonest(labels()));
    }

    /** The examples' labels, in order. */
    public double[] labels() {
        return list.stream().mapToDouble(Choice::label).toArray();
    }

    /** The index of a choice. */
    Target target() {
        return new Target.Classification(
                IntStream.range(0, choices).mapToObj(String::valueOf).toList());
    }
}
