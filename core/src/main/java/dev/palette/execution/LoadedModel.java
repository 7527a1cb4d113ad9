package dev.palette.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.Declaration;
import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialJson;
import dev.palette.experiment.Vocabulary;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.model.StartingWeights;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunState;
import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Dataset;
import dev.palette.task.Head;
import dev.palette.task.Prediction;
import dev.palette.task.Task;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import dev.palette.text.Tokenizer;
import dev.palette.train.CheckpointStore;
import dev.palette.train.Evaluator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The model that a finished run kept, in memory: with the run's kernel and threads, so that it says what it said when the run was
 * made. Not for several threads at once.
 */
public final class LoadedModel implements AutoCloseable {
    private final Trial trial;
    private final Kernel kernel;
    private final Evaluator evaluator;
    private final Tokenizer tokenizer;

    private LoadedModel(Trial trial, Kernel kernel, Evaluator evaluator, Tokenizer tokenizer) {
        this.trial = trial;
        this.kernel = kernel;
        this.evaluator = evaluator;
        this.tokenizer = tokenizer;
    }

    /**
     * Loads the model of a run.
     *
     * @param folder the run's
     * @param vocabulary the words that its trial may use
     * @param encoders has the encoder's sizes and word pieces; the weights are the run's
     * @param messages hears of checkpoints that are damaged
     * @throws PaletteException when the folder is no finished run, or its weights are gone or damaged
     */
    public static LoadedModel load(
            Path folder, Vocabulary vocabulary, EncoderStore encoders, Consumer<String> messages) {
        Trial trial = RunDirectory.trial(folder, vocabulary);
        RunDirectory run = RunDirectory.at(folder, trial);
        if (run.state() != RunState.FINISHED) {
            throw new PaletteException("the run %s is not finished; finish it first".formatted(folder));
        }
        return of(trial, run, encoders.resolve(trial.encoder()), messages);
    }

    static LoadedModel of(Trial trial, RunDirectory run, EncoderFiles encoder, Consumer<String> messages) {
        try (SafetensorsFile weights = weights(run, messages)) {
            return of(trial, TrialExecution.kernel(run.provenance()), encoder, d -> weights.tensor(d.name()));
        }
    }

    /**
     * Loads the model that saved adapters make with their encoder.
     *
     * @param vocabulary the words that their trial may use
     * @param encoder the encoder, in place of the one that the trial names; null for that one
     * @param kernel how it computes
     * @throws PaletteException when the file was not made of a run, or on another encoder: names both fingerprints
     */
    public static LoadedModel of(
            AdapterFile adapters,
            Vocabulary vocabulary,
            EncoderStore encoders,
            @Nullable EncoderSource encoder,
            KernelChoice kernel) {
        JsonNode trained = adapters.manifest()
                .trained()
                .orElseThrow(() -> new PaletteException(
                        "%s tells nothing of its tasks, for no run of Palette's made it: start an experiment from it, with trained { … }"
                                .formatted(adapters.path())));
        Trial trial = TrialJson.read(trained.toString(), vocabulary, adapters.path() + ": trial");
        EncoderSource source = encoder == null ? trial.encoder() : encoder;
        EncoderFiles files = encoders.resolve(source);
        adapters.requireBase(source.text(), files.fingerprint());
        try (SafetensorsFile weights = SafetensorsFile.open(Objects.requireNonNull(files.weights()))) {
            StartingWeights pretrained = new StartingWeights(weights, new RandomStreams(0));
            return of(
                    trial,
                    kernel,
                    files,
                    d -> adapters.names().contains(d.name()) || !pretrained.isPretrained(d)
                            ? adapters.tensor(d.name())
                            : pretrained.apply(d));
        }
    }

    private static LoadedModel of(
            Trial trial, KernelChoice choice, EncoderFiles encoder, Function<Declaration, TensorData> weights) {
        Map<String, Head> heads = TrialExecution.heads(trial.tasks());
        BertConfig config = TrialExecution.config(trial.layers(), encoder.config());
        Kernel kernel = Kernel.open(choice);
        boolean made = false;
        try {
            ModelParameters parameters = new ModelParameters(
                    MultiTaskModel.parameters(config, trial.adapter(), heads), weights, kernel.memory());
            MultiTaskModel model = new MultiTaskModel(config, trial.adapter(), heads, parameters);
            Tokenizer tokenizer = Tokenizer.of(encoder.vocabulary(), encoder.lowerCase());
            made = true;
            return new LoadedModel(trial, kernel, new Evaluator(model, kernel.ops()), tokenizer);
        } finally {
            if (!made) {
                kernel.close();
            }
        }
    }

    private static SafetensorsFile weights(RunDirectory run, Consumer<String> messages) {
        return new CheckpointStore(run.checkpoints(), messages)
                .kept(run.result().bestStep())
                .orElseThrow(() -> new PaletteException(
                        "the weights of the run %s are gone or damaged, so it cannot predict; move its folder away and run the trial again"
                                .formatted(run.folder())));
    }

    /** What it was trained on, in order. */
    public List<Task> tasks() {
        return trial.tasks();
    }

    /** Says what its task's head makes of whole splits. */
    Evaluator evaluator() {
        return evaluator;
    }

    /**
     * What the model answers about texts.
     *
     * @param task one of its own
     * @param texts as {@link Task#asked} takes them
     */
    public List<Prediction> answers(Task task, List<List<String>> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        Dataset asked = task.asked(texts).encode(tokenizer, trial.training().maxLength());
        return asked.answers(evaluator.outputs(task, asked));
    }

    /** Frees the weights and the tokenizer. */
    @Override
    public void close() {
        tokenizer.close();
        kernel.close();
    }
}
