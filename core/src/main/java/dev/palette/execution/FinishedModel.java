package dev.palette.execution;

import dev.palette.experiment.Trial;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.result.RunDirectory;
import dev.palette.train.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The model that a finished run kept, asked for the files of predictions that the run lacks. */
final class FinishedModel {
    private final Trial trial;
    private final RunDirectory run;
    private final EncoderFiles encoder;
    private final Path cache;
    private final Consumer<String> messages;

    FinishedModel(Trial trial, RunDirectory run, EncoderFiles encoder, Path cache, Consumer<String> messages) {
        this.trial = trial;
        this.run = run;
        this.encoder = encoder;
        this.cache = cache;
        this.messages = messages;
    }

    /**
     * Predicts the splits that have no file yet; the caller holds the run's lock.
     *
     * @return whether all have one now; not when stopped between two of them
     * @throws dev.palette.spec.PaletteException when the run's weights are gone, or examples can't be read
     */
    boolean predict(List<PredictedSplit> splits, StopSignal stop) {
        Predictor predictor = new Predictor(trial, encoder, cache, run.predictions(), messages);
        if (predictor.missing(splits).isEmpty()) {
            return true;
        }
        try (LoadedModel model = LoadedModel.of(trial, run, encoder, messages)) {
            return predictor.predict(splits, model.evaluator(), stop);
        }
    }
}
