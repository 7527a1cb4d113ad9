package dev.palette.cli;

import dev.palette.dsl.ExperimentScript;
import dev.palette.dsl.Lexicon;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.result.Provenance;
import dev.palette.result.RunDirectory;
import dev.palette.result.StoredRun;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileTree;
import dev.palette.task.Task;
import dev.palette.task.own.OwnTask;
import dev.palette.task.rows.TableSketch;
import dev.palette.words.TrialScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The script that asks for what a run was asked for. It is evaluated before it is shown: it makes that trial, or it is not shown. */
final class ReproducingScript {
    private final StoredRun run;
    private final Trial trial;
    private final Vocabulary vocabulary;

    ReproducingScript(Path folder, Vocabulary vocabulary) {
        this.run = new StoredRun(folder);
        this.trial = RunDirectory.trial(folder, vocabulary);
        this.vocabulary = vocabulary;
    }

    /**
     * The script.
     *
     * @throws PaletteException when no script can say what the run was asked for
     */
    String text() {
        String script = new TrialScript(Lexicon.of(vocabulary), run.experiment(), trial).text();
        requireSameTrial(script);
        return remarks() + script;
    }

    private String remarks() {
        Provenance by = run.provenance();
        return """
                // Trial %s: %s, %s, seed %d.
                // Made by Palette %s, commit %s. Say with --set data.dir=DIR where its data lie;
                // palette rerun %s runs it again and reports what differs.

                """.formatted(
                        run.id(),
                        trial.adapter().label(),
                        trial.sampling().label(),
                        trial.seed(),
                        by.palette(),
                        by.commit(),
                        run.id());
    }

    private void requireSameTrial(String script) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("palette-export");
            Path file = Files.writeString(folder.resolve("trial.groovy"), script);
            sketchData(folder);
            Settings settings = Settings.load(new Settings.Sources(
                    file, List.of("data.dir=" + folder), Map.of(), folder.resolve("home"), folder));
            List<Trial> trials = ExperimentScript.load(file, vocabulary, settings)
                    .experiment()
                    .trials();
            if (!trials.equals(List.of(trial)) && !trials.get(0).id().equals(trial.id())) {
                throw unsayable("its options and the members of its JSON are not the same");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (folder != null) {
                FileTree.delete(folder);
            }
        }
    }

    /** A script looks into the files of a task of its own: there are such files, with the columns and no rows. */
    private void sketchData(Path folder) throws IOException {
        for (Task task : trial.tasks()) {
            if (task instanceof OwnTask own) {
                List<String> columns = own.columns(true).stream().distinct().toList();
                for (Path file : own.files(folder).values()) {
                    TableSketch.write(own.source().format(), file, columns);
                }
            }
        }
    }

    private PaletteException unsayable(String why) {
        return new PaletteException(
                "no script makes trial %s of %s again: %s; palette rerun %s runs it from its own description"
                        .formatted(run.id(), run.experiment(), why, run.id()));
    }
}
