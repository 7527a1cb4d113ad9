package dev.palette.execution;

import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderStore;
import dev.palette.remote.DownloadProgress;
import dev.palette.result.PredictionFile;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunState;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import dev.palette.storage.LockedFolder;
import dev.palette.train.StopSignal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes the predictions that a finished run lacks, from the weights it kept: nothing is trained. */
public final class RunPredictor {
    private final DownloadProgress downloads;

    /**
     * A predictor.
     *
     * @param downloads hears of an encoder being fetched, whose vocabulary and sizes are needed
     */
    public RunPredictor(DownloadProgress downloads) {
        this.downloads = downloads;
    }

    /**
     * Predicts what is asked for and has no file yet, into the run's folder {@code predictions}.
     *
     * @param folder the run's
     * @param vocabulary the words that its trial may use
     * @param stop asks to stop after the split at hand
     * @param messages hears of splits that are predicted, or cannot be for want of a file
     * @return the files asked for, in the tasks' order; when stopped, those that there are
     * @throws PaletteException when the folder is no finished run, another process changes it, its weights are gone, or the data
     *     are missing, malformed, or not those that the run was made with
     */
    public List<PredictionFile> predict(
            Path folder, Vocabulary vocabulary, PredictOptions options, StopSignal stop, Consumer<String> messages) {
        Trial trial = RunDirectory.trial(folder, vocabulary);
        RunDirectory run = RunDirectory.at(folder, trial);
        if (run.state() != RunState.FINISHED) {
            throw new PaletteException("the run %s is not finished; finish it first".formatted(folder));
        }
        EncoderFiles encoder = new EncoderStore(options.cacheDir(), downloads).resolve(trial.encoder());
        List<PredictedSplit> splits = splits(trial, options, messages);
        splits.forEach(split -> requireSameData(run, split));
        try (LockedFolder lock = run.tryLock()
                .orElseThrow(() ->
                        new PaletteException("the run %s is being changed by another process; try again when it is done"
                                .formatted(folder)))) {
            new FinishedModel(trial, run, encoder, options.cacheDir(), messages).predict(splits, stop);
        }
        return splits.stream()
                .map(PredictedSplit::file)
                .filter(file -> file.isIn(run.predictions()))
                .toList();
    }

    private static List<PredictedSplit> splits(Trial trial, PredictOptions options, Consumer<String> messages) {
        List<PredictedSplit> splits = new ArrayList<>();
        if (options.dev()) {
            splits.addAll(PredictedSplit.dev(trial.tasks(), options.dataDir()));
        }
        if (options.test()) {
            splits.addAll(PredictedSplit.test(trial.tasks(), options.dataDir(), messages));
        }
        return splits;
    }

    /** A file that was there when the run was made must be the same now; one that came later is new. */
    private static void requireSameData(RunDirectory run, PredictedSplit split) {
        String key = split.source().name() + "/" + split.split().label();
        String then = run.provenance().data().get(key);
        Path file = split.source().files(split.data()).get(split.split());
        if (then != null && file != null && !then.equals(FileDigest.sha256(file))) {
            throw new PaletteException(
                    "%s is not the file that the run %s was made with: its SHA-256 differs; name the folder of that data with --data"
                            .formatted(file, run.folder()));
        }
    }
}
