package dev.palette.execution;

import dev.palette.experiment.Trial;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.task.Dataset;
import dev.palette.task.DatasetStore;
import dev.palette.task.Outputs;
import dev.palette.train.Evaluator;
import dev.palette.train.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Writes what a trial's model says of splits that are not scored, a file a split; a file that is there is left alone. */
final class Predictor {
    private final Trial trial;
    private final EncoderFiles encoder;
    private final Path cache;
    private final Path folder;
    private final Consumer<String> messages;

    /**
     * @param cache the folder of everything that is kept
     * @param folder of the predictions
     * @param messages hears of each split before it is predicted
     */
    Predictor(Trial trial, EncoderFiles encoder, Path cache, Path folder, Consumer<String> messages) {
        this.trial = trial;
        this.encoder = encoder;
        this.cache = cache;
        this.folder = folder;
        this.messages = messages;
    }

    /** Those that have no file yet. */
    List<PredictedSplit> missing(List<PredictedSplit> splits) {
        return splits.stream().filter(split -> !split.file().isIn(folder)).toList();
    }

    /**
     * Predicts those that have no file yet.
     *
     * @param evaluator over the weights to report with
     * @return whether all have one now; not when stopped between two of them
     */
    boolean predict(List<PredictedSplit> splits, Evaluator evaluator, StopSignal stop) {
        List<PredictedSplit> missing = missing(splits);
        if (missing.isEmpty()) {
            return true;
        }
        try (DatasetStore datasets = datasets(trial, encoder, cache, messages)) {
            for (PredictedSplit split : missing) {
                if (stop.isRequested()) {
                    return false;
                }
                messages.accept("predicting " + split.file().name());
                Dataset data = split.dataset(datasets);
                Outputs outputs = evaluator.outputs(split.task(), data);
                split.file().write(folder, data.predictions(outputs));
            }
        }
        return true;
    }

    /** The tokenised splits for a trial. */
    static DatasetStore datasets(Trial trial, EncoderFiles encoder, Path cache, Consumer<String> messages) {
        int maxLength = trial.training().maxLength();
        return new DatasetStore(cache, encoder.vocabulary(), encoder.lowerCase(), maxLength, messages);
    }
}
