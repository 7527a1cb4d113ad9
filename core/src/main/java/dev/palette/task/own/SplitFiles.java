package dev.palette.task.own;

import dev.palette.spec.PaletteException;
import dev.palette.task.DataFolder;
import dev.palette.task.Split;
import dev.palette.task.rows.Table;
import dev.palette.task.rows.TableFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of a task, one for each split, all of one format.
 *
 * @param format how they are read
 * @param train in the data directory, as the others
 * @param dev what is reported
 * @param test what is predicted, and need not be there
 */
public record SplitFiles(TableFormat format, String train, String dev, String test) {
    /** The one name with a {@code *} for {@code train}, {@code dev} and {@code test} that all three have, if they have one. */
    public Optional<String> pattern() {
        String pattern = train.replace(Split.TRAIN.label(), "*");
        return pattern.contains("*")
                        && pattern.replace("*", Split.DEV.label()).equals(dev)
                        && pattern.replace("*", Split.TEST.label()).equals(test)
                ? Optional.of(pattern)
                : Optional.empty();
    }

    private String name(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case DEV -> dev;
            default -> test;
        };
    }

    /**
     * The splits whose files there are: train and dev, and test where it is there.
     *
     * @param task for messages
     * @throws PaletteException when no data directory is set
     */
    List<Split> present(String task, @Nullable Path dataDirectory) {
        if (dataDirectory == null) {
            throw new PaletteException(
                    "task '%s' is in the data directory, and none is set; write dataDir 'data' in the experiment, or give --set data.dir=<folder>"
                            .formatted(task));
        }
        return Files.isRegularFile(dataDirectory.resolve(test))
                ? List.of(Split.TRAIN, Split.DEV, Split.TEST)
                : List.of(Split.TRAIN, Split.DEV);
    }

    /** The files of some splits. */
    Map<Split, Path> in(Path dataDirectory, List<Split> splits) {
        Map<Split, Path> all = new EnumMap<>(Split.class);
        splits.forEach(split -> all.put(split, dataDirectory.resolve(name(split))));
        return all;
    }

    /**
     * The rows of a split.
     *
     * @throws PaletteException when there is no such file; says what there is instead
     */
    Table table(Split split, Path dataDirectory) {
        Path path = Path.of(name(split));
        Path folder = path.getParent();
        return format.open(DataFolder.file(
                dataDirectory,
                folder == null ? "" : folder.toString(),
                path.getFileName().toString()));
    }
}
