package dev.palette.runner;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.ModelSizes;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.pretrained.FingerprintMemory;
import dev.palette.remote.DownloadProgress;
import dev.palette.result.Explainer;
import dev.palette.result.Explanation;
import dev.palette.result.Provenance;
import dev.palette.search.SweepPlan;
import dev.palette.spec.PaletteException;
import dev.palette.task.Task;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Says what running an experiment would do with each of its trials, and why; runs none. */
public final class Explanations {
    private static final String NOT_MEASURED = "not measured";

    private Explanations() {}

    /**
     * One explanation a trial that is known beforehand, in their order.
     *
     * @param downloads hears of weights being fetched: what a trial is made by is known from their fingerprint
     * @throws PaletteException when data or weights cannot be read
     */
    public static List<Explanation> of(Experiment experiment, RunOptions options, DownloadProgress downloads) {
        Path data = options.dataDir();
        if (data == null) {
            throw new PaletteException(
                    "no data directory is set; give it with --set data.dir=DIR, or in the script with: dataDir 'DIR'");
        }
        EncoderStore store = new EncoderStore(options.cacheDir(), downloads);
        FingerprintMemory memory = FingerprintMemory.in(options.cacheDir());
        Map<EncoderSource, String> weights = new HashMap<>();
        Map<List<Task>, SortedMap<String, String>> files = new HashMap<>();
        Explainer explainer = new Explainer(options.out(), experiment.name());
        return SweepPlan.of(experiment, new ModelSizes(options.cacheDir(), downloads)).trials().stream()
                .map(trial -> explainer.explain(
                        trial,
                        Provenance.present(
                                trial,
                                NOT_MEASURED,
                                NOT_MEASURED,
                                0,
                                weights.computeIfAbsent(
                                        trial.encoder(),
                                        source -> store.resolve(source).fingerprint()),
                                Provenance.fingerprints(
                                        trial,
                                        files.computeIfAbsent(
                                                trial.tasks(), tasks -> Provenance.fingerprints(tasks, data, memory)),
                                        memory))))
                .toList();
    }
}
