package dev.palette.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.experiment.Trial;
import dev.palette.result.Explanation.Verdict;
import dev.palette.spec.PaletteException;
import dev.palette.train.CheckpointStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of an experiment's trials what would be done with them and why, field by field. */
public final class Explainer {
    private static final Logger LOG = LoggerFactory.getLogger(Explainer.class);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path out;
    private final String experiment;
    private @Nullable SortedMap<String, SortedMap<String, String>> finished;

    /** For the runs of an experiment in {@code <out>/<experiment>}. */
    public Explainer(Path out, String experiment) {
        this.out = out;
        this.experiment = experiment;
    }

    /**
     * Explains a trial.
     *
     * @param present what its run would be made by today
     */
    public Explanation explain(Trial trial, Provenance present) {
        RunDirectory run = RunDirectory.of(out, experiment, trial);
        RunState state;
        List<Change> changes;
        try {
            state = run.state();
            changes = state == RunState.ABSENT ? List.of() : run.provenance().changes(present);
        } catch (PaletteException e) {
            return new Explanation(trial, Verdict.DAMAGED, List.of(), null, String.valueOf(e.getMessage()));
        }
        if (!changes.isEmpty()) {
            return new Explanation(trial, Verdict.STALE, changes, null, "");
        }
        return switch (state) {
            case FINISHED -> new Explanation(trial, Verdict.FINISHED, List.of(), null, "");
            case STOPPED_EARLY ->
                new Explanation(
                        trial,
                        Verdict.STOPPED_EARLY,
                        List.of(),
                        null,
                        run.stoppedEarly().map(StoppedEarly::text).orElse(""));
            case UNFINISHED -> new Explanation(trial, Verdict.UNFINISHED, List.of(), null, goesOn(run, trial));
            case ABSENT -> fresh(trial);
        };
    }

    private static String goesOn(RunDirectory run, Trial trial) {
        long step = new CheckpointStore(run.checkpoints(), message -> {})
                .steps().stream().findFirst().orElse(0L);
        return step == 0
                ? "has no checkpoint yet and begins anew"
                : "goes on from step %d of %d".formatted(step, trial.training().steps());
    }

    private Explanation fresh(Trial trial) {
        SortedMap<String, String> fields = JsonFields.of(tree(trial.question().json()));
        String nearest = null;
        List<Change> fewest = List.of();
        for (Map.Entry<String, SortedMap<String, String>> other : finished().entrySet()) {
            List<Change> changes = JsonFields.changes(other.getValue(), fields);
            if (nearest == null || changes.size() < fewest.size()) {
                nearest = other.getKey();
                fewest = changes;
            }
        }
        return new Explanation(trial, Verdict.NEW, fewest, nearest, "");
    }

    /** The fields of the finished trials, by id; the damaged are left out, and said elsewhere. */
    private SortedMap<String, SortedMap<String, String>> finished() {
        if (finished == null) {
            SortedMap<String, SortedMap<String, String>> found = new TreeMap<>();
            Path folder = out.resolve(experiment);
            for (Path run : Files.isDirectory(folder) ? RunFolders.in(folder) : List.<Path>of()) {
                RunFiles files = new RunFiles(run);
                try {
                    if (files.isFinished() && !files.isSetAside()) {
                        found.put(RunFiles.id(run), JsonFields.of(tree(files.trial())));
                    }
                } catch (PaletteException e) {
                    LOG.warn("a damaged run is not compared with: {}", e.getMessage());
                }
            }
            finished = found;
        }
        return finished;
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) { // a text whose hash was right
            throw new UncheckedIOException(e);
        }
    }
}
