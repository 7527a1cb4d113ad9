package dev.palette.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.AdapterManifest;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Trained;
import dev.palette.experiment.StrictJson;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.model.MultiTaskModel;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.result.Provenance;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunState;
import dev.palette.spec.PaletteException;
import dev.palette.task.Task;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import dev.palette.train.CheckpointStore;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A finished run's adapters and heads, written without the encoder: megabytes instead of gigabytes. This is possible where the encoder
 * was not trained; of its layer norms, which {@code freeze encoder} trains, a copy goes along.
 */
public final class SavedAdapters {
    private SavedAdapters() {}

    /**
     * Writes a run's adapters and heads.
     *
     * @param run the folder of a finished run
     * @param file is created, or replaced when it is whole
     * @param vocabulary the words that its trial may use
     * @param messages hears of checkpoints that are damaged
     * @return what stands beside the tensors
     * @throws PaletteException when the run is not finished, its weights are gone, its encoder was trained too or has no fingerprint
     */
    public static AdapterManifest save(Path run, Path file, Vocabulary vocabulary, Consumer<String> messages) {
        Trial trial = RunDirectory.trial(run, vocabulary);
        RunDirectory directory = RunDirectory.at(run, trial);
        if (directory.state() != RunState.FINISHED) {
            throw new PaletteException("the run %s is not finished; finish it first".formatted(run));
        }
        requireSeparable(run, directory.provenance());
        try (SafetensorsFile weights = new CheckpointStore(directory.checkpoints(), messages)
                .kept(directory.result().bestStep())
                .orElseThrow(() -> new PaletteException(
                        "the weights of the run %s are gone or damaged, so that nothing can be saved; move its folder away and run the trial again"
                                .formatted(run)))) {
            requireOwnEncoder(run, trial, weights);
            List<TensorData> tensors = weights.names().stream()
                    .filter(name -> !MultiTaskModel.isOfEncoder(name) || isTrained(trial, name))
                    .map(weights::tensor)
                    .toList();
            AdapterManifest manifest = manifest(trial, directory.provenance());
            AdapterFile.write(file, manifest, tensors);
            return manifest;
        }
    }

    private static void requireSeparable(Path run, Provenance provenance) {
        if (provenance.weights().equals(EncoderFiles.RANDOM)) {
            throw new PaletteException(
                    "the encoder of the run %s started at random, so that no other file has it; adapters can be saved that were trained on a pretrained one"
                            .formatted(run));
        }
    }

    /** Adapters are of use with the encoder that they were trained on: of it, nothing but its norms may have changed. */
    private static void requireOwnEncoder(Path run, Trial trial, SafetensorsFile weights) {
        boolean trained = weights.names().stream()
                .filter(MultiTaskModel::isOfEncoder)
                .anyMatch(name -> !name.contains("LayerNorm") && isTrained(trial, name));
        if (trained && trial.training().steps() > 0) {
            throw new PaletteException(
                    "the run %s trained its encoder too, so that its adapters are of no use without it; train with freeze pretrained, or keep the run"
                            .formatted(run));
        }
    }

    private static boolean isTrained(Trial trial, String name) {
        return trial.training().trainable(new Declaration(name, List.of(1), Declaration.Start.ZERO, null));
    }

    private static AdapterManifest manifest(Trial trial, Provenance provenance) {
        Adapter adapter = trial.adapter() instanceof Trained trained ? trained.of() : trial.adapter();
        return new AdapterManifest(
                trial.encoder().text(),
                provenance.weights(),
                trial.layers(),
                adapter.label(),
                StrictJson.mapper().valueToTree(adapter),
                trial.tasks().stream().map(Task::name).toList(),
                tree(trial.json()),
                StrictJson.mapper().valueToTree(provenance),
                List.of());
    }

    /** A text of our own as JSON. */
    static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a trial's own JSON can be read", e);
        }
    }

    /**
     * The adapter that a file of saved adapters holds.
     *
     * @param vocabulary the words that its description may use
     * @throws PaletteException when the description is of a word that is unknown here, or wrong
     */
    public static Adapter adapter(AdapterFile file, Vocabulary vocabulary) {
        try {
            return StrictJson.mapper(vocabulary).treeToValue(file.manifest().adapter(), Adapter.class);
        } catch (JsonProcessingException e) {
            throw StrictJson.explain(file.path() + ": adapter", e);
        }
    }
}
