package dev.palette.execution;

import ai.djl.ndarray.NDManager;
import dev.palette.adapter.Declaration;
import dev.palette.experiment.Trial;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.model.OriginalNames;
import dev.palette.model.StartingWeights;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Head;
import dev.palette.task.Task;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.train.Compatibility;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The parameters that a trial starts with: the encoder's from its file, and where the file is that of a whole saved model, adapters
 * and heads from there as well.
 */
final class TrialStart {
    private final Trial trial;
    private final EncoderFiles encoder;
    private final Consumer<String> messages;

    TrialStart(Trial trial, EncoderFiles encoder, Consumer<String> messages) {
        this.trial = trial;
        this.encoder = encoder;
        this.messages = messages;
    }

    /**
     * Makes the parameters.
     *
     * @param memory the scope they live in
     * @throws PaletteException when the file does not fit, or lacks adapters or heads that nothing is going to train
     */
    ModelParameters parameters(BertConfig config, Map<String, Head> heads, RandomStreams random, NDManager memory) {
        List<Declaration> declared = MultiTaskModel.parameters(config, trial.adapter(), heads);
        try (TrainedValues trained =
                TrainedValues.open(declared, trial.encoder().text(), encoder.fingerprint())) {
            trained.say(declared, messages);
            if (encoder.weights() == null) {
                return parameters(declared, new StartingWeights(null, random).orTrained(trained::of), memory);
            }
            try (SafetensorsFile weights = SafetensorsFile.open(encoder.weights())) {
                StartingWeights start = new StartingWeights(weights, random)
                        .orSaved(savedNames(declared))
                        .orTrained(trained::of);
                say(declared, start, trained);
                return parameters(declared, start, memory);
            }
        }
    }

    private ModelParameters parameters(List<Declaration> declared, StartingWeights start, NDManager memory) {
        boolean normalLayerNorms = trial.training().reproduces(Compatibility.NORMAL_LAYER_NORMS);
        return new ModelParameters(
                declared, normalLayerNorms ? start.withNormalLayerNorms() : start, memory, trial.training()::trainable);
    }

    /** What a saved model may call the parameters; nothing where only an encoder was asked for. */
    private List<OriginalNames> savedNames(List<Declaration> declared) {
        if (!(trial.encoder() instanceof EncoderSource.Parts)) {
            return List.of();
        }
        List<String> tasks = trial.tasks().stream().map(Task::name).toList();
        return Stream.of(OriginalNames.Model.values())
                .filter(model -> tasks.size() == 1 || model == OriginalNames.Model.MULTI_TASK)
                .map(model -> new OriginalNames(declared, tasks, model))
                .toList();
    }

    private void say(List<Declaration> declared, StartingWeights start, TrainedValues trained) {
        List<Declaration> added = declared.stream()
                .filter(declaration -> !start.isPretrained(declaration)
                        && trained.of(declaration).isEmpty())
                .toList();
        List<String> missing = added.stream()
                .filter(declaration -> start.saved(declaration).isEmpty())
                .map(Declaration::name)
                .toList();
        if (missing.size() < added.size()) {
            messages.accept("%d tensors of adapters and heads start from %s, %d anew"
                    .formatted(added.size() - missing.size(), trial.encoder().text(), missing.size()));
        }
        boolean whole = trial.encoder() instanceof EncoderSource.Parts
                && trial.training().steps() == 0;
        if (whole && !missing.isEmpty()) {
            throw new PaletteException(
                    "%s lacks %d tensors of adapters and heads, the first of them %s, which without training would be random; give the checkpoint of a whole trained model"
                            .formatted(trial.encoder().text(), missing.size(), missing.get(0)));
        }
    }
}
