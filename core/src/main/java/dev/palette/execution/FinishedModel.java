package dev.palette.execution;

import dev.palette.experiment.Trial;
import dev.palette.kernel.Kernel;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.result.RunDirectory;
import dev.palette.spec.PaletteException;
import dev.palette.task.Head;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.train.CheckpointStore;
import dev.palette.train.Evaluator;
import dev.palette.train.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The model that a finished run kept, asked again: with the run's kernel and threads, so that it says the same. */
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
     * @throws PaletteException when the run's weights are gone, or examples can't be read
     */
    boolean predict(List<PredictedSplit> splits, StopSignal stop) {
        Predictor predictor = new Predictor(trial, encoder, cache, run.predictions(), messages);
        if (predictor.missing(splits).isEmpty()) {
            return true;
        }
        Map<String, Head> heads = TrialExecution.heads(trial.tasks());
        BertConfig config = TrialExecution.config(trial.layers(), encoder.config());
        try (SafetensorsFile weights = weights();
                Kernel kernel = Kernel.open(TrialExecution.kernel(run.provenance()))) {
            ModelParameters parameters = new ModelParameters(
                    MultiTaskModel.parameters(config, trial.adapter(), heads),
                    declaration -> weights.tensor(declaration.name()),
                    kernel.memory());
            MultiTaskModel model = new MultiTaskModel(config, trial.adapter(), heads, parameters);
            return predictor.predict(splits, new Evaluator(model, kernel.ops()), stop);
        }
    }

    private SafetensorsFile weights() {
        return new CheckpointStore(run.checkpoints(), messages)
                .kept(run.result().bestStep())
                .orElseThrow(() -> new PaletteException(
                        "the weights of the run %s are gone or damaged, so it cannot predict; move its folder away and run the trial again"
                                .formatted(run.folder())));
    }
}
