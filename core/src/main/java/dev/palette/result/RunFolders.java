package dev.palette.result;

import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the folders of runs: in a folder of several, and by what a person calls one. */
public final class RunFolders {
    private static final int DEPTH = 3; // <out>/<experiment>/<trial>, or the folder above
    private static final int SHOWN = 10;

    private RunFolders() {}

    /**
     * The folders of all runs in a folder, which may be one itself, sorted; those set aside as stale as well.
     *
     * @throws PaletteException when there is no such folder
     */
    public static List<Path> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new PaletteException("there is no folder %s".formatted(folder));
        }
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), DEPTH, new Search(folder, found));
        } catch (IOException e) {
            throw AtomicFile.cannotRead(folder, e);
        }
        Collections.sort(found);
        return found;
    }

    /**
     * The folder that a person means.
     *
     * @param run a run's folder, or the beginning of its trial's id
     * @param out the folder of all runs, where ids are looked for
     * @throws PaletteException when it is none, or several; names those that come near
     */
    public static Path named(String run, Path out) {
        Path folder = Path.of(run);
        if (Files.isDirectory(folder)) {
            if (!new RunFiles(folder).isBegun()) {
                throw new PaletteException(
                        "%s holds no run: there is no %s; name the folder of one, or the beginning of its id"
                                .formatted(folder, RunFiles.TRIAL));
            }
            return folder;
        }
        List<Path> all = Files.isDirectory(out) ? in(out) : List.of();
        List<Path> fitting =
                all.stream().filter(path -> name(path).startsWith(run)).toList();
        List<Path> current = fitting.stream()
                .filter(path -> !new RunFiles(path).isSetAside())
                .toList();
        List<Path> meant = current.isEmpty() ? fitting : current;
        if (meant.size() == 1) {
            return meant.get(0);
        }
        if (meant.isEmpty()) {
            throw new PaletteException(unknown(run, out, all));
        }
        throw new PaletteException("%d runs in %s begin with '%s': %s%s; give more of the id, or the folder"
                .formatted(
                        meant.size(),
                        out,
                        run,
                        meant.stream()
                                .limit(SHOWN)
                                .map(path -> out.relativize(path).toString())
                                .collect(Collectors.joining(", ")),
                        meant.size() > SHOWN ? " and more" : ""));
    }

    private static String unknown(String run, Path out, List<Path> all) {
        List<String> names = all.stream().map(RunFolders::name).toList();
        String meant = NearestWord.to(run, names)
                .map(name -> "; did you mean '%s'?".formatted(name))
                .orElse(".");
        String there = names.isEmpty()
                ? "There is none at all; name the folder of all runs with --out"
                : "There are %d: %s%s"
                        .formatted(
                                names.size(),
                                String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))),
                                names.size() > SHOWN ? " and more" : "");
        return "there is no run '%s' in %s%s %s".formatted(run, out, meant, there);
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }

    /** Looks at folders from above, and into none that is a run's. */
    private static final class Search extends SimpleFileVisitor<Path> {
        private final Path root;
        private final List<Path> found;

        private Search(Path root, List<Path> found) {
            this.root = root;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (isRun(folder)) {
                found.add(folder);
                return FileVisitResult.SKIP_SUBTREE;
            }
            boolean hidden = !folder.equals(root) && name(folder).startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        /** Also what stands at the last depth, and a link that has the name of a run. */
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean isLink = attributes.isSymbolicLink() && RunFiles.isRunName(file);
            if (isLink || (attributes.isDirectory() && isRun(file))) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // what nobody lets us see is no run of ours
        }

        /** A folder without the description of a trial is a run's if it has what a run leaves. */
        private static boolean isRun(Path folder) {
            RunFiles files = new RunFiles(folder);
            return files.isBegun()
                    || (folder.getFileName() != null
                            && RunFiles.isRunName(folder)
                            && (files.isFinished() || Files.isDirectory(folder.resolve(RunFiles.CHECKPOINTS))));
        }
    }
}
