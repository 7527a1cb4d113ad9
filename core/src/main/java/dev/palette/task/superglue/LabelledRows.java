package dev.palette.task.superglue;

import dev.palette.task.Example;
import dev.palette.task.Examples;
import dev.palette.task.LabelledChoices;
import dev.palette.task.LabelledChoices.Choice;
import dev.palette.task.LabelledTexts;
import dev.palette.task.PairedMetric;
import dev.palette.task.Target;
import dev.palette.task.TextColumns;
import dev.palette.task.rows.Row;
import dev.palette.task.rows.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a row of a file becomes an example with a label.
 *
 * @param first the text, or the first of a pair
 * @param second the second of a pair, if there is one
 * @param choices the columns of what is to be chosen from; none for classes
 */
record LabelledRows(Function<Row, String> first, @Nullable Function<Row, String> second, List<String> choices) {
    private static final String LABEL = "label";

    /** Two columns. */
    static LabelledRows pairs(String first, String second) {
        return new LabelledRows(row -> row.text(first), row -> row.text(second), List.of());
    }

    /** COPA: the premise and what is asked of it; the alternatives are the choices. */
    static LabelledRows causes() {
        return new LabelledRows(LabelledRows::premise, null, List.of("choice1", "choice2"));
    }

    private static String premise(Row row) {
        String question = switch (row.text("question")) {
            case "cause" -> "What was the cause of this?";
            case "effect" -> "What happened as a result?";
            default -> throw row.problem("question '%s'".formatted(row.text("question")), "cause or effect");
        };
        return row.text("premise") + " " + question;
    }

    /** WiC: both sentences with the word marked. */
    static LabelledRows ofWordsInContext() {
        return new LabelledRows(row -> MarkedWords.ofPlaces(row, 1), row -> MarkedWords.ofPlaces(row, 2), List.of());
    }

    /** WSC: the text with noun phrase and pronoun marked. */
    static LabelledRows ofPronouns() {
        return new LabelledRows(MarkedWords::ofTarget, null, List.of());
    }

    /** The examples of a file; a test file has no labels. */
    Examples read(Table table, List<String> labels, List<PairedMetric> metrics) {
        Target target = new Target.Classification(labels);
        if (choices.isEmpty()) {
            List<Example> examples = new ArrayList<>();
            table.readSome(row -> examples.add(new Example(
                    row.number(), first.apply(row), second == null ? null : second.apply(row), label(row, target))));
            return new LabelledTexts(target, metrics, examples, List.of());
        }
        List<Choice> examples = new ArrayList<>();
        table.readSome(row -> examples.add(new Choice(
                row.number(), first.apply(row), choices.stream().map(row::text).toList(), label(row, target))));
        return new LabelledChoices(labels, metrics, examples, List.of());
    }

    private static double label(Row row, Target target) {
        return row.has(LABEL) ? TextColumns.label(row, LABEL, target) : Double.NaN;
    }
}
