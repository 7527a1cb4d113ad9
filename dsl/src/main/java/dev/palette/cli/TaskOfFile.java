package dev.palette.cli;

import dev.palette.adapter.AdapterFile;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the tasks of a file of adapters: the one that {@code --task} names, or the only one. */
final class TaskOfFile {
    private TaskOfFile() {}

    static String chosen(AdapterFile adapters, @Nullable String task) {
        List<String> tasks = adapters.manifest().tasks();
        if (task == null && tasks.size() != 1) {
            throw new PaletteException("%s holds adapters of %s: name one task with --task"
                    .formatted(adapters.path(), String.join(", ", tasks)));
        }
        if (task != null && !tasks.contains(task)) {
            throw NearestWord.unknown("task", task, tasks);
        }
        return task == null ? tasks.get(0) : task;
    }
}
