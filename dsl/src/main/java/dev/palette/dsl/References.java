package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.table.ReferenceFile;
import dev.palette.table.ReferenceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The word {@code references}: the tables of published results in the folder {@code references} beside a script, or beside the script's
 * folder, by their names.
 */
final class References {
    static final String WORD = "references";

    private References() {}

    /**
     * What stands behind the word.
     *
     * @param folder the script's
     * @throws PaletteException when there is no such folder, or a file in it is none of published results
     */
    static NameSpace of(Path folder) {
        List<ReferenceTable> tables = new ArrayList<>();
        Path own = folder.resolve(WORD);
        Path above = folder.resolve("..").resolve(WORD).normalize();
        for (Path file : files(Files.isDirectory(own) || !Files.isDirectory(above) ? own : above)) {
            tables.add(ReferenceFile.read(file));
        }
        return nameSpace(WORD, tables, 0);
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new PaletteException(
                    "there is no folder %s, in which files of published results would be; name a file of them in quotes: beside 'results.csv'"
                            .formatted(folder));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw AtomicFile.cannotRead(folder, e);
        }
    }

    /** A name space in a name space for each dot of the names. */
    private static NameSpace nameSpace(String name, List<ReferenceTable> tables, int depth) {
        Map<String, List<ReferenceTable>> byPart = new TreeMap<>();
        for (ReferenceTable table : tables) {
            byPart.computeIfAbsent(parts(table)[depth], unseen -> new ArrayList<>())
                    .add(table);
        }
        Map<String, ScriptWord> words = new TreeMap<>();
        byPart.forEach((part, own) -> {
            ReferenceTable first = own.get(0);
            boolean isWhole = own.size() == 1 && parts(first).length == depth + 1;
            String whole = name + "." + part;
            words.put(part, new ConstantWord(whole, isWhole ? first : nameSpace(whole, own, depth + 1)));
        });
        return new NameSpace(name, words);
    }

    private static String[] parts(ReferenceTable table) {
        return table.name().split("\\.", -1);
    }
}
