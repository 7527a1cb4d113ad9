package dev.palette.experiments.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The six files of the quickstart's data, generated from a fixed seed.
 *
 * <p>{@link Random} is the generator because its documentation fixes its numbers: the files are the same on every JDK.
 */
public final class QuickstartData {
    private static final long SEED = 2026;

    /** Twins, or groups of one first sentence, by file. */
    private static final int ACCEPTABILITY_TRAIN = 405;

    private static final int ACCEPTABILITY_DEV = 126;
    private static final int PARAPHRASE_TRAIN = 450;
    private static final int PARAPHRASE_DEV = 126;
    private static final int SIMILARITY_TRAIN = 90;
    private static final int SIMILARITY_DEV = 40;

    private QuickstartData() {}

    /** Writes the files below the folder given as the only argument. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException(
                    "expected one argument, the folder to write to, and found " + arguments.length);
        }
        write(Path.of(arguments[0]));
    }

    /** Writes the files below {@code folder}, over what is there. */
    public static void write(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /** Each file's text (UTF-8, lines end in a line feed) by its path, e.g. {@code acceptability/train.tsv}. */
    public static Map<String, String> files() {
        Lexicon train = Lexicon.train();
        Lexicon dev = Lexicon.dev();
        Map<String, String> files = new LinkedHashMap<>();

        Random random = new Random(SEED);
        Set<String> taken = new HashSet<>();
        files.put("acceptability/train.tsv", text(Acceptability.rows(train, ACCEPTABILITY_TRAIN, taken, random)));
        files.put("acceptability/dev.tsv", text(Acceptability.rows(dev, ACCEPTABILITY_DEV, taken, random)));

        random = new Random(SEED + 1);
        taken = new HashSet<>();
        files.put(
                "paraphrase/train.tsv",
                text(Paraphrase.HEADER, Paraphrase.rows(train, PARAPHRASE_TRAIN, taken, random)));
        files.put("paraphrase/dev.tsv", text(Paraphrase.HEADER, Paraphrase.rows(dev, PARAPHRASE_DEV, taken, random)));

        random = new Random(SEED + 2);
        taken = new HashSet<>();
        files.put(
                "similarity/train.tsv",
                text(Similarity.HEADER, Similarity.rows(train, SIMILARITY_TRAIN, taken, random)));
        files.put("similarity/dev.tsv", text(Similarity.HEADER, Similarity.rows(dev, SIMILARITY_DEV, taken, random)));
        return files;
    }

    private static String text(String header, List<String> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(header);
        lines.addAll(rows);
        return text(lines);
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
