package dev.palette.exchange;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.Trained;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.TensorData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One task's adapter in a file, times a number.
 *
 * @param file the file, open
 * @param task whose adapter
 * @param weight the number; negative to take away what was learnt
 */
public record TaskVector(AdapterFile file, String task, double weight) {
    /** What stands before the task in a parameter's name. */
    private static final String BEFORE = "(adapter\\.(?:\\d+\\.)?\\w+\\.(?:task\\.)?)";

    /** Checks that the file has the task, and nothing of the encoder. */
    public TaskVector {
        List<String> tasks = file.manifest().tasks();
        if (!tasks.contains(task)) {
            throw new PaletteException("%s: %s"
                    .formatted(
                            file.path(),
                            NearestWord.unknown("task", task, tasks).getMessage()));
        }
        if (file.names().stream().anyMatch(name -> name.startsWith("bert."))) {
            throw new PaletteException(
                    "%s has weights of the encoder besides, trained with the adapters, which sums do not go with; train with freeze pretrained"
                            .formatted(file.path()));
        }
    }

    /** What kind of adapter it is. */
    Adapter adapter(Vocabulary vocabulary) {
        Adapter adapter = SavedAdapters.adapter(file, vocabulary);
        return adapter instanceof Trained trained ? trained.of() : adapter;
    }

    /** The adapter's values, under the names that they have for another task. */
    Map<String, TensorData> tensors(String target) {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        for (String name : file.names()) {
            boolean others =
                    file.manifest().tasks().stream().anyMatch(other -> !other.equals(task) && isOf(name, other));
            if (!others && !name.startsWith("head.")) {
                String named = name.replaceFirst(BEFORE + Pattern.quote(task) + "\\.", "$1" + target + ".");
                tensors.put(named, file.tensor(name).named(named));
            }
        }
        return tensors;
    }

    private static boolean isOf(String name, String task) {
        return Pattern.compile(BEFORE + Pattern.quote(task) + "\\..*")
                .matcher(name)
                .matches();
    }

    /** As a line of a history says it. */
    String text() {
        return "%s × %s of %s".formatted(weight, task, file.path());
    }
}
