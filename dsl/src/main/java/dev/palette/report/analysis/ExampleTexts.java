package dev.palette.report.analysis;

import dev.palette.pretrained.FingerprintMemory;
import dev.palette.result.PredictionFile;
import dev.palette.result.Provenance;
import dev.palette.result.TrialRun;
import dev.palette.spec.PaletteException;
import dev.palette.task.Example;
import dev.palette.task.LabelledTexts;
import dev.palette.task.Split;
import dev.palette.task.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The texts of predicted examples. Predictions name an example by its row alone; the text is in the data file, and is taken from there only
 * if that is the very file the run was scored on, by its fingerprint.
 */
public final class ExampleTexts {
    private static final int LONGEST = 600;

    private final @Nullable Path data;
    private final @Nullable FingerprintMemory memory;
    private final Map<Path, Map<Integer, String>> read = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private ExampleTexts(@Nullable Path data, @Nullable FingerprintMemory memory) {
        this.data = data;
        this.memory = memory;
    }

    /** No texts. */
    public static ExampleTexts none() {
        return new ExampleTexts(null, null);
    }

    /**
     * Texts from data files.
     *
     * @param data the folder that holds the tasks' folders
     * @param memory knows the fingerprints of files that have not changed
     */
    public static ExampleTexts in(Path data, FingerprintMemory memory) {
        return new ExampleTexts(data, memory);
    }

    /** Why texts are missing that were asked for. */
    public List<String> problems() {
        return problems.stream().distinct().toList();
    }

    /**
     * The text of one example.
     *
     * @param table the name of its table of predictions: {@code cola-dev}
     * @param row in the data file, from 0
     */
    Optional<String> of(TrialRun run, String table, int row) {
        if (data == null || memory == null) {
            return Optional.empty();
        }
        for (Task task : run.tasks()) {
            for (Split split : List.of(Split.DEV, Split.DEV_MISMATCHED)) {
                Path file = task.files(data).get(split);
                if (file != null
                        && new PredictionFile(task.name(), split).name().equals(table)) {
                    return Optional.ofNullable(
                            texts(run, task, split, file, data, memory).get(row));
                }
            }
        }
        return Optional.empty();
    }

    private Map<Integer, String> texts(
            TrialRun run, Task task, Split split, Path file, Path folder, FingerprintMemory fingerprints) {
        String name = task.name() + "/" + split.label();
        String scored =
                run.provenance().map(Provenance::data).map(all -> all.get(name)).orElse("");
        if (!Files.isRegularFile(file) || !fingerprints.sha256(file).equals(scored)) {
            problems.add("%s is not the file that runs were scored on as %s: examples are shown without their texts"
                    .formatted(file, name));
            return Map.of();
        }
        return read.computeIfAbsent(file, unseen -> read(task, split, folder));
    }

    private Map<Integer, String> read(Task task, Split split, Path folder) {
        try {
            return task.read(split, folder) instanceof LabelledTexts texts
                    ? texts.list().stream().collect(Collectors.toMap(Example::row, ExampleTexts::text))
                    : Map.of();
        } catch (PaletteException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Map.of();
        }
    }

    private static String text(Example example) {
        String whole = example.textB() == null ? example.textA() : example.textA() + " ‖ " + example.textB();
        return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST) + "…";
    }
}
