package dev.palette.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palette.experiment.StrictJson;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileDigest;
import dev.palette.storage.FileTree;
import dev.palette.storage.SealedJson;
import dev.palette.storage.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The files of a run's folder, read as what they are: files that a disk may have damaged and a stranger may have made. {@code
 * trial.json} is known by its hash, which is the folder's name, the others by their seals; none is read that is a link or larger than
 * such files are.
 *
 * @param folder the run's
 */
record RunFiles(Path folder) {
    /** What was asked. */
    static final String TRIAL = "trial.json";

    /** By what it is made. */
    static final String PROVENANCE = "provenance.json";

    /** What was found; its presence means finished. */
    static final String RESULT = "result.json";

    /** That it was stopped for good before its end. */
    static final String STOPPED = "stopped.json";

    /** The folder of the checkpoints. */
    static final String CHECKPOINTS = "checkpoints";

    /** What was logged of each step and evaluation, a line each. */
    static final String METRICS = "metrics.jsonl";

    /** The folder of the predictions. */
    static final String PREDICTIONS = "predictions";

    /** The log for people. */
    static final String LOG = "run.log";

    /** In the names of folders set aside. */
    static final String STALE = ".stale-";

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{16}(\\.stale-\\d{1,9})?");

    /** Whether a folder's name is that of a run, set aside or not. */
    static boolean isRunName(Path folder) {
        return NAME.matcher(folder.getFileName().toString()).matches();
    }

    /** The id of the trial that a run's folder is named after. */
    static String id(Path folder) {
        return folder.getFileName().toString().replaceFirst(STALE + ".*", "");
    }

    /** Whether it was set aside, because its answer is no answer any more. */
    boolean isSetAside() {
        return folder.getFileName().toString().contains(STALE);
    }

    /** Where the right to change it is had: beside the folder, so that it can be set aside under it. */
    Path lock() {
        return folder.resolveSibling(".locks").resolve(id(folder));
    }

    /** Whether it was begun: something has the name of the file that is written first. */
    boolean isBegun() {
        return Files.exists(folder.resolve(TRIAL), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether something has the name of the file that is written last. */
    boolean isFinished() {
        return Files.exists(folder.resolve(RESULT), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether it was stopped for good before its end; a result counts more. */
    boolean isStoppedEarly() {
        return !isFinished() && Files.exists(folder.resolve(STOPPED), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The canonical JSON of the trial that the folder is named after.
     *
     * @throws PaletteException when the file is anything else
     */
    String trial() {
        Path file = folder.resolve(TRIAL);
        String text;
        try {
            text = SmallFile.readText(file);
        } catch (IOException e) {
            throw damaged(TRIAL, why(e));
        }
        String hash = FileDigest.sha256(text.getBytes(StandardCharsets.UTF_8));
        if (!hash.startsWith(id(folder))) {
            throw damaged(
                    TRIAL,
                    "it is not the JSON of trial %s: it was changed, or the folder renamed".formatted(id(folder)));
        }
        return text;
    }

    /**
     * What the run found.
     *
     * @throws PaletteException when there is no result, it is damaged, or it is another trial's
     */
    RunResult result() {
        RunResult result = read(RESULT, RunResult.class);
        if (!result.trial().equals(id(folder))) {
            throw damaged(RESULT, "it is the result of trial " + result.trial());
        }
        return result;
    }

    /**
     * Where and why it was stopped for good.
     *
     * @throws PaletteException when it was not, or the file is damaged
     */
    StoppedEarly stoppedEarly() {
        return read(STOPPED, StoppedEarly.class);
    }

    void write(StoppedEarly stopped) {
        write(STOPPED, stopped);
    }

    void deleteStopped() {
        FileTree.delete(folder.resolve(STOPPED));
    }

    /** By what the run is made. */
    Provenance provenance() {
        return read(PROVENANCE, Provenance.class);
    }

    void write(Provenance provenance) {
        write(PROVENANCE, provenance);
    }

    void write(RunResult result) {
        write(RESULT, result);
    }

    void writeTrial(String json) {
        AtomicFile.writeText(folder.resolve(TRIAL), json);
    }

    /**
     * Makes sure that what is written below the folder stays there.
     *
     * @throws PaletteException when the folder or something in it is a symbolic link
     */
    void requireNoLinks() {
        FileTree.facts(folder).link().ifPresent(link -> {
            throw new PaletteException(
                    "%s is a symbolic link, and nothing is read or written through links in a run's folder; put what it leads to in its place, or remove it"
                            .formatted(link));
        });
    }

    private void write(String name, Object content) {
        SealedJson.write(
                folder.resolve(name), StrictJson.mapper().valueToTree(content).toPrettyString());
    }

    private <T> T read(String name, Class<T> type) {
        try {
            return StrictJson.mapper().readValue(SealedJson.read(folder.resolve(name)), type);
        } catch (JsonProcessingException e) {
            throw damaged(name, why(StrictJson.explain("", e)).replaceFirst("^: ", ""));
        } catch (IOException e) {
            throw damaged(name, why(e));
        }
    }

    private static String why(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private PaletteException damaged(String name, String why) {
        return new PaletteException("%s is damaged: %s; move the folder %s away to run the trial again"
                .formatted(folder.resolve(name), why, folder));
    }
}
