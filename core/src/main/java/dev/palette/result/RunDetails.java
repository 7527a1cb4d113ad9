package dev.palette.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.experiment.StrictJson;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a run's folder says of it.
 *
 * @param entry as lists show it
 * @param trial what was asked, as the JSON tree that it is
 * @param provenance by what it is made
 * @param result what was found; empty when it is not finished
 * @param checkpoints what lies in its folder of checkpoints
 * @param log where its log is, whether it is there or not
 */
public record RunDetails(
        RunEntry entry,
        JsonNode trial,
        Provenance provenance,
        Optional<RunResult> result,
        List<Kept> checkpoints,
        Path log) {

    /** Copies the list. */
    public RunDetails {
        checkpoints = List.copyOf(checkpoints);
    }

    /**
     * A checkpoint.
     *
     * @param name of its folder: {@code best}, or {@code step-} or {@code best-} and the step
     * @param bytes its files
     */
    public record Kept(String name, long bytes) {}

    /**
     * Reads a run.
     *
     * @param entry as the listing has it
     * @throws dev.palette.spec.PaletteException when a file of it is damaged; names it
     */
    public static RunDetails of(RunEntry entry) {
        RunFiles files = new RunFiles(entry.folder().toAbsolutePath().normalize());
        files.requireNoLinks();
        return new RunDetails(
                entry,
                RunListing.tree(files),
                files.provenance(),
                files.isFinished() ? Optional.of(files.result()) : Optional.empty(),
                checkpoints(files.folder().resolve(RunFiles.CHECKPOINTS)),
                files.folder().resolve(RunFiles.LOG));
    }

    private static List<Kept> checkpoints(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> new Kept(
                            path.getFileName().toString(), FileTree.facts(path).bytes()))
                    .sorted(Comparator.comparing(Kept::name))
                    .toList();
        } catch (IOException e) {
            throw AtomicFile.cannotRead(folder, e);
        }
    }

    /** Everything, for programs. */
    public ObjectNode json() {
        ObjectNode json = RunTable.json(entry);
        json.set("trial", trial);
        json.set("provenance", StrictJson.mapper().valueToTree(provenance));
        result.ifPresent(found -> json.set("result", StrictJson.mapper().valueToTree(found)));
        ArrayNode kept = json.putArray("checkpoints");
        checkpoints.forEach(
                checkpoint -> kept.addObject().put("name", checkpoint.name()).put("bytes", checkpoint.bytes()));
        return json.put("log", log.toString());
    }
}
