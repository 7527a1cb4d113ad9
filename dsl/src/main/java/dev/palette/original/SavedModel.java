package dev.palette.original;

import dev.palette.adapter.Declaration;
import dev.palette.experiment.Trial;
import dev.palette.model.MultiTaskModel;
import dev.palette.model.OriginalNames;
import dev.palette.pretrained.BertConfig;
import dev.palette.result.RunDirectory;
import dev.palette.spec.PaletteException;
import dev.palette.task.Head;
import dev.palette.task.Task;
import dev.palette.tensor.PyTorchWriter;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import dev.palette.tensor.TensorEntry;
import dev.palette.train.CheckpointStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a finished run as the original saves them: a PyTorch archive with the names of its {@code state_dict()}, which its
 * own code, and Python's {@code torch.load}, reads.
 *
 * @param trial what was trained
 * @param run finished
 * @param config the encoder's sizes
 * @param model whose names the heads have
 */
record SavedModel(Trial trial, RunDirectory run, BertConfig config, OriginalNames.Model model) {
    /** Writes the archive, whole or not at all. */
    void write(Path file) {
        Map<String, Head> heads = new LinkedHashMap<>();
        trial.tasks().forEach(task -> heads.put(task.name(), task.head()));
        List<Declaration> declared = MultiTaskModel.parameters(config, trial.adapter(), heads);
        OriginalNames names = new OriginalNames(
                declared, trial.tasks().stream().map(Task::name).toList(), model);
        try (SafetensorsFile weights = weights()) {
            List<TensorEntry> entries = new ArrayList<>();
            Map<String, String> aliases = new LinkedHashMap<>();
            for (Declaration declaration : declared) {
                TensorEntry entry = weights.tensor(declaration.name()).entry();
                List<String> originals = names.originals(declaration.name());
                for (String original : originals) {
                    entries.add(entry.named(original));
                }
                originals.stream().skip(1).forEach(alias -> aliases.put(alias, originals.get(0)));
            }
            PyTorchWriter.write(file, entries, entry -> values(weights, names, entry.name()), aliases);
        }
    }

    private static TensorData values(SafetensorsFile weights, OriginalNames names, String original) {
        String name = names.ours(original)
                .orElseThrow(() -> new IllegalStateException(original + " is not one of the names that were written"));
        return weights.tensor(name).named(original);
    }

    private SafetensorsFile weights() {
        return new CheckpointStore(run.checkpoints(), message -> {})
                .kept(run.result().bestStep())
                .orElseThrow(() -> new PaletteException(
                        "the weights of the run %s are gone or damaged; move its folder away and run the command again"
                                .formatted(run.folder())));
    }
}
