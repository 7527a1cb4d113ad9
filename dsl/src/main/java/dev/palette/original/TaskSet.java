package dev.palette.original;

import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.task.Task;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The sets of tasks that {@code --tasks} names. */
enum TaskSet {
    /** The eight tasks of the paper. */
    ALL,
    /** The three about inference. */
    INF,
    /** One of the eight, by {@code --task_id}. */
    SINGLE;

    /**
     * The set that a flag's text names.
     *
     * @throws PaletteException when there is none; names the nearest
     */
    static TaskSet named(String text) {
        return Stream.of(values())
                .filter(set -> set.flag().equals(text))
                .findFirst()
                .orElseThrow(() -> NearestWord.unknown(
                        "set of --tasks",
                        text,
                        Stream.of(values()).map(TaskSet::flag).toList()));
    }

    private String flag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Its tasks, in the original's order, by which a saved model's heads are numbered.
     *
     * @param id the task of {@link #SINGLE}, from 0
     * @throws PaletteException when there is no such task
     */
    List<Task> tasks(int id) {
        List<Task> eight = GlueTasks.eight();
        return switch (this) {
            case ALL -> eight;
            case INF ->
                Stream.of(GlueLayout.QNLI, GlueLayout.MNLI, GlueLayout.RTE)
                        .map(GlueTasks::of)
                        .toList();
            case SINGLE -> {
                if (id < 0 || id >= eight.size()) {
                    throw new PaletteException("--task_id is %d, expected 0 to %d: %s"
                            .formatted(
                                    id,
                                    eight.size() - 1,
                                    String.join(
                                            ", ", eight.stream().map(Task::name).toList())));
                }
                yield List.of(eight.get(id));
            }
        };
    }
}
