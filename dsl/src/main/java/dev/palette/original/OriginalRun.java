package dev.palette.original;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.export.Export;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.session.Session;
import dev.palette.table.TableSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * One command of the original, as the experiment of one trial that it is.
 *
 * @param experiment named after the command
 * @param output where everything lands
 * @param dataDirectory the folder that holds the tasks' folders
 * @param settings threads, cache and time between checkpoints
 */
record OriginalRun(Experiment experiment, OutputDirectory output, Path dataDirectory, Settings settings) {
    /**
     * Runs the trial and puts what it left where the original would.
     *
     * @param finished writes the command's own files, once the trial is finished
     * @return the exit code
     */
    int execute(Session session, Consumer<Trial> finished) {
        Trial trial = experiment.trials().get(0);
        output.require(trial);
        List<Export> exports = settings.switchedOn(Export.FAMILY, Vocabulary.installed());
        RunSummary summary = session.exporting(exports).run(experiment, options());
        if (summary.finished().size() == 1) {
            output.takePredictions(output.run(trial));
            finished.accept(trial);
        }
        session.tabulate(
                experiment, summary, output.run(trial).folder().resolveSibling(""), output.folder(), TableSpec.DEFAULT);
        return session.end(summary);
    }

    private RunOptions options() {
        return new RunOptions(
                output.folder(),
                dataDirectory,
                settings.cacheDirectory(),
                settings.threads(),
                settings.checkpoints(),
                settings.predictTest(),
                settings.runPlan());
    }
}
