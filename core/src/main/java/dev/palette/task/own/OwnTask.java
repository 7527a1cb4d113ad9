package dev.palette.task.own;

import dev.palette.spec.Block;
import dev.palette.spec.PaletteException;
import dev.palette.task.Evaluation;
import dev.palette.task.Split;
import dev.palette.task.Task;
import dev.palette.task.rows.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A task in files of one's own. */
public sealed interface OwnTask extends Task permits TextsTask, ChoicesTask, TagsTask {
    /** What a trial's JSON calls each of them. */
    Map<String, Class<? extends OwnTask>> WORDS =
            Map.of("texts", TextsTask.class, "choices", ChoicesTask.class, "tags", TagsTask.class);

    /** A task configured by a block: {@code OwnTask.of("intents", t -> t.tsv("intents/*.tsv").text("utterance").label("intent"))}. */
    static OwnTask of(String name, Consumer<OwnTaskOptions> configure) {
        return Block.filled(new OwnTaskOptions(name), configure);
    }

    /** Its files. */
    SplitFiles source();

    /** The splits whose files there are; empty before they are {@linkplain #readFrom looked for}. */
    List<Split> splits();

    /** The columns that every split has, and that of the label, which a test split need not have. */
    List<String> columns(boolean labelled);

    @Override
    default List<Evaluation> evaluations() {
        return List.of(new Evaluation(name(), Split.DEV));
    }

    @Override
    default Map<Split, Path> files(Path dataDirectory) {
        return source().in(dataDirectory, splits());
    }

    /**
     * The rows of a split, which has the task's columns.
     *
     * @throws PaletteException when the task has no such split, its file is not there, or it lacks a column
     */
    default Table table(Split split, Path dataDirectory) {
        if (!splits().contains(split)) {
            throw new PaletteException("task '%s' has no %s split, only %s"
                    .formatted(
                            name(),
                            split.label(),
                            String.join(
                                    ", ", splits().stream().map(Split::label).toList())));
        }
        Table table = source().table(split, dataDirectory);
        table.require(columns(split != Split.TEST));
        return table;
    }
}
